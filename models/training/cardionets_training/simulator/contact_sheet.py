"""A contact sheet of the simulated cohort: ECG, end-diastole and end-systole of 24 subjects of all classes.

python -m cardionets_training.simulator.contact_sheet FILE.png
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from .cine import iterate_cines
from .cine_motion import motion_of
from .classes import CLASSES
from .ecg import RATE_HZ, simulate_ecg
from .ecg_vectors import LEADS
from .phenotype_table import INDEX
from .subjects import Subjects, simulate_subjects

_PER_CLASS = {"none": 6, "cad": 4, "hf": 4, "ph": 3, "dcm": 3, "hcm": 2, "rcm": 2}
_SHOWN_LEADS = ("I", "II", "V1", "V2", "V4", "V6")
_SHOWN_S = 2.0


def choose_subjects(seed: int = 2026) -> Subjects:
    """24 subjects: 6 healthy, the rest over all diseases, the first of each class in the cohort."""
    cohort = simulate_subjects(1000, seed)
    rows = [np.flatnonzero(cohort.class_index == CLASSES.index(name))[:count] for name, count in _PER_CLASS.items()]
    return cohort[np.concatenate(rows)]


def write_contact_sheet(path: Path, subjects: Subjects | None = None) -> None:
    """Draw the sheet as a PNG below 1 MB."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    subjects = choose_subjects() if subjects is None else subjects
    ecgs = simulate_ecg(subjects)
    columns = 4
    lines = -(-len(subjects) // columns)
    figure = plt.figure(figsize=(4.75 * columns, 1.84 * lines), dpi=95, facecolor="white")
    grid = figure.add_gridspec(lines, columns, left=0.005, right=0.995, top=0.98, bottom=0.004, wspace=0.03, hspace=0.13)
    for row, cine in enumerate(iterate_cines(subjects, processes=1)):
        cell = grid[row // columns, row % columns].subgridspec(1, 3, width_ratios=(0.9, 1, 1), wspace=0.02)
        trace, *pictures = (figure.add_subplot(cell[index]) for index in range(3))
        _draw_ecg(trace, ecgs[row], _caption(subjects, row))
        systole = int(np.argmax(motion_of(subjects, row).contraction))
        for axes, frame, name in zip(pictures, (0, systole), ("ED", "ES"), strict=True):
            axes.imshow(cine.noisy[frame], cmap="gray", vmin=0, vmax=1, interpolation="bicubic")
            axes.text(3, 92, name, color="white", fontsize=8)
            axes.set_axis_off()
    figure.savefig(path, pil_kwargs={"optimize": True})
    plt.close(figure)
    _reduce_to_grey(path)


def _draw_ecg(axes: object, ecg_mv: np.ndarray, caption: str) -> None:
    samples = int(_SHOWN_S * RATE_HZ)
    time_s = np.arange(samples) / RATE_HZ
    for line, lead in enumerate(_SHOWN_LEADS):
        trace = ecg_mv[LEADS.index(lead), 2 * RATE_HZ : 2 * RATE_HZ + samples]
        axes.plot(time_s, trace - np.median(trace) - 1.6 * line, color="black", linewidth=0.7)
        axes.text(-0.02, -1.6 * line, lead, fontsize=6.5, ha="right", va="center")
    axes.set_xlim(-0.22, _SHOWN_S)
    axes.set_ylim(-1.6 * len(_SHOWN_LEADS) + 0.2, 1.9)
    axes.set_axis_off()
    axes.set_title(caption, fontsize=8, loc="left", pad=2)


def _caption(subjects: Subjects, row: int) -> str:
    name = CLASSES[subjects.class_index[row]]
    title = "healthy" if name == "none" else name.upper()
    if subjects.failure_kind[row]:
        title += (" ischaemic", " dilated", " preserved")[subjects.failure_kind[row] - 1]
    value = {key: subjects.phenotypes[row, INDEX[key]] for key in ("LVEDV", "LVEF", "LVM")}
    who = f"{'M' if subjects.male[row] else 'F'} {subjects.age_years[row]:.0f}"
    return f"{title}, {who}, EDV {value['LVEDV']:.0f} mL, EF {value['LVEF']:.0f} %, mass {value['LVM']:.0f} g"


def _reduce_to_grey(path: Path) -> None:
    """64 levels of grey: the sheet has no colour, and the file stays small."""
    from PIL import Image

    Image.open(path).convert("L").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    write_contact_sheet(Path(sys.argv[1]))

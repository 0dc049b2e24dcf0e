"""Fills the cache from folders of real data, so that every stage runs on them as on the simulated cohort.

An imported cohort has the arrays of a simulated one and `labels.npz`; `plan.json` says that it is imported. Real data
belongs in a home of its own (CARDIONETS_HOME), because `simulate` refuses a cache that holds imported cohorts.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ..paths import CACHE
from .cine_files import load_cine
from .cohort import CINE_SHAPE, ECG_SHAPE, IMPORTED, PLANS, CohortPlan, plan_of
from .ecg_files import load_ecg
from .subject_table import Row

SEED = 0  # what a plan of real data says; it is used nowhere


def import_rows(rows: list[Row], with_cines: bool, cache: Path = CACHE) -> dict[str, int]:
    """Writes the cohorts train, validation and test; returns how many recordings each has. Any bad file stops it."""
    simulated = [name for name in PLANS if (cache / name).exists() and plan_of(name, cache).mode != IMPORTED]
    if simulated:
        raise ValueError(f"{cache} holds simulated cohorts ({', '.join(simulated)}); set CARDIONETS_HOME to another folder")
    counts = {}
    for split in dict.fromkeys(row.split for row in rows):
        chosen = [row for row in rows if row.split == split]
        _write_cohort(cache / split, chosen, with_cines)
        counts[split] = len(chosen)
    return counts


def _write_cohort(folder: Path, rows: list[Row], with_cines: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    count = len(rows)
    ecgs = np.lib.format.open_memmap(folder / "ecg.npy", "w+", "<f2", (count, *ECG_SHAPE))
    shapes = {"cine": CINE_SHAPE, "clean": CINE_SHAPE, "mask": CINE_SHAPE[1:]} if with_cines else {}
    cines = {name: np.lib.format.open_memmap(folder / f"{name}.npy", "w+", "u1", (count, *shape)) for name, shape in shapes.items()}
    for i, row in enumerate(tqdm(rows, folder.name, mininterval=5)):
        try:
            ecgs[i] = load_ecg(row.ecg, row.stated)
            if with_cines:
                cine, mask = load_cine(row.cine, row.mask)
                # Nothing is known of a real cine without its noise: it stands for itself.
                cines["cine"][i] = cines["clean"][i] = cine
                cines["mask"][i] = 1 if mask is None else mask
        except ValueError as error:
            raise ValueError(f"{row.place}: {error}") from error
    np.savez(
        folder / "labels.npz",
        acquired=np.stack([row.phenotypes for row in rows]), recorded=np.stack([row.diseases for row in rows]),
        subtype=np.array([row.subtype for row in rows], np.int8),
    )  # fmt: skip
    plan = CohortPlan(SEED, count, count if with_cines else 0, mode=IMPORTED)
    for name in ("ecg", *cines):
        (folder / f"{name}.done.json").write_text(json.dumps({"identity": asdict(plan), "left": []}))
    (folder / "plan.json").write_text(json.dumps(asdict(plan)))

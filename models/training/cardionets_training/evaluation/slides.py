"""The aligned feature moved along a phenotype, and what is read off the cines that are generated there (as Fig. 5c).

The direction is the covariance of the feature with the phenotype over training subjects: how the features of subjects with
more of it differ, all that goes along with it included. It is so long that the linear head on the aligned feature (the frozen
"aligned" row of the tables) moves by one standard deviation of the phenotype. The application slides along the same vectors.
"""

import numpy as np
import torch

from ..device import device
from ..phenotypes import INDEX, PHENOTYPES
from .cells import Bench
from .cines import CYCLE_FRAMES, MEASURED, CineReader
from .generators import TEMPERATURE, MaskedGenerators
from .heads import fit_head
from .labels import LABELLED, Part
from .pictures import pack_frames

STEPS, DRAWS, HELD_OUT = (-2, -1, 0, 1, 2), 8, 1000
# A head that hardly moves would ask for an endless direction.
LEAST_RISE = 0.05


@torch.no_grad()
def evaluate_slides(bench: Bench) -> dict[str, dict]:
    """By phenotype: the direction, and the phenotype as read at each step, the mean of 8 draws around the mean feature."""
    rows = np.arange(min(bench.count("aligned", "train"), LABELLED))
    held_out = np.arange(min(bench.count("aligned", "validation"), HELD_OUT))
    feat = bench.features("aligned", "train", rows)
    head = fit_head(
        "phenotypes", feat, bench.labels("phenotypes", Part("train", rows)),
        bench.features("aligned", "validation", held_out), bench.labels("phenotypes", Part("validation", held_out)),
    )  # fmt: skip
    reader, made = CineReader(bench), MaskedGenerators(bench.profile)
    centre, truth = feat.mean(0), bench.cohorts["train"].phenotypes[rows]
    found = {}
    for name in MEASURED:
        direction = one_deviation(feat, truth[:, INDEX[name]], lambda x, i=INDEX[name]: head(x)[:, i])
        measured, frames = [], []
        for step in STEPS:
            start = np.tile(centre + step * direction, (DRAWS, 1)).astype(np.float32)
            cines = made.from_features(torch.from_numpy(start).to(device()), np.random.default_rng(7), TEMPERATURE)
            measured.append(float(reader.phenotypes(reader.features(cines))[:, MEASURED.index(name)].mean()))
            frames.append(cines[0, list(CYCLE_FRAMES)])
        found[name] = {
            "unit": PHENOTYPES[INDEX[name]].unit, "steps": list(STEPS), "measured": measured, "draws": DRAWS,
            "subjects": len(rows), "direction": direction.round(6).tolist(), "frames": pack_frames(torch.cat(frames)),
        }  # fmt: skip
    return found


def one_deviation(feat: np.ndarray, value: np.ndarray, head) -> np.ndarray:
    """The direction (D,) along which `head` rises by one deviation of `value`, from features (n, D) and values (n,)."""
    feat = feat.astype(np.float64)
    z = (value - value.mean()) / value.std()
    covariance = (feat - feat.mean(0)).T @ z / len(z)
    ends = head(np.stack([feat.mean(0), feat.mean(0) + covariance]))
    return covariance / max(float(ends[1] - ends[0]) / value.std(), LEAST_RISE)

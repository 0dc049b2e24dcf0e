"""Leak tests of the simulated cohort: each function measures one way in which a label could reach a model unfairly."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import classes
from .cine import Cine
from .classes import DISEASES
from .ecg import Electrocardiograms, record_ecg
from .ecg_parameters import electrical_properties
from .phenotype_table import NAMES
from .probes import area_under_curve, beat_features, logistic, probe, ridge, r_squared
from .shift import ShiftSettings
from .streams import generator, normals, uniforms
from .subjects import Subjects, simulate_subjects


@dataclass(frozen=True)
class NuisanceStep:
    """Scores of one probe at one strength of the nuisances."""

    factor: float
    mean_r2: float
    auc: dict[str, float]


def nuisance_draws(subjects: Subjects) -> dict[str, np.ndarray]:
    """What must know nothing of the class, [n] each: pose, electrodes, gain and noise of both modalities."""
    key = subjects.key
    position = normals(key, "heart-position", 3)
    draws = {f"heart rotation {axis}": position[:, index] for index, axis in enumerate("xyz")}
    draws["ECG gain"] = normals(key, "gain", 1)[:, 0]
    draws["electrode error"] = np.square(normals(key, "electrodes", 8, 3)).mean(axis=(1, 2))
    draws["muscle noise"] = uniforms(key, "muscle", 8).mean(axis=1)
    draws["wander"] = uniforms(key, "wander", 1)[:, 0]
    draws["mains"] = uniforms(key, "mains", 1)[:, 0]
    for name, stream in (("pose", "cine-pose"), ("texture", "cine-texture"), ("cine noise", "cine-noise")):
        draws[f"first draw of {name}"] = np.array([generator(k, stream).standard_normal() for k in key])
    return draws


def class_correlations(values: np.ndarray, subjects: Subjects, given: np.ndarray | None = None) -> dict[str, float]:
    """Pearson correlation of values [n] with each disease, after the linear part of `given` [n, k] is taken out."""
    known = np.ones((len(subjects), 1)) if given is None else np.column_stack([np.ones(len(subjects)), given])

    def rest(y: np.ndarray) -> np.ndarray:
        y = y.astype(np.float64)
        return y - known @ np.linalg.lstsq(known, y, rcond=None)[0]

    remaining = rest(values)
    result = {}
    for index, name in enumerate(DISEASES):
        label = rest(subjects.diseases[:, index])
        result[name] = float((remaining * label).sum() / np.sqrt((remaining**2).sum() * (label**2).sum()))
    return result


def anatomy(subjects: Subjects) -> np.ndarray:
    """What an image shows of the heart: all phenotypes, RV wall, sex, body and the class-bound shapes, [n, 90]."""
    pressed = subjects.severity * (subjects.class_index == classes.PH)
    stiff = (subjects.class_index == classes.RCM).astype(float)
    preserved = (subjects.failure_kind == classes.PRESERVED).astype(float)
    body = [subjects.rv_wall_factor, subjects.male, subjects.age_years, subjects.bsa_m2, subjects.heart_rate_bpm]
    return np.column_stack([subjects.phenotypes, *body, pressed, stiff, preserved])


IMAGE_MEASURES = ("mean", "noise", "rotation")


def image_measures(cine: Cine) -> tuple[float, float, float]:
    """Mean level, noise (RMS of noisy minus clean) and rotation (long axis of the heart's mask against the rows, radians)."""
    noisy, clean = (image.astype(np.float64) for image in (cine.noisy, cine.clean))
    rows, columns = np.nonzero(cine.heart_mask)
    spread = np.cov(columns, rows)
    rotation = 0.5 * np.arctan2(2 * spread[0, 1], spread[0, 0] - spread[1, 1])
    return float(noisy.mean()), float(np.sqrt(np.square(noisy - clean).mean())), float(rotation)


def permuted_auc(features: np.ndarray, diseases: np.ndarray, seed: int = 0, repeats: int = 8) -> dict[str, float]:
    """Mean held-out AUC of a logistic probe trained on shuffled labels: 0.5 unless rows leak between the parts."""
    random = np.random.default_rng(seed)
    split = round(0.7 * len(features))
    spread = features.std(axis=0) + 1e-9
    scaled = np.column_stack([(features - features.mean(axis=0)) / spread, np.ones(len(features))])
    result = {}
    for index, name in enumerate(DISEASES):
        areas = []
        for _ in range(repeats):
            labels = random.permutation(diseases[:, index])
            areas.append(area_under_curve(labels[split:], logistic(scaled[:split], labels[:split], scaled[split:])))
        result[name] = float(np.nanmean(areas))
    return result


def noise_only(subjects: Subjects) -> Electrocardiograms:
    """ECGs of the same subjects with the heart switched off: what remains is the recorder's noise."""
    silent = replace(subjects, shift=replace(subjects.shift, gain_factor=0.0))
    recordings = record_ecg(silent)
    return replace(recordings, heart_rate_bpm=np.full(len(subjects), 60.0))


def noise_only_r2(features: np.ndarray, phenotypes: np.ndarray) -> float:
    """Mean R² of a ridge probe on the last 30 % of the rows; above 0 means that the noise knows the subject."""
    split = round(0.7 * len(features))
    mean, spread = features[:split].mean(axis=0), features[:split].std(axis=0) + 1e-9
    scaled = (features - mean) / spread
    predicted = ridge(scaled[:split], phenotypes[:split], scaled[split:])
    assert phenotypes.shape[1] == len(NAMES)
    return float(r_squared(phenotypes[split:], predicted).mean())


def nuisance_ladder(count: int, seed: int, factors: tuple[float, ...] = (0.0, 1.0, 2.0)) -> list[NuisanceStep]:
    """The clean-beat probe with the nuisances at each factor: scores must fall from step to step."""
    steps = []
    for factor in factors:
        subjects = simulate_subjects(count, seed, "enriched", ShiftSettings(nuisance_factor=factor))
        result = probe(beat_features(record_ecg(subjects, noisy=False)), subjects.phenotypes, subjects.diseases)
        steps.append(NuisanceStep(factor, result.mean_r2, result.auc))
    return steps


def shared_subjects(*parts: Subjects) -> int:
    """How many subjects occur in more than one part, or twice in one: 0 in an honest split."""
    keys = np.concatenate([part.key for part in parts])
    return len(keys) - len(np.unique(keys))


def conduction_share(subjects: Subjects) -> dict[str, float]:
    """Share of fibrillation and bundle branch blocks, a plausibility check of the cohort."""
    electrical = electrical_properties(subjects)
    return {
        "atrial fibrillation": float(electrical.atrial_fibrillation.mean()),
        "left bundle branch block": float(electrical.left_block.mean()),
        "right bundle branch block": float(electrical.right_block.mean()),
    }

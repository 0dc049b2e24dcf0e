"""What simple models can read from the simulated ECG, and whether anything leaks (section f5).

Ridge and logistic regression in closed form or by Newton steps; no learning library is needed. An aligned encoder has to
beat `simple_features`; a leak would show as a probe that does better than physiology allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.stats import rankdata

from .classes import DISEASES
from .ecg import RATE_HZ, Electrocardiograms
from .phenotype_table import NAMES
from .subjects import Subjects


@dataclass(frozen=True)
class ProbeResult:
    """Held-out scores: r2 by phenotype name and their mean; auc by disease."""

    r2: dict[str, float]
    mean_r2: float
    auc: dict[str, float]


def simple_features(ecg_mv: np.ndarray, heart_rate_bpm: np.ndarray, amplitude: bool = True) -> np.ndarray:
    """Minimum, maximum, mean and SD of each lead and the heart rate: [n, 49].

    `amplitude=False` is what a model without the amplitude token receives: mean and SD after min–max scaling, [n, 25].
    """
    low, high = ecg_mv.min(axis=2), ecg_mv.max(axis=2)
    mean, spread = ecg_mv.mean(axis=2), ecg_mv.std(axis=2)
    if amplitude:
        parts = [low, high, mean, spread]
    else:
        span = np.maximum(high - low, 1e-6)
        parts = [(mean - low) / span, spread / span]
    return np.concatenate([*parts, heart_rate_bpm[:, None]], axis=1).astype(np.float64)


def body_features(subjects: Subjects) -> np.ndarray:
    """Age, sex and body surface with their squares and products: what needs no ECG at all, [n, 8]."""
    age, male, bsa = (subjects.age_years - 64) / 8, subjects.male - 0.5, (subjects.bsa_m2 - 1.85) / 0.2
    return np.stack([age, male, bsa, age**2, bsa**2, age * male, bsa * male, age * bsa], axis=1)


def median_beat(recordings: Electrocardiograms, before_s: float = 0.25, after_s: float = 0.45) -> np.ndarray:
    """Median of the regular beats of leads I, II, V1–V6, every 4 ms: float32 [n, 8, 175], a baseline of zero before P."""
    leads = (0, 1, 6, 7, 8, 9, 10, 11)
    window = np.arange(-round(before_s * RATE_HZ), round(after_s * RATE_HZ), 2)
    beats = np.zeros((len(recordings.samples_mv), len(leads), len(window)), dtype=np.float32)
    for row, samples in enumerate(recordings.samples_mv):
        peaks = np.round(recordings.r_peaks_s[row][~recordings.ectopic[row]] * RATE_HZ).astype(int)
        peaks = peaks[(peaks + window[0] >= 0) & (peaks + window[-1] < samples.shape[1])]
        if len(peaks):
            cut = samples[np.array(leads)][:, peaks[:, None] + window]
            beats[row] = np.median(cut - cut[..., :5].mean(axis=2, keepdims=True), axis=1)
    return beats


def beat_features(recordings: Electrocardiograms, components: int = 120, random: int = 400, seed: int = 0) -> np.ndarray:
    """Principal components of the median beat, random non-linear features of them, and the heart rate."""
    beats = median_beat(recordings).reshape(len(recordings.samples_mv), -1).astype(np.float64)
    beats -= beats.mean(axis=0)
    _, directions = np.linalg.eigh(beats.T @ beats)
    scores = beats @ directions[:, ::-1][:, :components]
    whitened = scores / (scores.std(axis=0) + 1e-9)
    generator = np.random.default_rng(seed)
    weights = generator.standard_normal((whitened.shape[1], random)) * (0.9 ** np.arange(whitened.shape[1]))[:, None]
    wave = np.tanh(0.5 * (whitened @ weights) + generator.uniform(-1, 1, random))
    return np.concatenate([scores, wave, recordings.heart_rate_bpm[:, None]], axis=1)


def probe(features: np.ndarray, phenotypes: np.ndarray, diseases: np.ndarray, train_share: float = 0.7) -> ProbeResult:
    """Fit on the first `train_share` of the rows, score on the rest. phenotypes [n, 82], diseases bool [n, 4]."""
    split = round(train_share * len(features))
    mean, spread = features[:split].mean(axis=0), features[:split].std(axis=0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    predicted = ridge(scaled[:split], phenotypes[:split], scaled[split:])
    r2 = dict(zip(NAMES, r_squared(phenotypes[split:], predicted).tolist(), strict=True))
    auc = {}
    for index, name in enumerate(DISEASES):
        score = logistic(scaled[:split], diseases[:split, index], scaled[split:])
        auc[name] = area_under_curve(diseases[split:, index], score)
    return ProbeResult(r2, float(np.mean(list(r2.values()))), auc)


def ridge(train: np.ndarray, targets: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Ridge regression; the penalty of each target is chosen on the last fifth of the training rows."""
    targets = np.asarray(targets, dtype=np.float64)
    centre = targets.mean(axis=0)
    inner = round(0.8 * len(train))
    penalties = (1.0, 10.0, 100.0, 1000.0, 10000.0)
    losses = np.stack(
        [np.square(train[inner:] @ _solve(train[:inner], targets[:inner] - centre, p) - targets[inner:] + centre).mean(axis=0)
         for p in penalties]
    )  # fmt: skip
    best = losses.argmin(axis=0)
    result = np.empty((len(test), targets.shape[1]))
    for index, penalty in enumerate(penalties):
        chosen = best == index
        if chosen.any():
            result[:, chosen] = test @ _solve(train, (targets - centre)[:, chosen], penalty) + centre[chosen]
    return result


def logistic(train: np.ndarray, labels: np.ndarray, test: np.ndarray, penalty: float = 30.0) -> np.ndarray:
    """Scores (log odds) of a penalised logistic regression, by Newton's method."""
    weight = np.zeros(train.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(train @ weight, -30, 30)))
        slope = train.T @ (labels - chance) - penalty * weight
        curvature = (train * (chance * (1 - chance))[:, None]).T @ train
        curvature[np.diag_indices_from(curvature)] += penalty
        step = cho_solve(cho_factor(curvature), slope)
        weight += step
        if np.abs(step).max() < 1e-7:
            break
    return test @ weight


def r_squared(truth: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """1 − residual / total variance per column."""
    return 1 - np.square(truth - predicted).sum(axis=0) / np.square(truth - truth.mean(axis=0)).sum(axis=0)


def area_under_curve(labels: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve by ranks; NaN where one class is absent."""
    positive = int(labels.sum())
    negative = len(labels) - positive
    if positive == 0 or negative == 0:
        return float("nan")
    return float((rankdata(score)[labels.astype(bool)].sum() - positive * (positive + 1) / 2) / (positive * negative))


def _solve(matrix: np.ndarray, targets: np.ndarray, penalty: float) -> np.ndarray:
    gram = matrix.T @ matrix
    gram[np.diag_indices_from(gram)] += penalty
    return cho_solve(cho_factor(gram), matrix.T @ targets)

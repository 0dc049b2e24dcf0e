"""Intervals and tests of the comparison tables (section g).

DeLong's interval and test are primary for areas under the curve; Wilson's interval, which the article prints, treats the
area as a share of n subjects and is given beside it. Everything else: bootstrap and permutation with 10,000 draws.
"""

import numpy as np
from scipy.stats import norm, rankdata

from ..measures import auc

DRAWS = 10_000
CHUNK = 500  # draws at a time


def placements(labels: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """DeLong's structural components: share of the other class ranked on the right side, of each positive and negative."""
    labels = np.asarray(labels, bool)
    x, y = np.asarray(scores, float)[labels], np.asarray(scores, float)[~labels]
    whole = rankdata(np.concatenate([x, y]))
    return (whole[: len(x)] - rankdata(x)) / len(y), 1 - (whole[len(x) :] - rankdata(y)) / len(x)


def delong_test(labels: np.ndarray, a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    """Paired test of two areas on the same subjects: difference a - b, its standard error, two-sided p."""
    (pa, na), (pb, nb) = placements(labels, a), placements(labels, b)
    difference = float(pa.mean() - pb.mean())
    variance = (pa - pb).var(ddof=1) / len(pa) + (na - nb).var(ddof=1) / len(na)
    error = float(np.sqrt(variance))
    p = float(2 * norm.sf(abs(difference) / error)) if error > 0 else (1.0 if difference == 0 else 0.0)
    return {"difference": difference, "standard_error": error, "p": p}


def wilson(share: float, count: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share of `count` (Wilson 1927)."""
    z = norm.ppf(0.5 + level / 2)
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return float(centre - half), float(centre + half)


def binormal_d(area: float) -> float:
    """Standardised distance of the two classes that an area corresponds to under equal-variance normals."""
    return float(np.sqrt(2) * norm.ppf(np.clip(area, 1e-6, 1 - 1e-6)))


def average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    """Mean precision over the positives in order of the score; equal scores count together."""
    return float(_average_precisions(np.asarray(labels, bool)[None], np.asarray(scores, float)[None])[0])


def _average_precisions(labels: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Of each row; labels bool and scores [k, n]."""
    order = np.argsort(-scores, axis=1, kind="stable")
    hits = np.take_along_axis(np.broadcast_to(labels, scores.shape), order, 1)
    sorted_scores = np.take_along_axis(scores, order, 1)
    found = np.cumsum(hits, 1)
    # Recall rises only at the last of equal scores.
    last = np.append(np.diff(sorted_scores, axis=1) != 0, np.ones((len(scores), 1), bool), axis=1)
    precision = found / np.arange(1, scores.shape[1] + 1)
    reached = np.where(last, found, 0)
    before = np.maximum.accumulate(np.concatenate([np.zeros((len(scores), 1)), reached[:, :-1]], axis=1), axis=1)
    gain = np.where(last, found - before, 0)
    return (gain * precision).sum(1) / np.maximum(found[:, -1], 1)


def youden_threshold(labels: np.ndarray, scores: np.ndarray) -> float:
    """The score with the largest sensitivity + specificity - 1; at or above it is positive."""
    labels = np.asarray(labels, bool)
    order = np.argsort(-scores, kind="stable")
    s, hits = np.asarray(scores)[order], labels[order]
    ends = np.append(np.flatnonzero(np.diff(s)), len(s) - 1)
    gain = np.cumsum(hits)[ends] / max(1, hits.sum()) - np.cumsum(~hits)[ends] / max(1, (~hits).sum())
    return float(s[ends[np.argmax(gain)]])


def classification(labels: np.ndarray, scores: np.ndarray, threshold: float) -> dict[str, float]:
    """Every measure of a disease table at one threshold, and the two that need none."""
    labels, positive = np.asarray(labels, bool), np.asarray(scores) >= threshold
    hit, quiet = int((labels & positive).sum()), int((~labels & ~positive).sum())
    missed, false = int((labels & ~positive).sum()), int((~labels & positive).sum())

    def share(part: int, rest: int) -> float:
        return part / (part + rest) if part + rest else float("nan")

    sensitivity, specificity = share(hit, missed), share(quiet, false)
    return {
        "auc": auc(labels, scores), "map": average_precision(labels, scores), "accuracy": (hit + quiet) / len(labels),
        "balanced_accuracy": (sensitivity + specificity) / 2, "sensitivity": sensitivity, "specificity": specificity,
        "ppv": share(hit, false), "npv": share(quiet, missed), "f1": 2 * hit / max(1, 2 * hit + missed + false),
        "threshold": threshold,
    }  # fmt: skip


def permutation_p(labels: np.ndarray, a: np.ndarray, b: np.ndarray, of: str, seed: int = 0, draws: int = DRAWS) -> float:
    """Two-sided p of the difference of two models on the same subjects, their answers swapped at random per subject.

    of: `balanced_accuracy` of bool answers [n], or `map` of scores [n], which are ranked first so that models of
    different scales may be swapped.
    """
    labels, rng = np.asarray(labels, bool), np.random.default_rng(seed)
    n = len(labels)
    if of == "balanced_accuracy":
        share = np.where(labels, 1 / max(1, labels.sum()), 1 / max(1, (~labels).sum())) / 2
        difference = share * ((a == labels).astype(float) - (b == labels).astype(float))
        changes = np.flatnonzero(difference)
        seen, extreme = abs(difference.sum()), 0
        for first in range(0, draws, CHUNK):
            signs = rng.integers(0, 2, (min(CHUNK, draws - first), len(changes))) * 2 - 1
            extreme += int((np.abs(signs @ difference[changes]) >= seen - 1e-12).sum())
        return (extreme + 1) / (draws + 1)
    a, b = rankdata(a), rankdata(b)
    pair = _average_precisions(labels[None], np.stack([a, b]))
    seen, extreme = abs(pair[0] - pair[1]), 0
    for first in range(0, draws, CHUNK):
        swap = rng.integers(0, 2, (min(CHUNK, draws - first), n)).astype(bool)
        left, right = np.where(swap, b, a), np.where(swap, a, b)
        gap = _average_precisions(labels[None], left) - _average_precisions(labels[None], right)
        extreme += int((np.abs(gap) >= seen - 1e-12).sum())
    return (extreme + 1) / (draws + 1)


def resamples(count: int, seed: int = 0, draws: int = DRAWS) -> np.ndarray:
    """How often each subject is drawn in each bootstrap sample: float32 [draws, count]."""
    rng, out = np.random.default_rng(seed), np.empty((draws, count), np.float32)
    for first in range(0, draws, CHUNK):
        k = min(CHUNK, draws - first)
        picked = rng.integers(0, count, (k, count)) + np.arange(k)[:, None] * count
        out[first : first + k] = np.bincount(picked.reshape(-1), minlength=k * count).reshape(k, count)
    return out


def mean_r2_draws(truth: np.ndarray, prediction: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Mean R2 over the columns of each bootstrap sample, [draws]."""
    y = (truth - truth.mean(0)) / truth.std(0)
    e = (truth - prediction) / truth.std(0)
    n = counts.sum(1, keepdims=True)
    spread = counts @ (y**2).astype(np.float32) - (counts @ y.astype(np.float32)) ** 2 / n
    return (1 - counts @ (e**2).astype(np.float32) / spread).mean(1)


def interval(draws: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Percentile interval of bootstrap draws."""
    low, high = np.nanquantile(draws, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def bootstrap_p(differences: np.ndarray) -> float:
    """Two-sided p that the difference is zero, from bootstrap draws of it."""
    below = (np.sum(differences <= 0) + 1) / (len(differences) + 1)
    above = (np.sum(differences >= 0) + 1) / (len(differences) + 1)
    return float(min(1.0, 2 * min(below, above)))

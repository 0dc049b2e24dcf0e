"""Linear heads on frozen features, solved on the CPU: ridge, logistic and softmax regression.

The penalty of each is chosen on the validation subjects. One thread each: the systems are small, and threads that wait for
each other on a busy machine cost more than they save.
"""

import numpy as np
from scipy.linalg import eigh, solve
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from ..measures import auc
from .labels import kind

RIDGE_PENALTIES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0)
LOGISTIC_PENALTIES = (1e-3, 1e-2, 1e-1, 1.0)
NEWTON_STEPS = 12


def fit_head(task: str, features: np.ndarray, target: np.ndarray, held_out: np.ndarray, held_out_target: np.ndarray):
    """A function from features [n, D] to predictions: phenotypes [n, 82] in their units, or logits [n] or [n, 3]."""
    mean, sd = features.mean(0, dtype=np.float64), features.std(0, dtype=np.float64) + 1e-6
    x, x_held_out = (features - mean) / sd, (held_out - mean) / sd
    method = {"phenotypes": _ridge, "disease": _logistic, "subtypes": _softmax}[kind(task)]
    with threadpool_limits(1):
        weight, bias = method(x, target, x_held_out, held_out_target)
    return lambda new: ((new - mean) / sd) @ weight + bias


def _ridge(x, y, x_held_out, y_held_out):
    """Every phenotype has its own penalty."""
    centre = y.mean(0, dtype=np.float64)
    values, vectors = eigh(x.T @ x / len(x))
    moments = vectors.T @ (x.T @ (y - centre)) / len(x)  # (D, 82)
    weights = [vectors @ (moments / (np.maximum(values, 0) + p)[:, None]) for p in RIDGE_PENALTIES]
    losses = np.stack([np.square(x_held_out @ w + centre - y_held_out).mean(0) for w in weights])
    best = losses.argmin(0)
    return np.stack([weights[b][:, i] for i, b in enumerate(best)], axis=1), centre


def _logistic(x, y, x_held_out, y_held_out):
    """Newton's method, from the strongest penalty to the weakest, each starting where the last one ended."""
    x, y = np.column_stack([x, np.ones(len(x))]), y.astype(float)
    weight, found = np.zeros(x.shape[1]), []
    for penalty in LOGISTIC_PENALTIES[::-1]:
        pull = np.full(x.shape[1], penalty)
        pull[-1] = 1e-9  # the intercept is free
        for _ in range(NEWTON_STEPS):
            p = 1 / (1 + np.exp(-np.clip(x @ weight, -30, 30)))
            slope = x.T @ (p - y) / len(y) + pull * weight
            curvature = (x * (p * (1 - p) + 1e-9)[:, None]).T @ x / len(y)
            curvature[np.diag_indices_from(curvature)] += pull
            step = solve(curvature, slope, assume_a="pos")
            weight = weight - step
            if np.abs(step).max() < 1e-6:
                break
        found.append(weight)
    scores = np.array([auc(y_held_out, x_held_out @ w[:-1]) for w in found])
    best = found[int(np.nanargmax(scores))] if np.isfinite(scores).any() else found[0]
    return best[:-1], best[-1]


def _softmax(x, y, x_held_out, y_held_out):
    """Class-weighted, so that the rare subtype counts as much as the others."""
    classes, width = 3, x.shape[1]
    one_hot = np.eye(classes)[y]
    weight = (one_hot / np.maximum(one_hot.sum(0), 1)).sum(1)
    weight = weight / weight.sum()

    def chances(z):
        z = np.exp(z - z.max(1, keepdims=True))
        return z / z.sum(1, keepdims=True)

    def fit(penalty: float) -> np.ndarray:
        def cost(flat):
            w = flat.reshape(width + 1, classes)
            p = chances(x @ w[:-1] + w[-1])
            gap = weight[:, None] * (p - one_hot)
            value = -(weight * np.log(p[np.arange(len(y)), y] + 1e-30)).sum() + 0.5 * penalty * np.square(w[:-1]).sum()
            return value, np.vstack([x.T @ gap + penalty * w[:-1], gap.sum(0)]).reshape(-1)

        start = np.zeros((width + 1) * classes)
        return minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x.reshape(width + 1, classes)

    found = [fit(p) for p in LOGISTIC_PENALTIES]
    hits = [_balanced_hits(y_held_out, (x_held_out @ w[:-1] + w[-1]).argmax(1)) for w in found]
    best = found[int(np.argmax(hits))]
    return best[:-1], best[-1]


def _balanced_hits(truth: np.ndarray, chosen: np.ndarray) -> float:
    present = np.unique(truth)
    return float(np.mean([(chosen[truth == c] == c).mean() for c in present])) if len(present) else 0.0

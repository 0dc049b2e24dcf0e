"""Statistics of the evaluation: discrimination, calibration, intervals, agreement (section g)."""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import ks_2samp, norm, rankdata, spearmanr


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve, ties count half; NaN where one class is missing."""
    labels = np.asarray(labels, bool)
    positives, negatives = labels.sum(), (~labels).sum()
    if not positives or not negatives:
        return float("nan")
    return float((rankdata(scores)[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def auc_interval(labels: np.ndarray, scores: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """DeLong's confidence interval (DeLong et al. 1988), clipped to [0, 1]."""
    labels = np.asarray(labels, bool)
    x, y = np.asarray(scores)[labels], np.asarray(scores)[~labels]
    m, n = len(x), len(y)
    if m < 2 or n < 2:
        return float("nan"), float("nan")
    whole = rankdata(np.concatenate([x, y]))
    v10 = (whole[:m] - rankdata(x)) / n
    v01 = 1 - (whole[m:] - rankdata(y)) / m
    deviation = np.sqrt(v10.var(ddof=1) / m + v01.var(ddof=1) / n)
    half = norm.ppf(0.5 + level / 2) * deviation
    return float(max(0, v10.mean() - half)), float(min(1, v10.mean() + half))


def fit_platt(labels: np.ndarray, logits: np.ndarray) -> tuple[float, float]:
    """(a, b) of p = 1 / (1 + exp(-(a x + b))) by maximum likelihood with Platt's smoothed targets."""
    labels = np.asarray(labels, bool)
    positives, negatives = labels.sum(), (~labels).sum()
    target = np.where(labels, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    x = np.asarray(logits, float)

    def cost(parameters):
        z = parameters[0] * x + parameters[1]
        p = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
        return np.sum(np.logaddexp(0, z) - target * z), np.array([np.sum((p - target) * x), np.sum(p - target)])

    # A negative slope would turn the ranking round: never.
    best = minimize(cost, [1.0, 0.0], jac=True, method="L-BFGS-B", bounds=[(1e-3, None), (None, None)])
    return float(best.x[0]), float(best.x[1])


def operating_points(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Thresholds at the largest sensitivity + specificity - 1, and the highest one that still finds 90 %."""
    labels = np.asarray(labels, bool)
    order = np.argsort(-probabilities, kind="stable")
    sorted_p, hits = probabilities[order], labels[order]
    # The last of equal probabilities: a threshold cannot separate them.
    ends = np.append(np.flatnonzero(np.diff(sorted_p)), len(sorted_p) - 1)
    sensitivity = np.cumsum(hits)[ends] / max(1, hits.sum())
    alarm = np.cumsum(~hits)[ends] / max(1, (~hits).sum())
    return {
        "youden": float(sorted_p[ends[np.argmax(sensitivity - alarm)]]),
        "sensitivity90": float(sorted_p[ends[np.argmax(sensitivity >= 0.9)]]),
    }


def conformal_half_width(residuals: np.ndarray, coverage: float = 0.9) -> np.ndarray:
    """Split-conformal half-widths per column from absolute residuals of a calibration split."""
    n = len(residuals)
    rank = min(n, int(np.ceil((n + 1) * coverage)))
    return np.sort(np.abs(residuals), axis=0)[rank - 1]


def r_squared(truth: np.ndarray, prediction: np.ndarray) -> np.ndarray:
    """Coefficient of determination per column."""
    return 1 - ((truth - prediction) ** 2).sum(0) / ((truth - truth.mean(0)) ** 2).sum(0)


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(spearmanr(a, b).statistic)


def feature_ks(real: np.ndarray, generated: np.ndarray) -> dict[str, float]:
    """Two-sample Kolmogorov-Smirnov distance of each feature: median and largest."""
    distances = [ks_2samp(real[:, i], generated[:, i]).statistic for i in range(real.shape[1])]
    return {"median": float(np.median(distances)), "max": float(np.max(distances))}

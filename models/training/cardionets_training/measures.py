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


def platt_covariance(logits: np.ndarray, a: float, b: float) -> list[float]:
    """[variance of a, covariance, variance of b] of the fitted line: the inverse of the Fisher information."""
    x = np.asarray(logits, float)
    p = 1 / (1 + np.exp(-(a * x + b)))
    weight = p * (1 - p)
    (aa, ab), (_, bb) = np.linalg.inv([[np.sum(weight * x * x), np.sum(weight * x)], [np.sum(weight * x), np.sum(weight)]])
    return [float(aa), float(ab), float(bb)]


def operating_points(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """Thresholds at the largest sensitivity + specificity - 1, the highest one that still finds 90 % of the ill, and the
    lowest one that spares 98 % of the others."""
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
        "specificity98": float(sorted_p[ends[max(0, np.flatnonzero(alarm <= 0.02).max(initial=0))]]),
    }


# Upper ends of the bands in which held-out probabilities are counted; the last is 1.
BAND_ENDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def reliability(labels: np.ndarray, probabilities: np.ndarray) -> list[dict]:
    """Of each band of probability: how many subjects, how many of them ill, and what they were told on average."""
    labels = np.asarray(labels, bool)
    band = np.searchsorted(BAND_ENDS[:-1], probabilities, side="right")
    counted = ((end, band == i) for i, end in enumerate(BAND_ENDS))
    return [
        {"below": end, "subjects": int(inside.sum()), "positives": int(labels[inside].sum()),
         "meanProbability": float(probabilities[inside].mean())}
        for end, inside in counted if inside.any()
    ]  # fmt: skip


def held_out_counts(labels: np.ndarray, probabilities: np.ndarray, thresholds: dict[str, float]) -> dict:
    """What the manifest states of subjects that nothing was fitted on: counts at each operating point and in each band."""
    labels = np.asarray(labels, bool)
    flagged = {name: probabilities >= threshold for name, threshold in thresholds.items()}
    return {
        "subjects": len(labels),
        "positives": int(labels.sum()),
        "points": {
            name: {"truePositives": int(positive[labels].sum()), "falsePositives": int(positive[~labels].sum())}
            for name, positive in flagged.items()
        },
        "reliability": reliability(labels, probabilities),
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

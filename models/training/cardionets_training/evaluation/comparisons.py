"""Each model against the aligned one on the same subjects: gain, n, p and effect size."""

import numpy as np

from ..config import SUBTYPES
from . import statistics
from .cells import Bench
from .labels import kind
from .scores import Predictions

REFERENCE = "aligned"
PERMUTED = ("test", "five-fold")  # tables with permutation tests beside DeLong's


def compare(bench: Bench, predictions: Predictions) -> list[dict]:
    """One row for each table, task and method in which both models answered."""
    rows = []
    for (table, task, arm, method), (part, answer, cut) in predictions.kept.items():
        own = predictions.kept.get((table, task, REFERENCE, method))
        if arm == REFERENCE or own is None or own[0].cohort != part.cohort:
            continue
        common, of_own, of_other = np.intersect1d(own[0].rows, part.rows, return_indices=True)
        if len(common) < 20:
            continue
        truth = bench.labels(task, own[0])[of_own]
        a, b = own[1][of_own], answer[of_other]
        row = {"table": table, "task": task, "against": arm, "method": method, "n": len(common)}
        tests = _TESTS[kind(task)](truth, a, b)
        if kind(task) == "disease" and table in PERMUTED:
            tests["p_balanced_accuracy"] = statistics.permutation_p(truth, a >= own[2], b >= cut, "balanced_accuracy")
            tests["p_map"] = statistics.permutation_p(truth, a, b, "map")
        rows.append({**row, **tests})
    return rows


def _phenotypes(truth, a, b) -> dict:
    counts = statistics.resamples(len(truth))
    draws_a, draws_b = (statistics.mean_r2_draws(truth, x, counts) for x in (a, b))
    r2_a, r2_b = (float((1 - np.square(truth - x).sum(0) / np.square(truth - truth.mean(0)).sum(0)).mean()) for x in (a, b))
    sd = truth.std(0)
    # Of each subject, how much smaller the squared standardised error is.
    gain = (np.square((truth - b) / sd) - np.square((truth - a) / sd)).mean(1)
    return {
        "measure": "mean R²", "value": r2_a, "other": r2_b, "difference": r2_a - r2_b, "gain_percent": _gain(r2_a, r2_b),
        "interval_95": statistics.interval(draws_a - draws_b), "p": statistics.bootstrap_p(draws_a - draws_b),
        "test": "bootstrap 10,000", "effect_size": float(gain.mean() / (gain.std(ddof=1) + 1e-12)), "effect": "paired d",
    }  # fmt: skip


def _disease(truth, a, b) -> dict:
    test = statistics.delong_test(truth, a, b)
    area_a, area_b = (statistics.placements(truth, x)[0].mean() for x in (a, b))
    half = 1.96 * test["standard_error"]
    return {
        "measure": "AUC", "value": float(area_a), "other": float(area_b), "difference": test["difference"],
        "gain_percent": _gain(area_a, area_b), "interval_95": (test["difference"] - half, test["difference"] + half),
        "p": test["p"], "test": "DeLong",
        "effect_size": statistics.binormal_d(area_a) - statistics.binormal_d(area_b), "effect": "difference of binormal d",
    }  # fmt: skip


def _subtypes(truth, a, b) -> dict:
    """RCM against the others, the article's rarest class."""
    rcm = SUBTYPES.index("rcm")
    shares = [x[:, rcm] - np.logaddexp.reduce(np.delete(x, rcm, axis=1), axis=1) for x in (a, b)]
    if not 1 < (truth == rcm).sum() < len(truth) - 1:
        return {"measure": "AUC RCM", "p": float("nan")}
    found = _disease(truth == rcm, *shares)
    return {**found, "measure": "AUC RCM"}


def _gain(a: float, b: float) -> float | None:
    return float(100 * (a - b) / b) if b > 0 else None


_TESTS = {"phenotypes": _phenotypes, "disease": _disease, "subtypes": _subtypes}

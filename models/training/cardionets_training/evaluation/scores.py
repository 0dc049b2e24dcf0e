"""All measures of one cell with their intervals, and what the models said, kept for comparisons and figures."""

import numpy as np

from ..config import SUBTYPES
from ..measures import auc, auc_interval, r_squared
from ..phenotypes import INDEX, PHENOTYPES
from . import statistics
from .cells import Bench
from .labels import Part, kind

SCATTERED = ("LVM", "LVEDV", "LVEF", "WT_global", "RVEDV", "LAV_max")


def score(task: str, truth: np.ndarray, prediction: np.ndarray, threshold: float | None = None) -> dict:
    """All measures of one cell with their intervals."""
    n = len(truth)
    if kind(task) == "disease":
        area = auc(truth, prediction)
        cut = statistics.youden_threshold(truth, prediction) if threshold is None else threshold
        return {
            "n": n, "positives": int(truth.sum()), **statistics.classification(truth, prediction, cut),
            "delong_95": auc_interval(truth, prediction), "wilson_95": statistics.wilson(area, n),
        }  # fmt: skip
    if task == "subtypes":
        return _subtype_score(truth, prediction)
    return _phenotype_score(truth, prediction)


def _subtype_score(truth: np.ndarray, logits: np.ndarray) -> dict:
    chosen = logits.argmax(1)
    confusion = np.zeros((3, 3), int)
    np.add.at(confusion, (truth, chosen), 1)
    each = {}
    for i, name in enumerate(SUBTYPES):
        share = logits[:, i] - np.logaddexp.reduce(np.delete(logits, i, axis=1), axis=1)
        area = auc(truth == i, share)
        each[name] = {"auc": area, "delong_95": auc_interval(truth == i, share), "wilson_95": statistics.wilson(area, len(truth)), "positives": int((truth == i).sum())}
    recall = [confusion[i, i] / max(1, confusion[i].sum()) for i in range(3)]
    return {
        "n": len(truth), "each": each, "macro_auc": float(np.mean([v["auc"] for v in each.values()])),
        "accuracy": float((chosen == truth).mean()), "balanced_accuracy": float(np.mean(recall)),
        "confusion_rows_true": confusion.tolist(),
    }  # fmt: skip


def _phenotype_score(truth: np.ndarray, prediction: np.ndarray) -> dict:
    r2, error = r_squared(truth, prediction), truth - prediction
    draws = statistics.mean_r2_draws(truth, prediction, statistics.resamples(len(truth)))
    each = {
        p.id: {
            "r2": float(r2[i]), "pearson": _pearson(truth[:, i], prediction[:, i]),
            "mae": float(np.abs(error[:, i]).mean()), "rmse": float(np.sqrt(np.square(error[:, i]).mean())),
        }
        for i, p in enumerate(PHENOTYPES)
    }  # fmt: skip
    return {"n": len(truth), "mean_r2": float(r2.mean()), "bootstrap_95": statistics.interval(draws), "each": each,
            "mean_pearson": float(np.mean([v["pearson"] for v in each.values()]))}  # fmt: skip


def _pearson(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0


class Predictions:
    """What each model said of each test subject, for the comparisons and figures."""

    def __init__(self):
        self.kept: dict[tuple, tuple[Part, np.ndarray, float | None]] = {}

    def put(self, table: str, task: str, arm: str, method: str, part: Part, prediction: np.ndarray, threshold: float | None):
        self.kept[table, task, arm, method] = (part, prediction, threshold)

    def curves(self, bench: Bench, points: int = 51, pairs: int = 300) -> dict:
        """For the figures: ROC curves of the held-out diseases, and true and predicted values of six phenotypes."""
        found: dict = {"roc": {}, "scatter": {}}
        for (table, task, arm, method), (part, prediction, _) in self.kept.items():
            if table != "test":
                continue
            truth = bench.labels(task, part)
            if kind(task) == "disease":
                alarms = np.linspace(0, 1, points)
                cuts = np.quantile(prediction[~truth], 1 - alarms)
                hits = [float((prediction[truth] >= cut).mean()) for cut in cuts]
                found["roc"].setdefault(task, {}).setdefault(arm, {})[method] = {"alarms": alarms.round(3).tolist(), "hits": hits}
            elif task == "phenotypes" and arm == "aligned":
                for name in SCATTERED:
                    i = INDEX[name]
                    rows = np.stack([truth[:pairs, i], prediction[:pairs, i]], axis=1)
                    found["scatter"].setdefault(method, {})[name] = rows.round(2).tolist()
        return found

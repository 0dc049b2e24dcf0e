"""The network that the pack ships: held-out metrics, calibration, thresholds and prediction intervals.

Calibration, thresholds and interval widths come from the validation cohort; every reported number from the test cohorts.
"""

import numpy as np
import torch

from .. import measures
from ..assemble import load_weights
from ..config import DISEASES, SUBTYPES
from ..data.cohort import Cohort, is_imported
from ..device import device
from ..networks.ecg import EcgEncoder
from ..networks.heads import TaskNetwork
from ..phenotypes import PHENOTYPES
from ..stages.finetune import features
from .cells import Bench
from .repeatability import REPEATED, repeatability
from .statistics import wilson


def evaluate_task_network(bench: Bench) -> dict:
    """{"quality": what the manifest states, "metrics": diseases, subtypes and phenotypes}."""
    network = TaskNetwork(EcgEncoder(bench.profile.ecg))
    load_weights("finetune", {"network": network})
    network.to(device()).eval()
    # Real recordings have no cohort of cardiomyopathies alone: the subtypes of the test subjects count.
    names = ("validation", "test", "test-cardiomyopathy" if bench.has("test-cardiomyopathy") else "test")
    validation, test, ill = ((bench.cohorts[name], bench.count("aligned", name)) for name in names)
    for which in (validation, test):
        _both_classes(*which)
    fitted, tested, ill_said = (_predict(network, *which) for which in (validation, test, ill))
    quality, diseases = _diseases(validation, test, fitted, tested)
    subtype_part = _subtypes(ill, ill_said)
    quality["subtype_auc"] = {name: subtype_part[name]["auc"] for name in SUBTYPES}
    quality["familiarity"] = familiarity(fitted["distance"])
    if not is_imported():
        quality["repeatability"] = repeatability(network, validation[0], min(REPEATED, validation[1]), quality["calibration"])
    widths, phenotypes = _phenotypes(validation, test, fitted["pheno"], tested["pheno"])
    return {"quality": {**quality, **widths}, "metrics": {"diseases": diseases, "subtypes": subtype_part, "phenotypes": phenotypes}}


def _both_classes(cohort: Cohort, count: int) -> None:
    """Raises ValueError where a calibration or an area cannot be computed, naming the cohort and the disease."""
    for i, name in enumerate(DISEASES):
        positives = int(cohort.subjects.recorded[:count, i].sum())
        if not 0 < positives < count:
            raise ValueError(
                f"{positives} of the {count} subjects of cohort '{cohort.name}' have {name.upper()} recorded: "
                "calibration and AUC need subjects with and without it"
            )


@torch.no_grad()
def _predict(network: TaskNetwork, cohort: Cohort, count: int) -> dict[str, np.ndarray]:
    feat = features(network.encoder, cohort.ecg, count)
    pheno, dis, sub = network.heads(feat)
    pheno = pheno * network.target_std + network.target_mean
    found = {"pheno": pheno, "dis": dis, "sub": sub, "distance": network.distance(feat)}
    return {name: value.float().cpu().numpy() for name, value in found.items()}


def familiarity(distances: np.ndarray) -> dict[str, float]:
    """Distances to the training subjects that one in twenty, and one in two hundred, of the validation subjects exceed."""
    return {"unusual": float(np.quantile(distances, 0.95)), "unlike": float(np.quantile(distances, 0.995))}


def _probabilities(logits: np.ndarray, calibration: dict) -> np.ndarray:
    return 1 / (1 + np.exp(-(calibration["a"] * logits + calibration["b"])))


def _diseases(validation: tuple[Cohort, int], test: tuple[Cohort, int], fitted: dict, tested: dict) -> tuple[dict, dict]:
    recorded, recorded_test = (cohort.subjects.recorded[:count] for cohort, count in (validation, test))
    quality: dict = {"calibration": {}, "prevalence": {}, "thresholds": {}, "disease_auc": {}, "held_out": {}}
    diseases = {}
    for i, name in enumerate(DISEASES):
        a, b = measures.fit_platt(recorded[:, i], fitted["dis"][:, i])
        covariance = measures.platt_covariance(fitted["dis"][:, i], a, b)
        quality["calibration"][name] = calibration = {"kind": "platt", "a": a, "b": b, "covariance": covariance}
        quality["prevalence"][name] = float(recorded[:, i].mean())
        thresholds = measures.operating_points(recorded[:, i], _probabilities(fitted["dis"][:, i], calibration))
        quality["thresholds"][name] = thresholds
        labels, p = recorded_test[:, i], _probabilities(tested["dis"][:, i], calibration)
        positive = p >= thresholds["youden"]
        area = measures.auc(labels, p)
        diseases[name] = {
            "auc": area, "auc_delong_95": measures.auc_interval(labels, p), "auc_wilson_95": wilson(area, len(labels)),
            "auc_true_labels": measures.auc(test[0].subjects.diseases[: test[1], i], p),
            "sensitivity": float(positive[labels].mean()), "specificity": float((~positive[~labels]).mean()),
            "sensitivity_at_90_point": float((p >= thresholds["sensitivity90"])[labels].mean()),
            "specificity_at_90_point": float((p < thresholds["sensitivity90"])[~labels].mean()),
            "brier": float(((p - labels) ** 2).mean()), "positives": int(labels.sum()), "subjects": len(labels),
        }  # fmt: skip
        quality["disease_auc"][name] = area
        quality["held_out"][name] = measures.held_out_counts(labels, p, thresholds)
    return quality, diseases


def _subtypes(which: tuple[Cohort, int], said: dict) -> dict:
    subtype = which[0].subjects.subtype[: which[1]]
    known = subtype >= 0
    subtype, logits = subtype[known], said["sub"][known]
    result: dict = {}
    for i, name in enumerate(SUBTYPES):
        share = logits[:, i] - np.logaddexp.reduce(np.delete(logits, i, axis=1), axis=1)
        result[name] = {"auc": measures.auc(subtype == i, share), "auc_delong_95": measures.auc_interval(subtype == i, share)}
    confusion = np.zeros((3, 3), int)
    np.add.at(confusion, (subtype, logits.argmax(1)), 1)
    return {**result, "confusion_rows_true": confusion.tolist(), "subjects": len(subtype)}


def _phenotypes(validation, test, fitted: np.ndarray, tested: np.ndarray) -> tuple[dict, dict]:
    acquired, truth = (cohort.phenotypes[:count] for cohort, count in (validation, test))
    half = measures.conformal_half_width(acquired - fitted)
    error, r2 = truth - tested, measures.r_squared(truth, tested)
    coverage = (np.abs(error) <= half).mean(0)
    each = {
        p.id: {
            "r2": float(r2[i]), "pearson": float(np.corrcoef(truth[:, i], tested[:, i])[0, 1]),
            "mae": float(np.abs(error[:, i]).mean()), "rmse": float(np.sqrt((error[:, i] ** 2).mean())),
            "coverage_90": float(coverage[i]),
        }
        for i, p in enumerate(PHENOTYPES)
    }  # fmt: skip
    quality = {
        "r2": {p.id: float(v) for p, v in zip(PHENOTYPES, r2)},
        "interval_half_width": {p.id: float(v) for p, v in zip(PHENOTYPES, half)},
    }
    return quality, {
        "mean_r2": float(r2.mean()), "mean_coverage_90": float(coverage.mean()),
        "worst_coverage_90": float(coverage[np.argmax(np.abs(coverage - 0.9))]), "subjects": len(truth), "each": each,
    }  # fmt: skip

"""Held-out metrics, calibration and intervals of the pack, in the short form that two cores can run.

Calibration, thresholds and interval widths come from the validation cohort; every reported number from the test
cohorts, whose seeds no other stage uses.
"""

import json

import numpy as np
import torch

from .. import measures
from ..config import DISEASES, SUBTYPES
from ..assemble import load_weights
from ..data.cohort import PLANS, Cohort
from ..networks.ecg import EcgEncoder
from ..networks.heads import TaskNetwork
from ..paths import RUNS
from ..phenotypes import PHENOTYPES
from .evaluate_cines import evaluate_cines
from .finetune import features, ridge, start_encoder
from .trained import load_trained

STAGE, PROBE_LABELS, PROBE_TEST, SIMPLE_LABELS = "evaluate", 500, 250, 4000


def simple_features(stored) -> torch.Tensor:
    """What a reader of four numbers per lead knows: minimum, maximum, mean and deviation in mV (leak test 2)."""
    x = np.asarray(stored, dtype=np.float32)
    return torch.from_numpy(np.concatenate([x.min(-1), x.max(-1), x.mean(-1), x.std(-1)], axis=1))


def probe(feat, target, feat_test, truth) -> dict:
    """Ridge regression of the phenotypes on frozen features, mean R2 on the test subjects."""
    cut = len(feat) * 4 // 5
    penalty = max((1e-4, 1e-3, 1e-2, 1e-1, 1.0), key=lambda p: _mean_r2(*ridge(feat[:cut], target[:cut], p), feat[cut:], target[cut:]))
    weight, bias = ridge(feat, target, penalty)
    return {"mean_r2": _mean_r2(weight, bias, feat_test, truth), "labels": len(feat), "test_subjects": len(truth)}


def _mean_r2(weight, bias, feat, truth) -> float:
    return float(measures.r_squared(truth.numpy(), (feat @ weight.T + bias).numpy()).mean())


@torch.no_grad()
def predict(network, cohort: Cohort, count: int) -> dict[str, np.ndarray]:
    pheno, dis, sub = network.heads(features(network.encoder, cohort.ecg, count))
    return {"pheno": (pheno * network.target_std + network.target_mean).numpy(), "dis": dis.numpy(), "sub": sub.numpy()}


def probabilities(logits: np.ndarray, calibration: dict) -> np.ndarray:
    return 1 / (1 + np.exp(-(calibration["a"] * logits + calibration["b"])))


def evaluate_task(
    network, validation: Cohort, test: Cohort, cardiomyopathy: Cohort, limit: int | None = None
) -> tuple[dict, dict]:
    """Parts of the manifest and of metrics.json that belong to the task encoder; `limit` subjects of each cohort."""
    counts = [min(limit or c.plan.subjects, c.plan.subjects) for c in (validation, test, cardiomyopathy)]
    fitted, tested = predict(network, validation, counts[0]), predict(network, test, counts[1])
    recorded, recorded_test = validation.subjects.recorded[: counts[0]], test.subjects.recorded[: counts[1]]
    acquired, acquired_test = validation.phenotypes[: counts[0]], test.phenotypes[: counts[1]]
    quality = {"calibration": {}, "prevalence": {}, "thresholds": {}, "disease_auc": {}, "subtype_auc": {}}
    diseases = {}
    for i, name in enumerate(DISEASES):
        a, b = measures.fit_platt(recorded[:, i], fitted["dis"][:, i])
        quality["calibration"][name] = calibration = {"kind": "platt", "a": a, "b": b}
        quality["prevalence"][name] = float(recorded[:, i].mean())
        thresholds = measures.operating_points(recorded[:, i], probabilities(fitted["dis"][:, i], calibration))
        quality["thresholds"][name] = thresholds
        labels, p = recorded_test[:, i], probabilities(tested["dis"][:, i], calibration)
        positive = p >= thresholds["youden"]
        diseases[name] = {
            "auc": measures.auc(labels, p),
            "auc_delong_95": measures.auc_interval(labels, p),
            "auc_true_labels": measures.auc(test.subjects.diseases[: counts[1], i], p),
            "sensitivity": float(positive[labels].mean()),
            "specificity": float((~positive[~labels]).mean()),
            "sensitivity_at_90_point": float((p >= thresholds["sensitivity90"])[labels].mean()),
            "brier": float(((p - labels) ** 2).mean()),
            "positives": int(labels.sum()),
            "subjects": len(labels),
        }
        quality["disease_auc"][name] = diseases[name]["auc"]
    ill = predict(network, cardiomyopathy, counts[2])["sub"]
    subtype = cardiomyopathy.subjects.subtype[: counts[2]]
    subtypes = {}
    for i, name in enumerate(SUBTYPES):
        share = ill[:, i] - np.logaddexp.reduce(np.delete(ill, i, axis=1), axis=1)
        subtypes[name] = {"auc": measures.auc(subtype == i, share), "auc_delong_95": measures.auc_interval(subtype == i, share)}
        quality["subtype_auc"][name] = subtypes[name]["auc"]
    confusion = np.zeros((3, 3), int)
    np.add.at(confusion, (subtype, ill.argmax(1)), 1)

    half = measures.conformal_half_width(acquired - fitted["pheno"])
    error = acquired_test - tested["pheno"]
    r2 = measures.r_squared(acquired_test, tested["pheno"])
    coverage = (np.abs(error) <= half).mean(0)
    quality["r2"] = {p.id: float(v) for p, v in zip(PHENOTYPES, r2)}
    quality["interval_half_width"] = {p.id: float(v) for p, v in zip(PHENOTYPES, half)}
    per_phenotype = {
        p.id: {
            "r2": float(r2[i]),
            "pearson": float(np.corrcoef(acquired_test[:, i], tested["pheno"][:, i])[0, 1]),
            "mae": float(np.abs(error[:, i]).mean()),
            "rmse": float(np.sqrt((error[:, i] ** 2).mean())),
            "coverage_90": float(coverage[i]),
        }
        for i, p in enumerate(PHENOTYPES)
    }
    metrics = {
        "diseases": diseases,
        "subtypes": {**subtypes, "confusion_rows_true": confusion.tolist(), "subjects": len(subtype)},
        "phenotypes": {
            "mean_r2": float(r2.mean()),
            "mean_coverage_90": float(coverage.mean()),
            "worst_coverage_90": float(coverage[np.argmax(np.abs(coverage - 0.9))]),
            "each": per_phenotype,
        },
    }
    return quality, metrics


def compare_encoders(profile, test: Cohort) -> dict:
    """The same linear probe on frozen features of every starting point, and on simple numbers."""
    train = Cohort("train")
    labels, tests = min(PROBE_LABELS, train.plan.subjects), min(PROBE_TEST, test.plan.subjects)
    mean, sd = train.phenotypes[:labels].mean(0), train.phenotypes[:labels].std(0)
    target = torch.from_numpy((train.phenotypes[:labels] - mean) / sd)
    truth = torch.from_numpy((test.phenotypes[:tests] - mean) / sd)
    result = {"note": "ridge on the frozen feature, one seed"}
    for name, origin in (("scratch", "scratch"), ("ssl", "pretrain-ecg"), ("aligned", "align")):
        torch.manual_seed(0)
        encoder = start_encoder(profile, origin).eval()
        result[name] = probe(
            features(encoder, train.ecg, labels), target, features(encoder, test.ecg, tests), truth
        )
    return result


def simple_probe(test: Cohort, limit: int | None) -> dict:
    """The same regression on four numbers per lead, with as many labels as the task network had."""
    train = Cohort("train")
    labels, tests = min(SIMPLE_LABELS, train.plan.subjects), min(limit or test.plan.subjects, test.plan.subjects)
    mean, sd = train.phenotypes[:labels].mean(0), train.phenotypes[:labels].std(0)
    target, truth = (torch.from_numpy((x - mean) / sd) for x in (train.phenotypes[:labels], test.phenotypes[:tests]))
    return probe(simple_features(train.ecg[:labels]), target, simple_features(test.ecg[:tests]), truth)


def summary(metrics: dict) -> dict[str, str]:
    """The lines of the card."""
    lines = {"mean R² over 82 phenotypes": f"{metrics['phenotypes']['mean_r2']:.3f}"}
    for name in ("LVM", "WT_global", "LVEDV", "LAV_max", "LVEF", "RVEDV"):
        lines[f"R² {name}"] = f"{metrics['phenotypes']['each'][name]['r2']:.2f}"
    for name, value in metrics["diseases"].items():
        low, high = value["auc_delong_95"]
        lines[f"AUC {name.upper()} (95 % DeLong)"] = f"{value['auc']:.3f} ({low:.3f}–{high:.3f})"
    for name in SUBTYPES:
        lines[f"AUC {name.upper()} against the other subtypes"] = f"{metrics['subtypes'][name]['auc']:.3f}"
    lines["coverage of the 90 % prediction intervals"] = f"{metrics['phenotypes']['mean_coverage_90']:.3f}"
    for name in ("simple_numbers", "scratch", "ssl", "aligned"):
        value = metrics["encoders"].get(name)
        lines[f"linear probe, {name.replace('_', ' ')}: mean R²"] = f"{value['mean_r2']:.3f}" if value else "not run"
    cines = metrics["cines"]
    lines["reconstruction SSIM of the autoencoder"] = f"{cines['reconstruction_ssim']:.3f}"
    for key in ("generated", "mean image", "random real pair"):
        row = cines["against_noise_free"][key]
        lines[f"cine, {key}: SSIM / PSNR"] = f"{row['ssim']:.3f} / {row['psnr']:.1f} dB"
    lines["cine features, median KS"] = f"{cines['feature_ks']['median']:.3f}"
    for name, value in cines["phenotypes_of_generated"].items():
        lines[f"Spearman of {name} measured on generated cines"] = f"{value['generated']:.2f} (real cines {value['real']:.2f})"
    lines["heat map: heart-mask AUC"] = f"{cines['heat_map_mask_auc']:.3f}"
    return lines


def run(options) -> None:
    """`--part` runs one part only, so that the parts can run side by side; the last one to end writes the whole."""
    folder = RUNS / STAGE
    folder.mkdir(parents=True, exist_ok=True)
    test = Cohort("test")
    if options.part in (None, "task"):
        network = TaskNetwork(EcgEncoder(options.profile.ecg)).eval()
        load_weights("finetune", {"network": network})
        quality, metrics = evaluate_task(network, Cohort("validation"), test, Cohort("test-cardiomyopathy"), options.subjects)
        metrics["encoders"] = {"simple_numbers": simple_probe(test, options.subjects)}
        write(folder / "task.json", {**quality, "metrics": metrics})
    if options.part in (None, "encoders"):
        write(folder / "encoders.json", compare_encoders(options.profile, test))
    if options.part in (None, "cines"):
        write(folder / "cines.json", evaluate_cines(load_trained(options.profile), Cohort("train"), test, options.pairs, options.subjects))
    if not (folder / "task.json").exists() or not (folder / "cines.json").exists():
        return
    quality = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    metrics = quality["metrics"]
    metrics["form"] = "short form: one split, one seed, simulated cohort; cells not listed were not run"
    metrics["cines"] = json.loads((folder / "cines.json").read_text(encoding="utf-8"))
    if (folder / "encoders.json").exists():
        metrics["encoders"].update(json.loads((folder / "encoders.json").read_text(encoding="utf-8")))
    metrics["cohort"] = {name: vars(plan) for name, plan in PLANS.items()}
    metrics["summary"] = summary(metrics)
    write(folder / "quality.json", quality)
    for name, value in metrics["summary"].items():
        print(f"{name}: {value}")


def write(path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")

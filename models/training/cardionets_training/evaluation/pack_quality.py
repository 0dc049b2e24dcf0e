"""What a pack states about itself (`Quality`, metrics.json, card.md), from the file of results alone."""

from ..config import SUBTYPES
from .report_numbers import number, with_interval

SHOWN = ("LVM", "WT_global", "LVEDV", "LAV_max", "LVEF", "RVEDV")
# Names of metrics.json for the rows of the pixel table.
CINE_ROWS = {
    "cardionets": "generated", "cardionets-cool": "generated, temperature 0.7", "mean-image": "mean image",
    "random-real": "random real pair", "noise-ceiling": "noisy cine of the same subject (ceiling)",
    "autoencoder": "autoencoder of the same subject", "cross-ae": "Cross-AE", "vgen": "latent video diffusion",
}  # fmt: skip


def pack_quality(results: dict) -> dict:
    """The fields of `Quality`; `metrics` is what metrics.json says and `metrics.summary` the table of card.md."""
    task = results["task"]
    metrics = {
        "form": results["form"]["statement"], **task["metrics"], "encoders": _encoders(results.get("tables") or {}),
        "cines": _cines(results["cines"]), "cohort": results["cohorts"],
    }  # fmt: skip
    metrics["summary"] = _summary(metrics)
    slides = results.get("slides") or {}
    return {**task["quality"], "directions": _directions(slides), "metrics": metrics}


def _encoders(tables: dict) -> dict:
    """Mean R2, AUC and interval of every model in the held-out tables."""
    found: dict = {}
    for task, arms in tables.get("held_out", {}).get("test", {}).items():
        for arm, methods in arms.items():
            for method, cell in methods.items():
                value = {k: cell[k] for k in ("mean_r2", "bootstrap_95", "auc", "delong_95", "macro_auc", "n", "labels") if k in cell}
                found.setdefault(arm, {}).setdefault(method, {})[task] = value
    return found


def _directions(slides: dict) -> list[dict]:
    """What the manifest says of each phenotype along which the feature can be moved."""
    return [
        {"phenotype": name, "feature": found["direction"], "steps": found["steps"], "read": [round(v, 2) for v in found["measured"]]}
        for name, found in slides.items()
    ]


def _cines(cines: dict) -> dict:
    pixels, shape = cines["generation"]["pixels"], cines["generation"]
    own = "cardionets"
    table = {
        CINE_ROWS[name]: {measure: values["one_seed"] for measure, values in row.items()}
        | {"subjects": min(shape["compared"], shape["subjects"][name])}
        | {"ssim_best_of_seeds": row["ssim"]["best_of_seeds"], "ssim_heart_aligned": row["ssim"]["heart_aligned"]}
        for name, row in pixels.items()
    }  # fmt: skip
    spearman = {
        name: {"generated": shape["phenotypes"][own][name]["spearman"], "real": shape["phenotypes"]["noise-ceiling"][name]["spearman"],
               "generated_temperature_0.7": shape["phenotypes"]["cardionets-cool"][name]["spearman"]}
        for name in shape["phenotypes"][own]
    }  # fmt: skip
    return {
        "subjects": shape["n"], "compared_subjects": shape["compared"], "reconstruction_ssim": table[CINE_ROWS["autoencoder"]]["ssim"], "against_noise_free": table,
        "feature_ks": shape["features"][own]["ks"], "feature_ks_temperature_0.7": shape["features"]["cardionets-cool"]["ks"],
        "feature_ks_autoencoder": shape["features"]["autoencoder"]["ks"],
        "feature_ks_baselines": {
            CINE_ROWS[name]: {**shape["features"][name]["ks"], "subjects": shape["subjects"][name]}
            for name in ("cross-ae", "vgen") if name in shape["features"]
        },
        "phenotypes_of_generated": spearman,
        "heat_map_mask_auc": cines["heat_maps"]["models"]["aligned"]["mask_auc"],
        "heat_map_mask_auc_95": cines["heat_maps"]["models"]["aligned"]["interval_95"], "heat_map_subjects": cines["heat_maps"]["n"],
        "heat_map_mask_auc_others": {k: v["mask_auc"] for k, v in cines["heat_maps"]["models"].items() if k != "aligned"},
    }  # fmt: skip


def _summary(metrics: dict) -> dict[str, str]:
    """The lines of the card."""
    lines = {"mean R² over 82 phenotypes": number(metrics["phenotypes"]["mean_r2"])}
    for name in SHOWN:
        lines[f"R² {name}"] = number(metrics['phenotypes']['each'][name]['r2'], 2)
    for name, value in metrics["diseases"].items():
        lines[f"AUC {name.upper()} (95 % DeLong)"] = with_interval(value["auc"], value["auc_delong_95"])
    for name in SUBTYPES:
        lines[f"AUC {name.upper()} against the other subtypes"] = number(metrics["subtypes"][name]["auc"])
    lines["coverage of the 90 % prediction intervals"] = f"{metrics['phenotypes']['mean_coverage_90']:.3f}"
    for arm in ("simple", "scratch", "ssl", "mmcl", "aligned", "cmr"):
        for method in ("frozen", "fine-tuned"):
            cell = metrics["encoders"].get(arm, {}).get(method, {}).get("phenotypes")
            if cell:
                lines[f"{arm}, {method}, {cell['labels']:,} labels: mean R²"] = f"{cell['mean_r2']:.3f}"
    cines = metrics["cines"]
    lines["reconstruction SSIM of the autoencoder"] = number(cines["reconstruction_ssim"])
    for key, row in cines["against_noise_free"].items():
        fewer = "" if row["subjects"] == cines["compared_subjects"] else f" ({row['subjects']} subjects)"
        lines[f"cine, {key}{fewer}: SSIM / PSNR"] = f"{number(row['ssim'])} / {number(row['psnr'], 1)} dB"
    lines["cine features, median KS"] = number(cines["feature_ks"]["median"])
    for key, value in cines["feature_ks_baselines"].items():
        fewer = "" if value["subjects"] == cines["subjects"] else f" ({value['subjects']} subjects)"
        lines[f"cine features of {key}{fewer}, median KS"] = number(value["median"])
    for name, value in cines["phenotypes_of_generated"].items():
        lines[f"Spearman of {name} measured on generated cines"] = f"{number(value['generated'], 2)} (real cines {number(value['real'], 2)})"
    lines["heat map: heart-mask AUC"] = number(cines["heat_map_mask_auc"])
    return lines

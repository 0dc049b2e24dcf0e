"""Graphs, golden outputs, metrics, card and signature of a pack."""

import json
from dataclasses import fields
from pathlib import Path

from ..assemble import build_networks
from ..data.cohort import is_imported, plan_of
from ..export import export_graphs
from ..pack import IMPORTED, SIMULATED, Quality, write_pack
from ..paths import RUNS
from .trained import load_trained


# Generators whose mean head explains less than this of the held-out tokens draw hearts that do not follow the ECG.
UNEXPLAINED_LIMIT = 0.93
# First gate of the specification: reconstruction SSIM of the autoencoder.
RECONSTRUCTION_GATE = 0.95
SOURCES = {
    SIMULATED: {"en": "Simulated cohort of the training kit", "zh": "训练工具包生成的模拟队列"},
    IMPORTED: {"en": "Recordings imported into the training kit", "zh": "导入训练工具包的数据"},
}


def training_record() -> dict[str, dict]:
    """Steps and minutes of all sittings behind the weights of each stage, and the last held-out values."""
    record = {}
    for path in sorted(RUNS.glob("*/sittings.json")):
        sittings = json.loads(path.read_text())
        log = json.loads((path.parent / "log.json").read_text())["log"]
        last = {k: v for row in log for k, v in row.items() if k.startswith(("held_out", "unexplained"))}
        totals = {key: round(sum(s[key] for s in sittings), 2) for key in ("steps", "minutes")}
        record[path.parent.name] = {**totals, "sittings": len(sittings), **last}
    return record


def hardly_generates(record: dict[str, dict]) -> bool:
    return record.get("train-generator", {}).get("unexplained_at_14", 1.0) > UNEXPLAINED_LIMIT


def limits(metrics: dict, record: dict[str, dict]) -> list[str]:
    """What a reader of the card must know, as far as the numbers show it."""
    found = []
    unexplained = record.get("train-generator", {}).get("unexplained_at_14")
    if hardly_generates(record):
        found.append(
            "The cine generator is hardly trained: its cines do not follow the ECG and serve to show the workflow only"
            + (f" (held-out unexplained token variance {unexplained:.2f}, 1 is nothing learned)." if unexplained else ".")
        )
    rebuilt = metrics["cines"]["reconstruction_ssim"]
    if rebuilt < RECONSTRUCTION_GATE:
        found.append(f"The autoencoder misses its gate: reconstruction SSIM {rebuilt:.3f}, required {RECONSTRUCTION_GATE}.")
    heads, cines = metrics["diseases"]["cad"]["subjects"], metrics["cines"]
    found.append(
        f"Measured on {heads:,} subjects; features and phenotypes of generated cines on {cines['subjects']:,} (rank correlations "
        f"are uncertain by ±{1.96 / (cines['subjects'] - 1) ** 0.5:.2f}), their distances pixel by pixel on {cines['compared_subjects']:,}."
    )
    if cines["heat_map_mask_auc"] is not None and cines["heat_map_mask_auc_95"][0] <= 0.5:
        found.append(
            f"The similarity map does not point at the heart: AUC of the heart's mask {cines['heat_map_mask_auc']:.2f} on {cines['heat_map_subjects']} "
            "subjects, .5 is chance."
        )
    missing = [name for name in ("scratch", "ssl", "aligned") if name not in metrics["encoders"]]
    if missing:
        found.append(f"Not run: comparison of encoders ({', '.join(missing)}), CMR-based, Cross-AE, MMCL, Vgen.")
    return found


def read_quality() -> Quality:
    """What `evaluate` measured; a missing evaluation is an error that names the command."""
    path = RUNS / "evaluate" / "quality.json"
    if not path.exists():
        raise FileNotFoundError("evaluate/quality.json is missing: run `cardionets-train evaluate` first")
    measured = json.loads(path.read_text(encoding="utf-8"))
    record = training_record()
    metrics = {**measured.pop("metrics"), "training": record}
    metrics["notes"] = {"Limits": limits(metrics, record)}
    train = plan_of("train")
    origin = IMPORTED if is_imported() else SIMULATED
    weak = hardly_generates(record)
    # Of the two temperatures that were measured, the one whose cines are spread like acquired ones. A cooler draw is nearer to
    # the mean image, so it scores better pixel by pixel, but its seeds differ by less than the ECG leaves open.
    cool = metrics["cines"]["feature_ks_temperature_0.7"]["median"] < metrics["cines"]["feature_ks"]["median"]
    return Quality(
        origin=origin,
        training_data={
            "en": f"{SOURCES[origin]['en']}: {train.subjects:,} labelled ECGs, {train.cines:,} of them with a cine."
            + (" The cine generator is hardly trained: its cines do not follow the ECG." if weak else ""),
            "zh": f"{SOURCES[origin]['zh']}：{train.subjects:,} 份带标签的心电图，其中 {train.cines:,} 份配有电影图像。"
            + ("电影图像生成器几乎未经训练：生成的图像并不反映这份心电图。" if weak else ""),
        },
        metrics=metrics,
        temperature=0.7 if cool else 1.0,
        cines=cine_quality(metrics["cines"], cool),
        similarity_maps=similarity_map_quality(metrics["cines"]),
        **{k: v for k, v in measured.items() if k in {f.name for f in fields(Quality)}},
    )


def similarity_map_quality(cines: dict) -> dict | None:
    """Nothing where no cine has a mask of the heart."""
    if cines["heat_map_mask_auc"] is None:
        return None
    return {
        "maskAuc": round(cines["heat_map_mask_auc"], 4),
        "interval": [round(v, 4) for v in cines["heat_map_mask_auc_95"]],
        "subjects": cines["heat_map_subjects"],
    }


def cine_quality(cines: dict, cool: bool) -> dict:
    """How near generated cines come to their subjects', at the temperature of the pack, beside what needs no ECG."""
    ending = "_temperature_0.7" if cool else ""
    table = cines["against_noise_free"]
    return {
        "subjects": cines["subjects"],
        "comparedSubjects": cines["compared_subjects"],
        "ssim": round(table["generated, temperature 0.7" if cool else "generated"]["ssim"], 4),
        "meanImageSsim": round(table["mean image"]["ssim"], 4),
        "featureKsMedian": round(cines[f"feature_ks{ending}"]["median"], 4),
        "spearman": [
            {"phenotype": name, "generated": round(found[f"generated{ending}"], 4), "acquired": round(found["real"], 4)}
            for name, found in cines["phenotypes_of_generated"].items()
        ],
    }


def run(options) -> None:
    profile = options.profile
    if options.untrained:
        networks, quality = build_networks(profile, options.seed), Quality()
    else:
        networks, quality = load_trained(profile), read_quality()
    graphs = export_graphs(networks, profile)
    manifest = write_pack(Path(options.out), graphs, profile, quality, Path(options.key), options.pack_version)
    size = sum(f["bytes"] for f in manifest["files"])
    print(f"{manifest['id']} {manifest['version']}: {len(graphs)} graphs, {size / 1e6:.1f} MB, trained: {manifest['trained']}")

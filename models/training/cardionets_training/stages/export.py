"""Graphs, golden outputs, metrics, card and signature of a pack."""

import json
from dataclasses import fields
from pathlib import Path

from ..assemble import build_networks
from ..data.cohort import PLANS
from ..export import export_graphs
from ..pack import Quality, write_pack
from ..paths import RUNS
from .trained import load_trained


def read_quality() -> Quality:
    """What `evaluate` measured; a missing evaluation is an error that names the command."""
    path = RUNS / "evaluate" / "quality.json"
    if not path.exists():
        raise FileNotFoundError("evaluate/quality.json is missing: run `cardionets-train evaluate` first")
    measured = json.loads(path.read_text(encoding="utf-8"))
    train = PLANS["train"]
    return Quality(
        trained=True,
        training_data={
            "en": f"Simulated cohort of the training kit: {train.subjects:,} ECGs with labels, {train.cines:,} of them with a cine.",
            "zh": f"训练工具包生成的模拟队列：{train.subjects:,} 份带标签的心电图，其中 {train.cines:,} 份配有电影图像。",
        },
        **{k: v for k, v in measured.items() if k in {f.name for f in fields(Quality)}},
    )


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

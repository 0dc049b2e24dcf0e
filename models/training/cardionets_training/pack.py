"""Writes a model pack: graphs, golden outputs, metrics, card, manifest, signature (docs/model-pack.md)."""

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from . import signing
from .card import write_card
from .config import DISEASES, ENCODER_RATE_HZ, ENCODER_SAMPLES, ECG_RATE_HZ, FRAMES, PIXEL_SPACING_MM, SIZE, SUBTYPES, Profile
from .export import OPSET, Graph
from .networks.diffusion import decoding_schedule
from .phenotypes import DISEASE_NAMES, PHENOTYPES, SUBTYPE_NAMES

UNTRAINED, SIMULATED, IMPORTED = "untrained", "simulated cohort", "imported data"
# What every window and output says of the weights.
STATEMENTS = {
    UNTRAINED: {"en": "untrained weights: the numbers mean nothing", "zh": "未经训练的权重：所有数值均无意义"},
    SIMULATED: {"en": "trained on a simulated cohort · not for clinical use", "zh": "基于模拟队列训练 · 不得用于临床"},
    IMPORTED: {"en": "trained on imported recordings · not for clinical use", "zh": "基于导入数据训练 · 不得用于临床"},
}
INTENDED_USE = {
    "en": "Research and demonstration on resting 12-lead ECGs of adults. Not a medical device; not for diagnosis, "
    "triage or treatment. Generated cines are not acquired images.",
    "zh": "仅用于成人静息十二导联心电图的科研与演示。本模型包不是医疗器械，不得用于诊断、分诊或治疗决策；生成的电影图像并非实际采集的影像。",
}

REPEATABILITY_METHOD = {
    "en": "Simulated test and retest: the same heart recorded twice, electrodes placed anew, other beats, breath and noise; "
    "95 % of the pairs differ by less.",
    "zh": "模拟重复测量：同一心脏记录两次，重新放置电极，心搏、呼吸与噪声均不同；95 % 的成对结果相差小于此值。",
}


@dataclass
class Quality:
    """What training and evaluation measured; the defaults belong to untrained weights."""

    # What the weights come from: a key of STATEMENTS.
    origin: str = UNTRAINED
    calibration: dict[str, dict] = field(default_factory=dict)
    prevalence: dict[str, float] = field(default_factory=dict)
    thresholds: dict[str, dict] = field(default_factory=dict)
    disease_auc: dict[str, float] = field(default_factory=dict)
    subtype_auc: dict[str, float] = field(default_factory=dict)
    r2: dict[str, float] = field(default_factory=dict)
    interval_half_width: dict[str, float] = field(default_factory=dict)
    # Counts of held-out subjects by disease, and how much outputs change from one recording to the next.
    held_out: dict[str, dict] = field(default_factory=dict)
    repeatability: dict = field(default_factory=dict)
    # Distances to the training subjects that 95 and 99.5 % of held-out subjects stay below.
    familiarity: dict[str, float] = field(default_factory=lambda: {"unusual": 1.5, "unlike": 2.0})
    temperature: float = 1.0
    # How good generated cines and similarity maps are, and where the feature can be moved; nothing of untrained weights.
    cines: dict | None = None
    similarity_maps: dict | None = None
    directions: list[dict] = field(default_factory=list)
    training_data: dict[str, str] = field(
        default_factory=lambda: {"en": "None: random initial weights.", "zh": "无：随机初始权重。"}
    )
    metrics: dict = field(default_factory=dict)

    @property
    def trained(self) -> bool:
        return self.origin != UNTRAINED


def bilingual(names: tuple[str, str]) -> dict[str, str]:
    return {"en": names[0], "zh": names[1]}


def build_manifest(graphs: list[Graph], files: list[dict], profile: Profile, quality: Quality, version: str) -> dict:
    g = profile.generator

    def tensors(spec: dict) -> list[dict]:
        return [{"name": n, "dtype": t, "shape": shape} for n, (t, shape) in spec.items()]

    def optional(**values) -> dict:
        return {k: v for k, v in values.items() if v is not None}

    half = {"youden": 0.5, "sensitivity90": 0.5, "specificity98": 0.5}
    again = quality.repeatability
    return {
        "schema": 1,
        "id": f"cardionets-{'site' if quality.origin == IMPORTED else 'reference'}-{profile.name.lower()}",
        "version": version,
        "minimumAppVersion": "0.1.0",
        "createdAt": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "trained": quality.trained,
        "profile": profile.name,
        "statement": STATEMENTS[quality.origin],
        "trainingData": quality.training_data,
        "intendedUse": {"text": INTENDED_USE, "minimumAgeYears": 18},
        "preprocessing": {
            "version": "1",
            "rateHz": ECG_RATE_HZ,
            "encoderRateHz": ENCODER_RATE_HZ,
            "encoderSamples": ENCODER_SAMPLES,
            "amplitudeToken": profile.ecg.amplitude,
        },
        "graphs": {
            graph.name: {
                "file": f"{graph.name}.onnx",
                "opset": OPSET,
                "portable": graph.portable,
                "inputs": tensors(graph.inputs),
                "outputs": tensors(graph.outputs),
            }
            for graph in graphs
        },
        "generator": {
            "tokens": g.tokens,
            "tokenDimensions": g.dimensions,
            "featureWidth": profile.ecg.width,
            "schedule": [{"visible": v, "predicted": p} for v, p in decoding_schedule(g.tokens, g.steps)],
            "samplers": ["ddim25", "ddpm100"],
            "defaultSampler": "ddim25",
            "temperature": quality.temperature,
            "frames": FRAMES,
            "size": [SIZE, SIZE],
            "pixelSpacingMm": PIXEL_SPACING_MM,
            **optional(quality=quality.cines, directions=quality.directions or None),
        },
        **optional(similarityMaps=quality.similarity_maps),
        "familiarity": quality.familiarity,
        **optional(repeatability=again and {"subjects": again["subjects"], "method": REPEATABILITY_METHOD} or None),
        "diseases": [
            {
                "id": i,
                "name": bilingual(DISEASE_NAMES[i]),
                "calibration": quality.calibration.get(i, {"kind": "platt", "a": 1, "b": 0}),
                "calibrationPrevalence": quality.prevalence.get(i, 0.5),
                "thresholds": quality.thresholds.get(i, half),
                **optional(
                    auc=quality.disease_auc.get(i),
                    heldOut=quality.held_out.get(i),
                    repeatability=again.get("diseases", {}).get(i),
                ),
            }
            for i in DISEASES
        ],
        "subtypes": [
            {"id": i, "name": bilingual(SUBTYPE_NAMES[i]), **optional(auc=quality.subtype_auc.get(i))} for i in SUBTYPES
        ],
        "phenotypes": [
            {
                "id": p.id,
                "field": p.field,
                "name": {"en": p.en, "zh": p.zh},
                "unit": p.unit,
                "group": p.group,
                **optional(
                    r2=quality.r2.get(p.id),
                    intervalHalfWidth=quality.interval_half_width.get(p.id),
                    repeatability=again.get("phenotypes", {}).get(p.id),
                ),
            }
            for p in PHENOTYPES
        ],
        "files": files,
    }


def write_pack(folder: Path, graphs: list[Graph], profile: Profile, quality: Quality, key_path: Path, version: str) -> dict:
    """Writes all files of the pack and signs them; returns the manifest. Old files of the folder are removed."""
    key = signing.load_private(key_path)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.suffix in {".onnx", ".json", ".sig", ".md"}:
            old.unlink()
    for graph in graphs:
        (folder / f"{graph.name}.onnx").write_bytes(graph.model.SerializeToString(deterministic=True))
    golden = {"seedNote": "inputs by Philox normals where 'philox' is given", "graphs": {g.name: g.cases for g in graphs}}
    _write_json(folder / "golden.json", golden, indent=None)
    metrics = {
        "trained": quality.trained,
        **quality.metrics,
        "export": {
            "note": "largest |ONNX Runtime - PyTorch| / max(1, |PyTorch|) of the fp16-stored graphs",
            **{g.name: g.max_error for g in graphs},
        },
    }
    _write_json(folder / "metrics.json", metrics)
    (folder / "card.md").write_text(write_card(profile, quality, version), encoding="utf-8")
    files = [
        {"path": f.name, "sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "bytes": f.stat().st_size}
        for f in sorted(folder.iterdir())
        if f.suffix in {".onnx", ".json", ".md"}
    ]
    manifest = build_manifest(graphs, files, profile, quality, version)
    data = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sig").write_text(signing.sign(data, key))
    return manifest


def _write_json(path: Path, value, indent: int | None = 1) -> None:
    separators = (",", ":") if indent is None else None
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n", encoding="utf-8")

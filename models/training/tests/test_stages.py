"""Every stage on a handful of subjects and three steps: the whole way from nothing to a signed pack."""

import base64
import hashlib
import json

import numpy as np
import onnxruntime as ort
import pytest
import torch
from cryptography.hazmat.primitives import serialization
from safetensors.torch import load_file

import tiny
from cardionets_training import cli, paths
from cardionets_training.data import cohort
from cardionets_training.evaluation import cells, cines, tables
from cardionets_training.export import _make_input
from cardionets_training.stages import simulate

STAGES = ("simulate", "train-vae", "pretrain-ecg", "pretrain-cmr", "align", "train-generator", "finetune", "evaluate", "export")


@pytest.fixture(scope="module")
def home():
    kept = dict(cohort.PLANS)
    cohort.PLANS.update(tiny.PLANS)
    cines.SEEDS = 2
    assert cli.main(["keygen", "--name", "development"]) == 0
    for stage in STAGES:
        more = {"simulate": [], "evaluate": ["--part", "task", "cines"], "export": []}.get(stage, ["--steps", "3"])
        assert cli.main([stage, *more]) == 0, stage
    yield paths
    cohort.PLANS.update(kept)


def test_the_pack_is_signed_and_complete(home):
    manifest = (home.PACK / "manifest.json").read_bytes()
    public = serialization.load_pem_public_key((home.KEYS / "development.pub").read_bytes())
    public.verify(base64.b64decode((home.PACK / "manifest.sig").read_text()), b"cardionets-pack-v1\n" + manifest)
    listed = {f["path"]: f["sha256"] for f in json.loads(manifest)["files"]}
    present = {f.name for f in home.PACK.iterdir()} - {"manifest.json", "manifest.sig"}
    assert set(listed) == present
    for name, digest in listed.items():
        assert hashlib.sha256((home.PACK / name).read_bytes()).hexdigest() == digest


def test_the_manifest_carries_what_was_measured(home):
    manifest = json.loads((home.PACK / "manifest.json").read_text())
    assert manifest["trained"] is True
    assert "simulated cohort" in manifest["statement"]["en"]
    assert all("r2" in p and p["intervalHalfWidth"] > 0 for p in manifest["phenotypes"])
    for disease in manifest["diseases"]:
        assert 0 <= disease["thresholds"]["sensitivity90"] <= 1
        assert 0 < disease["calibrationPrevalence"] < 1


def test_golden_outputs_are_what_onnx_runtime_gives(home):
    golden = json.loads((home.PACK / "golden.json").read_text())["graphs"]
    for name, cases in golden.items():
        session = ort.InferenceSession((home.PACK / f"{name}.onnx").read_bytes(), providers=["CPUExecutionProvider"])
        for case in cases:
            feeds = {k: _make_input(v) for k, v in case["inputs"].items()}
            for out, value in zip(session.get_outputs(), session.run(None, feeds)):
                expected = case["outputs"][out.name]
                assert list(value.shape) == expected["shape"]
                error = np.abs(value.reshape(-1)[:: expected["stride"]] - np.array(expected["values"])).max()
                assert error <= case["tolerance"]["cpu"], (name, out.name)


def test_graphs_hold_nothing_that_a_gpu_provider_lacks(home):
    import onnx

    manifest = json.loads((home.PACK / "manifest.json").read_text())
    for name, spec in manifest["graphs"].items():
        model = onnx.load(home.PACK / spec["file"])
        kinds = {node.op_type for node in model.graph.node}
        assert {o.domain for o in model.opset_import} == {""}
        assert not any(t.data_location == onnx.TensorProto.EXTERNAL for t in model.graph.initializer)
        if spec["portable"]:
            assert not kinds & {"Loop", "Scan", "If", "ConvTranspose", "RandomNormal", "RandomNormalLike"}, name
        for weight in model.graph.initializer:
            assert len(weight.dims) < 5, f"{name}: 3-D convolution weights"


def test_the_cmr_encoder_stays_frozen_during_alignment(home):
    before = {k: v for k, v in load_file(home.WEIGHTS / "pretrain-cmr.safetensors").items() if k.startswith("network.encoder.")}
    after = load_file(home.WEIGHTS / "align.safetensors")
    for key, value in before.items():
        assert torch.equal(value, after[key.replace("network.encoder.", "cmr.")]), key


def test_a_finished_stage_resumes_at_its_end(home, capsys):
    state = torch.load(home.RUNS / "train-vae" / "checkpoint.pt", weights_only=False)
    assert state["step"] == 3
    weights = (home.WEIGHTS / "train-vae.safetensors").read_bytes()
    assert cli.main(["train-vae", "--steps", "3"]) == 0
    assert (home.WEIGHTS / "train-vae.safetensors").read_bytes() == weights


def test_a_missing_stage_is_named(home, capsys):
    weights = home.WEIGHTS / "pretrain-cmr.safetensors"
    weights.rename(weights.with_suffix(".away"))
    try:
        assert cli.main(["align", "--steps", "3"]) == 1
        assert "cardionets-train pretrain-cmr" in capsys.readouterr().err
    finally:
        weights.with_suffix(".away").rename(weights)


def test_a_generator_measured_again_changes_nothing_else(home):
    path = home.RUNS / "evaluate" / "part-cines.json"
    before = json.loads(path.read_text())["found"]
    assert cli.main(["evaluate", "--part", "cines", "--generators", "cardionets-cool"]) == 0
    assert json.loads(path.read_text())["found"] == before


def test_generators_measured_on_other_subjects_are_not_mixed(home, capsys):
    before = (home.RUNS / "evaluate" / "part-cines.json").read_bytes()
    assert cli.main(["evaluate", "--part", "cines", "--generators", "cardionets-cool", "--pairs", "2"]) == 1
    assert "give --pairs 3" in capsys.readouterr().err
    assert (home.RUNS / "evaluate" / "part-cines.json").read_bytes() == before


def test_the_full_form_fine_tunes_every_cell(home, monkeypatch):
    monkeypatch.setattr(tables, "available_arms", lambda bench: ["aligned"])
    # Few cells: each reads several hundred ECGs.
    for name, value in {"DISEASES": ("cm",), "FRACTIONS": (1.0,), "RATIOS": (1,), "REPEATS": 1, "FOLDS": 3}.items():
        monkeypatch.setattr(tables, name, value)
    tuned = []
    fine_tune = cells.fine_tune
    monkeypatch.setattr(cells, "fine_tune", lambda arm, task, *rest: tuned.append(task) or fine_tune(arm, task, *rest))
    assert cli.main(["evaluate", "--part", "features", "tables", "--full", "--steps", "1"]) == 0
    stored = json.loads((home.RUNS / "evaluate" / "part-tables.json").read_text())
    assert stored["form"]["statement"].startswith("full form")
    found = stored["found"]
    assert all("fine-tuned" in arms["aligned"] for arms in found["held_out"]["test"].values())
    assert {cell["aligned"]["method"] for cell in found["five_fold"].values()} == {"fine-tuned"}
    # Held out; three folds of two tasks; one ratio; all labels of two tasks.
    assert tuned == ["phenotypes", "cm", "subtypes"] + 3 * ["phenotypes"] + 3 * ["cm"] + ["cm"] + ["phenotypes", "cm"]
    assert sorted(found["fewer_labels"]) == ["cm", "phenotypes"]


def test_a_small_cohort_is_the_beginning_of_the_whole_one(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(simulate, "CACHE", tmp_path)
    whole = cohort.PLANS["external-older"]
    small = simulate.smaller(whole, 12, None)
    simulate._keep_plan("external-older", small)
    assert cohort.plan_of("external-older", tmp_path) == small
    few, all_ = (cohort.Cohort("external-older", plan, tmp_path) for plan in (small, whole))
    np.testing.assert_array_equal(few.phenotypes, all_.phenotypes[:12])
    # The simulated cohort of this home is larger: it is not thrown away.
    assert cli.main(["simulate", "--only", "external-older", "--subjects", "5"]) == 1
    assert "home of its own" in capsys.readouterr().err


def test_every_command_leaves_what_it_cost(home):
    runs = json.loads((home.RUNS / "align" / "runs.json").read_text())
    assert runs[0]["command"] == "cardionets-train align --steps 3" and runs[0]["problem"] is None
    assert runs[0]["minutes"] >= 0 and "thread" in runs[0]["hardware"]
    report = (home.RUNS / "evaluate" / "report" / "report.md").read_text()
    assert "`evaluate --part task`" in report and "| align | `cardionets-train align --steps 3` |" in report

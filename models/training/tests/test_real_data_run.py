"""From a folder of pairs to a signed pack: every stage on imported recordings, and what the pack then says of itself."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cardionets_training.config import DISEASES, SUBTYPES
from cardionets_training.data.subject_table import NO_SUBTYPE
from cardionets_training.evaluation.task_network import _both_classes
from cardionets_training.phenotypes import PHENOTYPES
from cardionets_training.simulator import record_ecg, render_cines, simulate_subjects

KIT = Path(__file__).resolve().parents[1]
SPLITS = {"train": 40, "validation": 48, "test": 48}
STAGES = ("train-vae", "pretrain-ecg", "pretrain-cmr", "align", "finetune", "train-generator")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """136 pairs as a hospital would write them; six cines stand for all, one of them with a mask."""
    path = tmp_path_factory.mktemp("pairs")
    count = sum(SPLITS.values())
    subjects = simulate_subjects(count, 77, "enriched")
    recorded = record_ecg(subjects)
    _, clean, mask = render_cines(subjects[:6], processes=1, dtype=np.uint8)
    for i, cine in enumerate(clean):
        np.save(path / f"cine-{i}.npy", cine)
    np.save(path / "mask.npy", mask[0].astype(np.uint8))
    splits = [name for name, n in SPLITS.items() for _ in range(n)]
    with (path / "subjects.csv").open("w", newline="") as file:
        names = ["subject", "split", "ecg", "rate_hz", "unit", "heart_rate_bpm", "cine", "mask", *DISEASES, "subtype", *(p.id for p in PHENOTYPES)]
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for i, split in enumerate(splits):
            np.save(path / f"ecg-{i}.npy", recorded.samples_mv[i].astype(np.float32))
            subtype = int(subjects.subtype[i])
            writer.writerow({
                "subject": f"s{i}", "split": split, "ecg": f"ecg-{i}.npy", "rate_hz": 500, "unit": "mV",
                "heart_rate_bpm": float(recorded.heart_rate_bpm[i]), "cine": f"cine-{i % 6}.npy", "mask": "mask.npy" if i % 6 == 0 else "",
                **{name: int(subjects.recorded[i, j]) for j, name in enumerate(DISEASES)},
                "subtype": SUBTYPES[subtype] if subtype >= 0 else NO_SUBTYPE,
                **{p.id: float(v) for p, v in zip(PHENOTYPES, subjects.acquired[i])},
            })  # fmt: skip
    return path


@pytest.fixture(scope="module")
def home(folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    commands = [
        ["keygen"], ["import-pairs", str(folder)], *([stage, "--steps", "2", "--batch", "4"] for stage in STAGES),
        ["evaluate", "--part", "task", "cines", "--pairs", "2"], ["export", "--out", str(home / "pack"), "--pack-version", "1.0.0"],
    ]  # fmt: skip
    script = f"from cardionets_training import cli\nfrom cardionets_training.evaluation import cines\ncines.SEEDS = 1\nfor command in {commands!r}:\n    assert cli.main(command) == 0, command"
    environment = {**os.environ, "CARDIONETS_HOME": str(home), "PYTHONPATH": str(KIT)}
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-4000:]
    return home


def test_pairs_become_a_pack_that_says_where_it_comes_from(home):
    manifest = json.loads((home / "pack" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["id"] == "cardionets-site-s"
    assert manifest["statement"]["en"] == "trained on imported recordings · not for clinical use"
    assert manifest["trainingData"]["en"].startswith("Recordings imported into the training kit: 40 labelled ECGs, 40 of them")
    card = (home / "pack" / "card.md").read_text(encoding="utf-8")
    assert "imulated" not in card and "imulated" not in json.dumps(manifest)
    assert "Measured on held-out imported recordings" in card


def test_what_real_recordings_cannot_tell_is_left_out(home):
    manifest = json.loads((home / "pack" / "manifest.json").read_text(encoding="utf-8"))
    assert "repeatability" not in manifest  # nobody was recorded twice
    metrics = json.loads((home / "pack" / "metrics.json").read_text(encoding="utf-8"))
    assert not any("ceiling" in name for name in metrics["cines"]["against_noise_free"])
    assert manifest["generator"]["quality"]["subjects"] == 2


def test_a_disease_that_no_test_subject_has_is_named():
    recorded = np.ones((48, len(DISEASES)), bool)
    recorded[:, :3] = np.arange(48)[:, None] % 2
    recorded[:, 3] = False
    cohort = SimpleNamespace(name="test", subjects=SimpleNamespace(recorded=recorded))
    with pytest.raises(ValueError, match="0 of the 48 subjects of cohort 'test' have PH recorded"):
        _both_classes(cohort, len(recorded))

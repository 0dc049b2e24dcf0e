"""The evaluation apart from training: heads, cells, image quality, report."""

import json

import numpy as np
import pytest
import torch

from cardionets_training.config import PROFILES
from cardionets_training.evaluation import tables
from cardionets_training.evaluation.cells import Bench
from cardionets_training.evaluation.heads import fit_head
from cardionets_training.evaluation.image_quality import align_rigidly, distances, turn
from cardionets_training.evaluation.pictures import pack_frames, unpack_frames
from cardionets_training.evaluation.report import write_report
from cardionets_training.measures import auc
from cardionets_training.stages import evaluate


def test_ridge_and_logistic_heads_find_what_made_the_labels():
    rng = np.random.default_rng(0)
    x, more = rng.standard_normal((900, 12)), rng.standard_normal((400, 12))
    w = rng.standard_normal((12, 82))
    head = fit_head("phenotypes", x, 5 + x @ w, more, 5 + more @ w)
    assert np.abs(head(more) - (5 + more @ w)).max() < 0.05
    logits = 2 * x[:, 0] - x[:, 3] - 1
    labels = rng.random(900) < 1 / (1 + np.exp(-logits))
    head = fit_head("cm", x[:600], labels[:600], x[600:], labels[600:])
    assert np.corrcoef(head(more), 2 * more[:, 0] - more[:, 3])[0, 1] > 0.97


def test_the_logistic_head_is_that_of_scikit_learn():
    linear_model = pytest.importorskip("sklearn.linear_model")
    from cardionets_training.evaluation import heads

    rng = np.random.default_rng(1)
    x = rng.standard_normal((500, 6))
    y = x[:, 0] - x[:, 1] + rng.standard_normal(500) > 0
    weight, bias = heads._logistic(x, y, x, np.zeros(500, bool))  # nothing to choose by: the strongest penalty
    other = linear_model.LogisticRegression(C=1 / (heads.LOGISTIC_PENALTIES[-1] * 500), tol=1e-8).fit(x, y)
    np.testing.assert_allclose(weight, other.coef_[0], atol=1e-3)
    assert bias == pytest.approx(other.intercept_[0], abs=1e-3)


def test_softmax_heads_find_the_rare_class():
    rng = np.random.default_rng(2)
    y = rng.choice(3, 800, p=[0.6, 0.33, 0.07])
    x = np.eye(3)[y] @ rng.standard_normal((3, 8)) * 2 + rng.standard_normal((800, 8))
    head = fit_head("subtypes", x[:600], y[:600], x[600:], y[600:])
    chosen = head(x[600:]).argmax(1)
    assert all((chosen[y[600:] == c] == c).mean() > 0.6 for c in range(3))


def test_imbalance_keeps_the_patients_and_adds_controls():
    labels = np.zeros(2000, bool)
    labels[:150] = True
    rows = {ratio: tables.at_ratio(labels, ratio, seed=0) for ratio in (1, 2, 5, 10)}
    for ratio, chosen in rows.items():
        assert (~labels[chosen]).sum() == ratio * labels[chosen].sum() == ratio * 150
    assert set(rows[1]) <= set(rows[10])
    few = tables.at_ratio(labels, 10, seed=0, limit=1000)
    assert len(few) <= 1000


def test_fewer_labels_keep_both_classes():
    labels = np.zeros(4000, bool)
    labels[:80] = True
    for count in (40, 400, 4000):
        chosen = tables.some_labels(labels, count, 0, both=True)
        assert labels[chosen].sum() >= 2 and abs(len(chosen) - count) <= 2


def test_distances_of_known_images():
    truth = torch.rand(2, 50, 96, 96) * 0.5
    same = distances(truth, truth)
    assert torch.allclose(same[:, 0], torch.ones(2), atol=1e-4) and (same[:, 2:] == 0).all()
    mask = torch.zeros(2, 96, 96, dtype=torch.bool)
    mask[:, 40:60, 40:60] = True
    moved = truth.clone()
    moved[:, :, 40:60, 40:60] += 0.1
    inside, whole = distances(moved, truth, mask), distances(moved, truth)
    assert torch.allclose(inside[:, 1], torch.full((2,), 20.0), atol=1e-3)  # 0.1 everywhere: 20 dB
    assert torch.allclose(inside[:, 2:], torch.full((2, 2), 0.1), atol=1e-5)
    assert torch.allclose(whole[:, 2], torch.full((2,), 0.1 * 400 / 96**2), atol=1e-6)


def test_a_heart_that_was_turned_and_moved_is_put_back():
    y, x = torch.meshgrid(torch.arange(96.0), torch.arange(96.0), indexing="ij")
    heart = torch.exp(-((x - 50) ** 2 / 300 + (y - 45) ** 2 / 60)) + 0.5 * torch.exp(-((x - 40) ** 2 + (y - 58) ** 2) / 40)
    truth = heart.expand(1, 50, 96, 96)
    moved = turn(truth, torch.tensor([6.0]), torch.tensor([[4.0, -3.0]]))
    mask = (heart > 0.05)[None]
    before, after = distances(moved, truth, mask)[0], distances(align_rigidly(moved, truth, mask), truth, mask)[0]
    assert after[3] < 0.25 * before[3]
    assert after[0] > 0.98


def test_a_heart_that_is_in_place_stays_there():
    """Beside a brighter neighbour, which a correlation that is not normalised would pull into the mask."""
    y, x = torch.meshgrid(torch.arange(96.0), torch.arange(96.0), indexing="ij")
    heart = 0.5 * torch.exp(-((x - 40) ** 2 / 200 + (y - 45) ** 2 / 90))
    frame = heart + torch.exp(-((x - 62) ** 2 + (y - 50) ** 2) / 60)
    truth, mask = frame.expand(1, 50, 96, 96), ((x - 40) ** 2 + (y - 45) ** 2 < 16**2)[None]
    assert torch.equal(align_rigidly(truth, truth, mask), turn(truth, torch.zeros(1), torch.zeros(1, 2)))


def test_pictures_survive_the_results_file():
    frames = torch.rand(3, 8, 9)
    packed = json.loads(json.dumps(pack_frames(frames)))
    assert np.abs(unpack_frames(packed) / 255 - frames.numpy()).max() <= 0.5 / 255 + 1e-6


def test_a_report_without_any_part_says_not_run(tmp_path):
    form = {"statement": "short form, one seed, simulated cohort"}
    results = {"data": "simulated cohort", "form": form, "written": "2026-01-01", "tables": None, "task": None, "cines": None}
    write_report(results, tmp_path)
    text = (tmp_path / "report.md").read_text()
    assert "simulated cohort" in text and text.count("not run") >= 3
    assert "<html" in (tmp_path / "report.html").read_text()


def test_auc_of_a_permuted_cell_is_chance():
    rng = np.random.default_rng(4)
    x, labels = rng.standard_normal((1500, 20)), rng.random(1500) < 0.2
    head = fit_head("ph", x[:800], labels[:800], x[800:1000], labels[800:1000])
    assert abs(auc(labels[1000:], head(x[1000:])) - 0.5) < 0.12


def test_generators_are_added_only_to_what_was_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "RUNS", tmp_path)
    with pytest.raises(FileNotFoundError, match="evaluate --part cines"):
        evaluate.evaluate_cines(Bench(PROFILES["S"], generators=("vgen",)))

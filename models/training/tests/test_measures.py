"""Statistics of the evaluation against brute force and simulation."""

import numpy as np
import pytest
import torch

from cardionets_training import measures
from cardionets_training.stages.finetune import ridge

rng = np.random.default_rng(11)


def test_auc_counts_pairs_and_halves_ties():
    labels, scores = rng.random(60) < 0.3, rng.integers(0, 8, 60)
    x, y = scores[labels], scores[~labels]
    expected = np.mean((x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None]))
    assert measures.auc(labels, scores) == pytest.approx(expected, abs=1e-12)
    assert np.isnan(measures.auc(np.zeros(5, bool), np.arange(5)))


def test_delong_intervals_cover_the_true_area():
    from scipy.stats import norm

    truth, hits = norm.cdf(1 / np.sqrt(2)), 0
    for _ in range(400):
        labels = np.repeat([True, False], [40, 80])
        low, high = measures.auc_interval(labels, rng.standard_normal(120) + labels)
        hits += low <= truth <= high
    assert 0.91 <= hits / 400 <= 0.98


def test_platt_recovers_the_logistic_that_made_the_labels():
    logits = rng.normal(0, 2, 40_000)
    labels = rng.random(40_000) < 1 / (1 + np.exp(-(0.7 * logits - 1.2)))
    a, b = measures.fit_platt(labels, logits)
    assert a == pytest.approx(0.7, abs=0.03) and b == pytest.approx(-1.2, abs=0.04)
    # A worthless score must not be turned round.
    assert measures.fit_platt(~labels, logits)[0] > 0


def test_platt_covariance_is_the_scatter_of_refits():
    logits = rng.normal(0, 2, 2000)
    truth = 1 / (1 + np.exp(-(0.9 * logits - 1.5)))
    fits = [measures.fit_platt(rng.random(2000) < truth, logits) for _ in range(300)]
    (aa, ab), (_, bb) = np.cov(np.transpose(fits))
    said = measures.platt_covariance(logits, 0.9, -1.5)
    assert said == pytest.approx([aa, ab, bb], rel=0.3)


def test_held_out_counts_add_up():
    labels, p = rng.random(500) < 0.3, rng.random(500) ** 3
    counts = measures.held_out_counts(labels, p, {"youden": 0.2, "specificity98": 0.9})
    assert counts["subjects"] == 500 and counts["positives"] == labels.sum()
    for band in ("subjects", "positives"):
        assert sum(row[band] for row in counts["reliability"]) == counts[band]
    low = 0.0
    for row in counts["reliability"]:
        inside = (p >= low) & (p < row["below"])
        assert row["subjects"] == inside.sum() and low <= row["meanProbability"] < row["below"]
        low = row["below"]
    assert counts["points"]["youden"] == {"truePositives": (labels & (p >= 0.2)).sum(), "falsePositives": (~labels & (p >= 0.2)).sum()}


def test_operating_points_against_every_threshold():
    labels, p = rng.random(200) < 0.2, np.round(rng.random(200), 2)
    points = measures.operating_points(labels, p)

    def rates(t):
        return (p >= t)[labels].mean(), (p >= t)[~labels].mean()

    youden = max(rates(t)[0] - rates(t)[1] for t in np.unique(p))
    sensitivity, alarm = rates(points["youden"])
    assert sensitivity - alarm == pytest.approx(youden, abs=1e-12)
    assert points["sensitivity90"] == max(t for t in np.unique(p) if rates(t)[0] >= 0.9)
    assert points["specificity98"] == min(t for t in np.unique(p) if rates(t)[1] <= 0.02)


def test_conformal_intervals_cover_new_subjects():
    calibration, new = rng.standard_t(4, (2000, 3)), rng.standard_t(4, (20_000, 3))
    half = measures.conformal_half_width(calibration)
    assert np.abs((np.abs(new) <= half).mean(0) - 0.9).max() < 0.02


def test_ridge_without_a_penalty_finds_an_exact_linear_map():
    x = torch.from_numpy(rng.standard_normal((200, 7))).float()
    weight, bias = torch.randn(3, 7), torch.randn(3)
    found, found_bias = ridge(x, x @ weight.T + bias, 0.0)
    assert torch.allclose(found, weight, atol=1e-4) and torch.allclose(found_bias, bias, atol=1e-4)

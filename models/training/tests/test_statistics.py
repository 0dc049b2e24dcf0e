"""Statistics of the comparison tables against pROC, R and scikit-learn (the folder of reference values beside this
repository), and against laws."""

import json
from pathlib import Path

import numpy as np
import pytest

from cardionets_training import measures
from cardionets_training.evaluation import statistics as s

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "statistics"


def cases(name: str, function: str) -> list:
    """Cases of one file; a single skipped one where the folder is not beside this checkout."""
    path = REFERENCE / f"{name}.json"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the reference values are not beside this checkout"))]
    found = json.loads(path.read_text())["cases"]
    return [pytest.param(case, id=case["id"]) for case in found if case["function"] == function]


def arrays(case: dict, *names: str) -> list[np.ndarray]:
    return [np.array(case["inputs"][name]) for name in names]


@pytest.mark.parametrize("case", cases("auc_delong", "delong_paired_test"))
def test_paired_delong_is_that_of_proc(case):
    truth, a, b = arrays(case, "truth", "score1", "score2")
    found = s.delong_test(truth, a, b)
    assert found["difference"] == pytest.approx(case["expected"]["difference"], abs=1e-9)
    assert found["standard_error"] == pytest.approx(case["expected"]["se_difference"], abs=1e-9)
    assert found["p"] == pytest.approx(case["expected"]["p_two_sided"], abs=1e-7)


@pytest.mark.parametrize("case", cases("auc_delong", "auc_delong"))
def test_delong_intervals_are_those_of_proc(case):
    truth, score = arrays(case, "truth", "score")
    assert measures.auc(truth, score) == pytest.approx(case["expected"]["auc"], abs=1e-9)
    if "ci" in case["expected"]:
        assert measures.auc_interval(truth, score) == pytest.approx(case["expected"]["ci"], abs=1e-9)


@pytest.mark.parametrize("case", cases("auc_delong", "youden_threshold"))
def test_the_youden_point_is_that_of_proc(case):
    truth, score = arrays(case, "truth", "score")
    found = s.classification(truth, score, s.youden_threshold(truth, score))
    for name in ("sensitivity", "specificity", "accuracy", "ppv", "npv"):
        assert found[name] == pytest.approx(case["expected"][name], abs=1e-9), name


@pytest.mark.parametrize("case", cases("average_precision", "average_precision"))
def test_average_precision_is_that_of_scikit_learn(case):
    assert s.average_precision(*arrays(case, "truth", "score")) == pytest.approx(case["expected"]["ap"], abs=1e-9)


@pytest.mark.parametrize("case", cases("binary_metrics", "proportion_ci"))
def test_wilson_intervals(case):
    count = case["inputs"]["n"]
    assert s.wilson(case["inputs"]["x"] / count, count) == pytest.approx(case["expected"]["wilson"], abs=1e-9)


def test_swapping_answers_at_random_agrees_with_the_binomial_test():
    """Six patients answered differently, all in favour of a: of 64 ways to swap them 2 are as extreme."""
    labels = np.array([True] * 20 + [False] * 20)
    b = labels.copy()
    b[:6] = False
    p = s.permutation_p(labels, labels, b, "balanced_accuracy")
    assert p == pytest.approx(2 / 64, abs=0.006)


@pytest.mark.parametrize("of", ["balanced_accuracy", "map"])
def test_equal_models_are_told_apart_no_more_often_than_chance(of):
    rng, found = np.random.default_rng(0), []
    for seed in range(40):
        labels = rng.random(120) < 0.3
        a, b = (labels + 1.5 * rng.standard_normal(120) for _ in range(2))
        given = (a > 0.5, b > 0.5) if of == "balanced_accuracy" else (a, b)
        found.append(s.permutation_p(labels, *given, of, seed, draws=400))
    assert np.mean(np.array(found) < 0.05) <= 0.125
    assert 0.35 < np.mean(found) < 0.7


def test_a_better_model_is_found_by_both_permutation_tests():
    rng = np.random.default_rng(1)
    labels = rng.random(400) < 0.3
    good, poor = labels + 0.6 * rng.standard_normal(400), labels + 3 * rng.standard_normal(400)
    assert s.permutation_p(labels, good, poor, "map", draws=1000) < 0.01
    assert s.permutation_p(labels, good > 0.5, poor > 0.5, "balanced_accuracy", draws=1000) < 0.01


def test_weights_of_a_bootstrap_are_its_resampled_subjects():
    rng = np.random.default_rng(2)
    truth, said = rng.standard_normal((60, 3)), rng.standard_normal((60, 3))
    counts = s.resamples(60, draws=5)
    assert (counts.sum(1) == 60).all()
    found = s.mean_r2_draws(truth, said, counts)
    for row, value in zip(counts, found):
        rows = np.repeat(np.arange(60), row.astype(int))
        assert value == pytest.approx(measures.r_squared(truth[rows], said[rows]).mean(), abs=1e-5)


def test_bootstrap_p_of_clear_and_of_no_difference():
    rng = np.random.default_rng(3)
    assert s.bootstrap_p(rng.normal(3, 1, 10_000)) < 0.01
    assert s.bootstrap_p(rng.normal(0, 1, 10_000)) > 0.9
    assert s.interval(rng.normal(0, 1, 100_000)) == pytest.approx((-1.96, 1.96), abs=0.03)

"""No label reaches a model by a way that physiology does not know (leak tests 1–7 of the design, section f5).

`CARDIONETS_LONG=1` runs them at the size at which the design states its limits.
"""

import os

import numpy as np
import pytest

from cardionets_training.simulator import EXTERNAL_COHORTS, iterate_cines, record_ecg, simulate_subjects
from cardionets_training.simulator.leaks import (
    IMAGE_MEASURES,
    anatomy,
    class_correlations,
    image_measures,
    noise_only,
    noise_only_r2,
    nuisance_draws,
    nuisance_ladder,
    permuted_auc,
    shared_subjects,
)
from cardionets_training.simulator.probes import (
    area_under_curve,
    beat_features,
    body_features,
    logistic,
    probe,
    r_squared,
    ridge,
    simple_features,
)

LONG = os.environ.get("CARDIONETS_LONG") == "1"
long_only = pytest.mark.skipif(not LONG, reason="set CARDIONETS_LONG=1: takes minutes")


@pytest.fixture(scope="module")
def subjects():
    return simulate_subjects(5000 if LONG else 900, seed=401)


@pytest.fixture(scope="module")
def recordings(subjects):
    return record_ecg(subjects)


@pytest.fixture(scope="module")
def simple(recordings):
    return simple_features(recordings.samples_mv, recordings.heart_rate_bpm)


def test_nuisances_know_nothing_of_the_class():
    cohort = simulate_subjects(20000 if LONG else 5000, seed=402)
    limit = 0.03 if LONG else 4 / np.sqrt(len(cohort))
    for name, draw in nuisance_draws(cohort).items():
        for disease, correlation in class_correlations(draw, cohort).items():
            assert abs(correlation) < limit, f"{name} and {disease}: r = {correlation:.3f}"


def test_shuffled_labels_cannot_be_learned(simple, subjects):
    for disease, area in permuted_auc(simple, subjects.diseases, repeats=40 if LONG else 10).items():
        assert abs(area - 0.5) < (0.02 if LONG else 0.07), disease


def test_noise_without_a_heart_says_nothing_about_the_heart(subjects):
    silent = noise_only(subjects)
    features = simple_features(silent.samples_mv, silent.heart_rate_bpm)
    assert noise_only_r2(features, subjects.phenotypes) <= 0


def test_a_simple_probe_reads_some_phenotypes_and_not_too_many(simple, subjects):
    result = probe(simple, subjects.phenotypes, subjects.diseases)
    assert 0.05 < result.mean_r2 < 0.25
    assert result.r2["LVM"] > 0.25
    assert result.auc["cm"] > (0.75 if LONG else 0.6)
    for disease, area in result.auc.items():
        assert area < 0.95, f"{disease}: the class leaks into simple features"


def test_what_age_sex_and_size_say_alone(subjects):
    result = probe(body_features(subjects), subjects.phenotypes, subjects.diseases)
    assert 0.07 < result.mean_r2 < 0.17
    for disease, area in result.auc.items():
        assert 0.35 < area < 0.65, disease


@long_only
def test_the_beat_probe_reads_what_the_prototype_read(subjects):
    clean = record_ecg(subjects, noisy=False)
    result = probe(beat_features(clean), subjects.phenotypes, subjects.diseases)
    assert 0.17 < result.mean_r2 < 0.32
    for name, expected in {"LVM": 0.53, "LVEDV": 0.29, "LAV_max": 0.30, "LVEF": 0.27, "RVEDV": 0.21}.items():
        assert abs(result.r2[name] - expected) < 0.12, name
    for name, expected in {"cad": 0.76, "hf": 0.69, "cm": 0.915, "ph": 0.885}.items():
        assert abs(result.auc[name] - expected) < 0.08, name


@long_only
def test_more_nuisance_means_less_to_read():
    none, usual, double = nuisance_ladder(3000, seed=403)
    assert none.mean_r2 > usual.mean_r2 > double.mean_r2
    for disease in none.auc:
        assert none.auc[disease] > double.auc[disease]


@long_only
def test_images_know_the_class_only_through_anatomy():
    cohort = simulate_subjects(600, seed=404)
    measured = np.array([image_measures(cine) for cine in iterate_cines(cohort, 2, np.uint8)])
    noise_limit = 3 / np.sqrt(len(cohort) - anatomy(cohort).shape[1])
    for name, values in zip(IMAGE_MEASURES, measured.T):
        assert values.std() > 0, name
        for disease, correlation in class_correlations(values, cohort, anatomy(cohort)).items():
            assert abs(correlation) < max(0.03, noise_limit), f"{name} and {disease}: r = {correlation:.3f}"


def test_splits_and_external_cohorts_share_no_subject():
    train = simulate_subjects(5000, seed=1)
    held_out = simulate_subjects(2000, seed=2)
    external = [simulate_subjects(500, 10 + i, shift=s) for i, s in enumerate(EXTERNAL_COHORTS.values())]
    assert shared_subjects(train, held_out, *external) == 0
    assert shared_subjects(train[:4000], train[4000:]) == 0


def test_probe_arithmetic_against_scikit_learn():
    linear_model = pytest.importorskip("sklearn.linear_model")
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(0)
    x = np.column_stack([random.standard_normal((600, 5)), np.ones(600)])
    y = (x[:, 0] - 0.5 * x[:, 2] + random.standard_normal(600) > 0).astype(float)
    score = logistic(x[:400], y[:400], x[400:], penalty=2.0)
    other = linear_model.LogisticRegression(C=0.5, fit_intercept=False, tol=1e-10).fit(x[:400], y[:400])
    np.testing.assert_allclose(score, other.decision_function(x[400:]), atol=1e-4)
    assert abs(area_under_curve(y[400:], score) - metrics.roc_auc_score(y[400:], score)) < 1e-12
    targets = x[:, :2] @ np.array([[1.0, 2.0], [0.5, -1.0]]) + 0.1 * random.standard_normal((600, 2))
    predicted = ridge(x[:400], targets[:400], x[400:])
    np.testing.assert_allclose(
        r_squared(targets[400:], predicted), metrics.r2_score(targets[400:], predicted, multioutput="raw_values")
    )

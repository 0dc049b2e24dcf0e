"""The simulated subjects keep the identities of a CMR reading and the healthy means of published cohorts."""

import numpy as np
import pytest

from cardionets_training.simulator import ShiftSettings, simulate_subjects
from cardionets_training.simulator.classes import CLASSES, DCM, HCM, PREVALENCE, RCM
from cardionets_training.simulator.leaks import shared_subjects
from cardionets_training.simulator.phenotype_table import INDEX, NAMES, UNITS

# Men, women; sources in the design's table d: Petersen 2017 (LV, RV, LA, RA), Framingham and UK Biobank (aorta, strain),
# MESA (wall thickness, mid-cavity).
REFERENCE = {
    "LVEDV": (166, 124), "LVESV": (69, 49), "LVSV": (96, 75), "LVEF": (58, 61), "LVCO": (5.9, 4.8), "LVM": (103, 70),
    "RVEDV": (182, 130), "RVESV": (85, 55), "RVSV": (97, 75), "RVEF": (54, 58), "LAV_max": (71, 62), "LAEF": (60, 61),
    "RAV_max": (93, 69), "RAEF": (45, 49), "AAo_distensibility": (1.77, 2.10), "WT_global": (6.3, 5.3),
    "Ecc_global": (-22.33, -22.33), "Err_global": (45.0, 45.0), "Ell_global": (-18.5, -18.5),
}  # fmt: skip


@pytest.fixture(scope="module")
def cohort():
    return simulate_subjects(6000, seed=101)


def column(subjects, name, which="phenotypes"):
    return getattr(subjects, which)[:, INDEX[name]]


@pytest.mark.parametrize("which", ["phenotypes", "acquired"])
def test_a_reading_agrees_with_itself(cohort, which):
    tolerance = 1e-6 if which == "phenotypes" else 1e-5  # acquired values are float32
    for ventricle in ("LV", "RV"):
        edv, esv = column(cohort, f"{ventricle}EDV", which), column(cohort, f"{ventricle}ESV", which)
        np.testing.assert_allclose(column(cohort, f"{ventricle}SV", which), edv - esv, rtol=tolerance, atol=1e-4)
        np.testing.assert_allclose(column(cohort, f"{ventricle}EF", which), 100 * (edv - esv) / edv, rtol=tolerance)
    for atrium in ("LA", "RA"):
        largest, smallest = column(cohort, f"{atrium}V_max", which), column(cohort, f"{atrium}V_min", which)
        assert (smallest < largest).all()
        np.testing.assert_allclose(column(cohort, f"{atrium}SV", which), largest - smallest, rtol=tolerance, atol=1e-4)
    output = column(cohort, "LVSV", which) * cohort.heart_rate_bpm / 1000
    np.testing.assert_allclose(column(cohort, "LVCO", which), output, rtol=tolerance)


def test_global_values_are_the_means_of_their_segments(cohort):
    for prefix in ("WT", "Ecc", "Err", "Ell"):
        segments = [i for i, name in enumerate(NAMES) if name.startswith(prefix) and not name.endswith("global")]
        assert len(segments) == (6 if prefix == "Ell" else 16)
        mean = cohort.phenotypes[:, segments].mean(axis=1)
        np.testing.assert_allclose(column(cohort, f"{prefix}_global"), mean, rtol=1e-6)


def test_aortic_areas_agree_with_distensibility(cohort):
    pulse_pressure = cohort.sbp_mmhg - cohort.dbp_mmhg
    for aorta in ("AAo", "DAo"):
        strain = column(cohort, f"{aorta}_max_area") / column(cohort, f"{aorta}_min_area") - 1
        np.testing.assert_allclose(1000 * strain / pulse_pressure, column(cohort, f"{aorta}_distensibility"), rtol=1e-6)


def test_both_ventricles_pump_the_same_blood(cohort):
    ratio = column(cohort, "RVSV") / column(cohort, "LVSV")
    assert abs(ratio.mean() - 1) < 0.005
    assert ratio.std() < 0.035


@pytest.mark.parametrize("name", REFERENCE)
def test_healthy_means_are_those_of_published_cohorts(name):
    healthy = simulate_subjects(6000, seed=102, mode="population")
    healthy = healthy[healthy.class_index == 0]
    for men, expected in zip((True, False), REFERENCE[name], strict=True):
        mean = column(healthy, name)[healthy.male == men].mean()
        assert abs(mean / expected - 1) < 0.12, f"{name}: {mean:.2f}, published {expected}"


def test_there_are_82_fields_with_units_and_no_invalid_value(cohort):
    assert len(NAMES) == len(UNITS) == len(set(NAMES)) == 82
    assert NAMES[6] == "RVEDV" and NAMES[40] == "WT_global" and NAMES[81] == "Ell_global"
    assert cohort.phenotypes.shape == cohort.acquired.shape == (6000, 82)
    assert np.isfinite(cohort.phenotypes).all() and np.isfinite(cohort.acquired).all()
    assert (cohort.phenotypes[:, : INDEX["Ecc_AHA_1"]] > 0).all()


def test_a_subject_is_the_same_in_every_batch():
    many = simulate_subjects(50, seed=9)
    alone = simulate_subjects(1, seed=9, first=37)
    for name in ("key", "phenotypes", "acquired", "infarct", "recorded", "age_years", "heart_rate_bpm"):
        np.testing.assert_array_equal(getattr(alone, name)[0], getattr(many, name)[37])
    np.testing.assert_array_equal(many[37].phenotypes, alone.phenotypes)


def test_no_two_cohorts_share_a_subject():
    one, other = simulate_subjects(3000, seed=1), simulate_subjects(3000, seed=2)
    assert shared_subjects(one, other) == 0
    assert shared_subjects(one, one[:5]) == 5


@pytest.mark.parametrize("mode", PREVALENCE)
def test_classes_occur_as_often_as_stated(mode):
    subjects = simulate_subjects(20000, seed=3, mode=mode)
    for index, expected in enumerate(PREVALENCE[mode]):
        share = (subjects.class_index == index).mean()
        assert abs(share - expected) < 4 * np.sqrt(expected / 20000) + 1e-9, CLASSES[index]


def test_labels_follow_the_class(cohort):
    cad, failure, cardiomyopathy, hypertension = cohort.diseases.T
    np.testing.assert_array_equal(cardiomyopathy, np.isin(cohort.class_index, (DCM, HCM, RCM)))
    np.testing.assert_array_equal(cardiomyopathy, cohort.subtype >= 0)
    assert (cohort.infarct.max(axis=1)[cad & ~failure] >= 0).all()
    assert not cohort.infarct[~cad].any()
    assert not (cad & hypertension).any()
    sensitivity = cohort.recorded[cohort.diseases].mean()
    false_positive = cohort.recorded[~cohort.diseases].mean()
    assert 0.89 < sensitivity < 0.95 and 0.003 < false_positive < 0.008


def test_diseases_change_the_heart_in_the_known_direction(cohort):
    def mean(name, index):
        return column(cohort, name)[cohort.class_index == index].mean()

    assert mean("LVEF", DCM) < 45 < 55 < mean("LVEF", 0)
    assert mean("WT_AHA_3", HCM) > mean("WT_AHA_3", 0) + 3
    assert mean("LAV_max", RCM) > 1.5 * mean("LAV_max", 0)
    assert mean("RVEDV", CLASSES.index("ph")) > 1.15 * mean("RVEDV", 0)


def test_an_older_cohort_is_older():
    young, old = simulate_subjects(2000, 4), simulate_subjects(2000, 4, shift=ShiftSettings(age_years=6))
    assert 5 < old.age_years.mean() - young.age_years.mean() < 7


def test_refuses_unknown_modes_and_impossible_settings():
    with pytest.raises(ValueError, match="'healthy' is unknown"):
        simulate_subjects(1, 1, "healthy")
    with pytest.raises(ValueError, match="seed is -1"):
        simulate_subjects(1, -1)
    with pytest.raises(ValueError, match="noise_factor is -0.5"):
        ShiftSettings(noise_factor=-0.5)

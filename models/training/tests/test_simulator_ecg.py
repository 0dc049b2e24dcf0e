"""The simulated ECG keeps the laws of the leads and looks like a healthy adult's where the subject is healthy."""

import numpy as np
import pytest

from cardionets_training.simulator import ShiftSettings, record_ecg, simulate_ecg, simulate_subjects
from cardionets_training.simulator.ecg_parameters import electrical_properties
from cardionets_training.simulator.ecg_vectors import DOWER, LEADS, SEGMENT_NORMALS

RATE_HZ = 500
# Medians over healthy adults in the QRS window, mV (design, section f3).
R_MV = {"I": 0.55, "II": 0.63, "V4": 1.2, "V5": 1.0, "V6": 0.78, "V1": 0.36}
S_MV = {"V1": -0.89, "V2": -0.93}


@pytest.fixture(scope="module")
def healthy():
    subjects = simulate_subjects(340, seed=201, mode="population")
    return subjects[subjects.class_index == 0]


@pytest.fixture(scope="module")
def clean(healthy):
    return record_ecg(healthy, noisy=False)


@pytest.fixture(scope="module")
def noisy(healthy):
    return record_ecg(healthy)


def lead(samples, name):
    return samples[:, LEADS.index(name)]


def qrs_extremes(recordings):
    """Median largest and smallest value of the QRS by subject and lead: two arrays [n, 12]."""
    high, low = [], []
    for row, samples in enumerate(recordings.samples_mv):
        peaks = recordings.r_peaks_s[row][~recordings.ectopic[row]]
        starts = [round(p * RATE_HZ) - 40 for p in peaks if 0.1 < p < 9.85]
        windows = np.stack([samples[:, s : s + 90] - samples[:, s + 5 : s + 10].mean(axis=1)[:, None] for s in starts])
        high.append(np.median(windows.max(axis=2), axis=0))
        low.append(np.median(windows.min(axis=2), axis=0))
    return np.array(high), np.array(low)


def test_amplitudes_of_healthy_adults(clean):
    high, low = qrs_extremes(clean)
    for name, expected in R_MV.items():
        assert abs(np.median(high[:, LEADS.index(name)]) / expected - 1) < 0.15, name
    for name, expected in S_MV.items():
        assert abs(np.median(low[:, LEADS.index(name)]) / expected - 1) < 0.15, name


def test_r_grows_from_v1_to_v4_and_falls_to_v6(clean):
    r = np.median(qrs_extremes(clean)[0], axis=0)
    v1, v2, v3, v4, v5, v6 = r[6:]
    assert v1 < v2 < v3 and v4 > v5 > v6


def test_einthoven_and_goldberger_hold_with_noise(noisy):
    samples = noisy.samples_mv
    one, two, three, avr, avl, avf = (lead(samples, name) for name in LEADS[:6])
    np.testing.assert_allclose(one + three, two, atol=1e-5)
    np.testing.assert_allclose(avr + avl + avf, 0, atol=1e-5)
    np.testing.assert_allclose(avl, one - two / 2, atol=1e-5)


def test_r_peaks_are_where_the_heart_vector_is_largest(clean):
    for row in range(40):
        power = np.square(clean.samples_mv[row, [0, 5, 7, 9, 11]]).sum(axis=0)
        for peak, ectopic in zip(clean.r_peaks_s[row], clean.ectopic[row], strict=True):
            if ectopic or not 0.15 < peak < 9.85:
                continue
            here = round(peak * RATE_HZ)
            around = power[here - 60 : here + 60]
            assert abs(int(around.argmax()) - 60) <= 15
            assert power[here] > 0.2 * around.max()


def test_heart_rate_is_that_of_the_subject(healthy, clean):
    sinus = ~electrical_properties(healthy).atrial_fibrillation
    error = np.abs(clean.heart_rate_bpm - healthy.heart_rate_bpm)[sinus]
    assert np.median(error) < 1 and np.quantile(error, 0.98) < 6


def test_fibrillation_is_irregular_and_has_no_p_wave():
    subjects = simulate_subjects(1500, seed=203)
    electrical = electrical_properties(subjects)
    rows = np.flatnonzero(electrical.atrial_fibrillation)
    assert len(rows) > 5
    assert not electrical.p_amplitude[rows].any()
    recordings = record_ecg(subjects[rows], noisy=False)
    variation = [np.diff(peaks).std() / np.diff(peaks).mean() for peaks in recordings.r_peaks_s]
    assert np.median(variation) > 0.12


def test_a_recording_does_not_depend_on_its_batch(healthy, noisy):
    np.testing.assert_array_equal(simulate_ecg(healthy[7:8])[0], noisy.samples_mv[7])
    np.testing.assert_array_equal(simulate_ecg(healthy[[90, 7]])[1], noisy.samples_mv[7])


def test_shape_type_and_quantisation(noisy):
    assert noisy.samples_mv.dtype == np.float32 and noisy.samples_mv.shape[1:] == (12, 5000)
    assert np.isfinite(noisy.samples_mv).all()
    steps = lead(noisy.samples_mv, "V3")[:5] / 0.005
    np.testing.assert_allclose(steps, np.round(steps), atol=2e-3)


def test_infarcted_wall_loses_voltage_and_hypertrophy_gains_it():
    subjects = simulate_subjects(4000, seed=204)
    size = np.linalg.norm(electrical_properties(subjects).qrs_amplitude, axis=2)[:, :16]
    dead = subjects.infarct > 0.4
    assert size[dead].mean() < 0.75 * np.broadcast_to(size.mean(axis=0), size.shape)[dead].mean()
    assert size[subjects.class_index == 5].mean() > 1.2 * size[subjects.class_index == 0].mean()


def test_external_shift_changes_gain_noise_and_placement():
    def shifted(**settings):
        return simulate_subjects(40, 201, "population", ShiftSettings(**settings))

    same = simulate_subjects(40, 201, "population")
    base = record_ecg(same, noisy=False).samples_mv
    half = record_ecg(shifted(gain_factor=0.5), noisy=False).samples_mv
    np.testing.assert_allclose(half, 0.5 * base, atol=1e-4)
    tilted = record_ecg(shifted(chest_tilt_deg=15), noisy=False).samples_mv
    np.testing.assert_allclose(tilted[:, :6], base[:, :6], atol=1e-5)
    assert np.abs(tilted[:, 6:] - base[:, 6:]).max() > 0.05
    loud = simulate_ecg(shifted(noise_factor=3)) - base
    quiet = simulate_ecg(same) - base
    assert loud.std() > 2.5 * quiet.std()


def test_geometry_of_the_wall_segments():
    np.testing.assert_allclose(np.linalg.norm(SEGMENT_NORMALS, axis=1), 1, rtol=1e-12)
    # The septum looks to the right, the lateral wall to the left and back, the inferior wall to the feet.
    assert SEGMENT_NORMALS[8, 0] < 0 < SEGMENT_NORMALS[10, 0] and SEGMENT_NORMALS[10, 2] > 0
    assert SEGMENT_NORMALS[9, 1] > 0.3 and SEGMENT_NORMALS[6, 1] < 0
    # V1 sees the front right, V6 the left.
    assert DOWER[2, 2] < -0.5 and DOWER[7, 0] > 0.5


def test_another_visit_is_the_same_heart_recorded_anew():
    subjects = simulate_subjects(40, seed=3)
    first, again, second = (record_ecg(subjects, visit=visit) for visit in (0, 0, 1))
    assert np.array_equal(first.samples_mv, again.samples_mv)
    assert not np.isclose(first.samples_mv, second.samples_mv, atol=0.02).mean() > 0.5

    def sizes(recorded):
        return np.log(np.ptp(np.median(np.sort(recorded.samples_mv, axis=2)[..., [50, -50]], axis=1), axis=1))

    same = np.abs(sizes(first) - sizes(second)).mean()
    others = np.abs(sizes(first) - np.roll(sizes(second), 1)).mean()
    assert same < 0.6 * others

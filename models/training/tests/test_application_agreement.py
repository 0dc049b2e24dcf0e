"""The kit's preprocessing and the application's, on the same recordings, agree to 1e-5."""

import json
from pathlib import Path

import numpy as np
import pytest

from application import NODE, ROOT, application
from cardionets_training.encoder_input import encoder_input
from make_preprocessing_golden import sums
from real_recordings import COUNT, SHARED, real_recordings

FIXTURES = ROOT / "test" / "fixtures" / "ecg"
with_node = pytest.mark.skipif(not NODE.exists(), reason="the application is not installed here (npm ci)")


def assert_agreement(leads_mv: np.ndarray, heart_rate: float) -> None:
    leads = leads_mv.astype(np.float32)
    (ecg, amplitude), (theirs, their_amplitude) = encoder_input(leads, heart_rate), application(leads, heart_rate)
    assert np.abs(ecg - theirs).max() < 1e-5
    assert np.abs(amplitude - their_amplitude).max() < 1e-5


@with_node
@pytest.mark.parametrize("heart_rate, samples", [(40, 5000), (61, 5000), (150, 4999), (72.4, 4501)])
def test_on_simulated_recordings_with_odd_and_even_periods(heart_rate, samples):
    from cardionets_training.simulator import simulate_ecg, simulate_subjects

    ecg = simulate_ecg(simulate_subjects(1, 1000 + int(heart_rate)))[0]
    assert_agreement(ecg[:, :samples], heart_rate)


@with_node
@pytest.mark.parametrize("folder, name", [(FIXTURES, "HR06000"), (FIXTURES, "JS20001"), (SHARED / "wfdb", "E07500")])
def test_on_real_recordings(folder, name):
    wfdb = pytest.importorskip("wfdb")
    if not (folder / f"{name}.hea").exists():
        pytest.skip(f"{name} is not beside this checkout")
    record = wfdb.rdrecord(str(folder / name))
    if record.fs != 500 or len(record.p_signal) < 4500:
        pytest.skip("not at 500 Hz")
    assert_agreement(record.p_signal[:5000].T, 67.0)


GOLDEN_PATH = Path(__file__).parent / "golden" / "preprocessing.json"
GOLDEN = json.loads(GOLDEN_PATH.read_text()) if GOLDEN_PATH.exists() else {"cases": []}


@pytest.fixture(scope="module")
def real():
    pytest.importorskip("pydicom")
    if not SHARED.exists():
        pytest.skip("the folder of shared files is not beside this checkout")
    return real_recordings()


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_twenty_real_recordings_come_out_as_the_application_wrote_them(case, real):
    ecg, amplitude = encoder_input(real[case["name"]], case["heart_rate_bpm"])
    if "ecg" in case:
        assert np.abs(ecg[:, :: GOLDEN["stride"]] - np.array(case["ecg"])).max() < 1e-5
    else:
        assert np.abs(np.array(sums(ecg)) - np.array(case["sums"])).max() < 1e-5
    assert np.abs(amplitude - np.array(case["amplitude"])).max() < 1e-5


def test_the_golden_file_has_twenty_recordings():
    assert len(GOLDEN["cases"]) == COUNT

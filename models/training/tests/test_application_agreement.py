"""The kit's preprocessing and the application's, on the same recordings, agree to 1e-5."""

import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from cardionets_training.encoder_input import encoder_input

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "node_modules" / ".bin" / "node"
FIXTURES, SHARED = ROOT / "test" / "fixtures" / "ecg", ROOT.parent / "shared" / "data" / "wfdb"
pytestmark = pytest.mark.skipif(not NODE.exists(), reason="the application is not installed here (npm ci)")


def application(leads_mv: np.ndarray, heart_rate: float) -> tuple[np.ndarray, np.ndarray]:
    leads = np.ascontiguousarray(leads_mv, dtype="<f4")
    message = struct.pack("<if", leads.shape[1], heart_rate) + leads.tobytes()
    script = Path(__file__).parent / "application_preprocessing.mjs"
    out = subprocess.run([NODE, script], input=message, capture_output=True, check=True).stdout
    values = np.frombuffer(out, dtype="<f4")
    return values[: 12 * 2250].reshape(12, 2250), values[12 * 2250 :]


def assert_agreement(leads_mv: np.ndarray, heart_rate: float) -> None:
    leads = leads_mv.astype(np.float32)
    (ecg, amplitude), (theirs, their_amplitude) = encoder_input(leads, heart_rate), application(leads, heart_rate)
    assert np.abs(ecg - theirs).max() < 1e-5
    assert np.abs(amplitude - their_amplitude).max() < 1e-5


@pytest.mark.parametrize("heart_rate, samples", [(40, 5000), (61, 5000), (150, 4999), (72.4, 4501)])
def test_on_simulated_recordings_with_odd_and_even_periods(heart_rate, samples):
    from cardionets_training.simulator import simulate_ecg, simulate_subjects

    ecg = simulate_ecg(simulate_subjects(1, 1000 + int(heart_rate)))[0]
    assert_agreement(ecg[:, :samples], heart_rate)


@pytest.mark.parametrize("folder, name", [(FIXTURES, "HR06000"), (FIXTURES, "JS20001"), (SHARED, "E07500")])
def test_on_real_recordings(folder, name):
    wfdb = pytest.importorskip("wfdb")
    if not (folder / f"{name}.hea").exists():
        pytest.skip(f"{name} is not beside this checkout")
    record = wfdb.rdrecord(str(folder / name))
    if record.fs != 500 or len(record.p_signal) < 4500:
        pytest.skip("not at 500 Hz")
    assert_agreement(record.p_signal[:5000].T, 67.0)

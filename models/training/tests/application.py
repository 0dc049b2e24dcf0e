"""The application's preprocessing, run by its own Node."""

import struct
import subprocess
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "node_modules" / ".bin" / "node"


def application(leads_mv: np.ndarray, heart_rate: float) -> tuple[np.ndarray, np.ndarray]:
    leads = np.ascontiguousarray(leads_mv, dtype="<f4")
    message = struct.pack("<if", leads.shape[1], heart_rate) + leads.tobytes()
    script = Path(__file__).parent / "application_preprocessing.mjs"
    out = subprocess.run([NODE, script], input=message, capture_output=True, check=True).stdout
    values = np.frombuffer(out, dtype="<f4")
    return values[: 12 * 2250].reshape(12, 2250), values[12 * 2250 :]

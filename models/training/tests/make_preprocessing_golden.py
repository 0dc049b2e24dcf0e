"""Writes golden/preprocessing.json: what the application's preprocessing makes of the real recordings.

python tests/make_preprocessing_golden.py     (from models/training, beside the folder of shared files)
"""

import json
from pathlib import Path

import numpy as np

from application import application
from real_recordings import UNLICENSED, real_recordings

from cardionets_training.data.heart_rate import heart_rate_bpm

GOLDEN, STRIDE = Path(__file__).parent / "golden" / "preprocessing.json", 45


def rounded(values) -> list[float]:
    return [round(float(v), 7) for v in values]


def sums(ecg: np.ndarray) -> list[list[float]]:
    """Mean, mean square and mean of each third of a lead."""
    thirds = ecg.reshape(12, 3, -1).mean(-1, dtype=np.float64)
    return [rounded(row) for row in np.column_stack([ecg.mean(1, dtype=np.float64), np.square(ecg, dtype=np.float64).mean(1), thirds])]


if __name__ == "__main__":
    cases = []
    for name, leads in real_recordings().items():
        rate = round(heart_rate_bpm(leads.astype(float), 500), 1)
        ecg, amplitude = application(leads, rate)
        kept = {"sums": sums(ecg)} if name in UNLICENSED else {"ecg": [rounded(row[::STRIDE]) for row in ecg]}
        cases.append({"name": name, "heart_rate_bpm": rate, **kept, "amplitude": rounded(amplitude)})
    GOLDEN.parent.mkdir(exist_ok=True)
    text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    GOLDEN.write_text(f'{{"stride":{STRIDE},"made_by":"src-main/ecg/preprocessing/encoder-input.ts","cases":[\n{text}\n]}}\n')

"""Writes simulated ECGs as a recorder would: 500 Hz, before any preprocessing, with what is true of each.

`python -m cardionets_training.raw_ecgs FOLDER` makes what the application's quality sweep reads (docs/signal-quality.md):
`design` and `measure`, cohorts of different seeds. Each is `NAME.i16`, int16 little-endian µV [n, 8, 5000] of the leads
I, II, V1–V6, and `NAME.json`, a list of one object an ECG.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from .simulator.ecg import record_ecg
from .simulator.ecg_parameters import electrical_properties
from .simulator.subjects import simulate_subjects

COHORTS = {"design": (91, 1500), "measure": (92, 3000)}
_CHUNK = 250
_STORED = [0, 1, 6, 7, 8, 9, 10, 11]


def write_cohort(folder: Path, name: str, seed: int, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    with open(folder / f"{name}.i16", "wb") as samples:
        for first in range(0, count, _CHUNK):
            subjects = simulate_subjects(min(_CHUNK, count - first), seed, "enriched", first=first)
            recorded = record_ecg(subjects)
            microvolts = np.round(recorded.samples_mv[:, _STORED] * 1000)
            samples.write(np.clip(microvolts, -32768, 32767).astype("<i2").tobytes())
            electrical = electrical_properties(subjects)
            for row in range(len(subjects)):
                truths.append(
                    {
                        "heartRateBpm": round(float(recorded.heart_rate_bpm[row]), 2),
                        "prMs": round(float(electrical.pr_ms[row]), 1),
                        "qrsMs": round(float(electrical.qrs_ms[row]), 1),
                        "qtMs": round(float(electrical.qt_ms[row]), 1),
                        "atrialFibrillation": bool(electrical.atrial_fibrillation[row]),
                        "bundleBranchBlock": bool(electrical.left_block[row] | electrical.right_block[row]),
                        "ectopicBeats": int(recorded.ectopic[row].sum()),
                    }
                )
    (folder / f"{name}.json").write_text(json.dumps(truths))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    for cohort, (seed_of_cohort, size) in COHORTS.items():
        write_cohort(arguments.parse_args().folder, cohort, seed_of_cohort, size)

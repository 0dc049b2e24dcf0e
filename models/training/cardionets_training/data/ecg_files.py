"""Real ECGs as the training kit wants them: twelve leads in mV at 500 Hz, ten seconds."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from ..config import ECG_RATE_HZ, LEADS
from ..preprocessing import preprocess
from .heart_rate import heart_rate_bpm
from .wfdb_header import read_wfdb

SAMPLES, SHORTEST = 5000, 4500  # ten seconds, and the nine that are needed at least
HIGHEST_MV, LOWEST_MV = 20.0, 0.02
PER_MV = {"mv": 1.0, "uv": 1000.0, "µv": 1000.0}


@dataclass(frozen=True)
class StatedEcg:
    """What the table says of a file that does not say it itself (`.npy`); a stated heart rate always counts."""

    rate_hz: float | None = None
    unit: str | None = None
    heart_rate_bpm: float | None = None


def load_ecg(path: Path, stated: StatedEcg = StatedEcg()) -> np.ndarray:
    """Preprocessed ECG (12, 2500) in mV at 250 Hz, float16, of a file of `cardionets read --samples`, a `.npy` or a WFDB header.

    Raises ValueError that names the file and what was found in it.
    """
    if not path.exists():
        raise ValueError(f"{path} is not there")
    readers = {".json": _read_json, ".ndjson": _read_json, ".npy": _read_numpy, ".hea": _read_header}
    if path.suffix.lower() not in readers:
        raise ValueError(f"{path}: expected .json (cardionets read --samples), .npy or .hea")
    leads, rate_hz, rate_bpm = readers[path.suffix.lower()](path, stated)
    leads = _ten_seconds(_at_500_hz(np.asarray(leads, np.float64), rate_hz), path)
    _plausible(leads, path)
    try:
        rate_bpm = stated.heart_rate_bpm or rate_bpm or heart_rate_bpm(leads, ECG_RATE_HZ)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return preprocess(leads, rate_bpm).astype(np.float16)


def _read_json(path: Path, stated: StatedEcg):
    try:
        record = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    except (IndexError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: expected the output of `cardionets read --samples` for one file") from error
    samples = record.get("samples") if isinstance(record, dict) else None
    if not isinstance(samples, dict) or "rateHz" not in record:
        raise ValueError(f"{path}: has no `samples` or no `rateHz`; export it by `cardionets read --samples`")
    missing = [lead for lead in LEADS if lead not in samples]
    if missing:
        raise ValueError(f"{path}: the leads {', '.join(missing)} are absent; found {', '.join(samples)}")
    lengths = {len(samples[lead]) for lead in LEADS}
    if len(lengths) > 1:
        raise ValueError(f"{path}: the leads differ in length: {sorted(lengths)} samples")
    return [samples[lead] for lead in LEADS], float(record["rateHz"]), record.get("heartRateBpm")


def _read_numpy(path: Path, stated: StatedEcg):
    try:
        values = np.load(path, allow_pickle=False)
    except ValueError as error:
        raise ValueError(f"{path}: is no array that numpy can read safely") from error
    if values.ndim != 2 or values.shape[0] != len(LEADS):
        raise ValueError(f"{path}: expected shape (12, samples) in the order {', '.join(LEADS)}, found {values.shape}")
    per_mv = PER_MV.get((stated.unit or "").lower())
    if per_mv is None:
        raise ValueError(f"{path}: a .npy needs `unit` mV or uV in the table, found '{stated.unit or ''}'")
    if not stated.rate_hz or not 50 <= stated.rate_hz <= 10_000:
        raise ValueError(f"{path}: a .npy needs `rate_hz` in the table, found '{stated.rate_hz or ''}'")
    return values / per_mv, stated.rate_hz, None


def _read_header(path: Path, stated: StatedEcg):
    leads, rate_hz = read_wfdb(path)
    return leads, rate_hz, None


def _at_500_hz(leads: np.ndarray, rate_hz: float) -> np.ndarray:
    if rate_hz == ECG_RATE_HZ:
        return leads
    ratio = Fraction(ECG_RATE_HZ / rate_hz).limit_denominator(1000)
    return resample_poly(leads, ratio.numerator, ratio.denominator, axis=-1, padtype="line")


def _ten_seconds(leads: np.ndarray, path: Path) -> np.ndarray:
    """The middle ten seconds; a little less is held at its ends."""
    found = leads.shape[1]
    if found < SHORTEST:
        raise ValueError(f"{path}: {found / ECG_RATE_HZ:.1f} s are too short; at least nine are needed")
    if found >= SAMPLES:
        first = (found - SAMPLES) // 2
        return leads[:, first : first + SAMPLES]
    before = (SAMPLES - found) // 2
    return np.pad(leads, ((0, 0), (before, SAMPLES - found - before)), mode="edge")


def _plausible(leads: np.ndarray, path: Path) -> None:
    if not np.isfinite(leads).all():
        raise ValueError(f"{path}: {(~np.isfinite(leads)).sum()} samples are no numbers")
    height = float((leads.max(1) - leads.min(1)).max())
    if not LOWEST_MV <= height <= HIGHEST_MV:
        raise ValueError(f"{path}: the tallest lead spans {height:.3g} mV: that is no ECG in the stated unit (0.02 to 20 mV)")

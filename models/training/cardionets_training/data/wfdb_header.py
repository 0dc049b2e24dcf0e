"""12-lead WFDB records in format 16, the form of MIMIC-IV-ECG (PhysioNet)."""

from pathlib import Path

import numpy as np

from ..config import LEADS

UNITS_PER_MV = {"mv": 1.0, "uv": 1000.0, "µv": 1000.0, "v": 0.001}


def read_wfdb(header: Path) -> tuple[np.ndarray, float]:
    """Leads (12, N) in mV in the kit's order, and their rate in Hz.

    Raises ValueError with the line of the header that does not fit.
    """
    lines = [line for line in header.read_text(encoding="latin-1").splitlines() if line.strip() and not line.startswith("#")]
    try:
        _, signals, rate, *rest = lines[0].split()
        signals, rate_hz = int(signals), float(rate.split("/")[0].split("(")[0])
        samples = int(rest[0])
    except (IndexError, ValueError) as error:
        raise ValueError(f"{header}, line 1: expected 'record signals rate samples', found '{lines[0] if lines else ''}'") from error
    specified, rows = {}, {}
    for number, line in enumerate(lines[1 : 1 + signals], 2):
        part = line.split()
        if len(part) < 9 or part[1].split("+")[0].split("x")[0] != "16":
            raise ValueError(f"{header}, line {number}: expected a signal in format 16 with a name, found '{line}'")
        gain, _, unit = part[2].partition("/")
        gain, baseline = gain.partition("(")[0], gain.partition("(")[2].rstrip(")")
        per_mv = UNITS_PER_MV.get((unit or "mV").lower())
        if per_mv is None or float(gain) == 0:
            raise ValueError(f"{header}, line {number}: expected a gain per mV, µV or V, found '{part[2]}'")
        file = (part[0], int(part[1].partition("+")[2] or 0))
        rows[file] = rows.get(file, 0) + 1
        specified[" ".join(part[8:]).lower()] = (file, rows[file] - 1, float(gain) * per_mv, float(baseline or part[4]))
    missing = [lead for lead in LEADS if lead.lower() not in specified]
    if missing:
        raise ValueError(f"{header}: the leads {', '.join(missing)} are absent")
    leads = [specified[lead.lower()] for lead in LEADS]
    stored = {file: _samples(header.parent / file[0], file[1], samples, rows[file]) for file in {lead[0] for lead in leads}}
    return np.stack([(stored[file][:, i] - baseline) / gain for file, i, gain, baseline in leads]), rate_hz


def _samples(path: Path, offset: int, samples: int, signals: int) -> np.ndarray:
    raw = np.fromfile(path, "<i2", offset=offset)
    if len(raw) != samples * signals:
        raise ValueError(f"{path}: expected {samples * signals} values, found {len(raw)}")
    return raw.reshape(samples, signals)

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
    specified, files = {}, set()
    for number, line in enumerate(lines[1 : 1 + signals], 2):
        part = line.split()
        if len(part) < 9 or part[1].split("+")[0].split("x")[0] != "16":
            raise ValueError(f"{header}, line {number}: expected a signal in format 16 with a name, found '{line}'")
        gain, _, unit = part[2].partition("/")
        gain, baseline = gain.partition("(")[0], gain.partition("(")[2].rstrip(")")
        per_mv = UNITS_PER_MV.get((unit or "mV").lower())
        if per_mv is None or float(gain) == 0:
            raise ValueError(f"{header}, line {number}: expected a gain per mV, µV or V, found '{part[2]}'")
        files.add((part[0], int(part[1].partition("+")[2] or 0)))
        specified[" ".join(part[8:]).lower()] = (number - 2, float(gain) * per_mv, float(baseline or part[4]))
    missing = [lead for lead in LEADS if lead.lower() not in specified]
    if missing or len(files) != 1:
        what = f"without {', '.join(missing)}" if missing else f"in {len(files)} files"
        raise ValueError(f"{header}: expected the twelve leads in one file, found a record {what}")
    (name, offset), *_ = files
    raw = np.fromfile(header.parent / name, "<i2", offset=offset)
    if len(raw) != samples * signals:
        raise ValueError(f"{header.parent / name}: expected {samples * signals} values, found {len(raw)}")
    raw = raw.reshape(samples, signals)
    columns = [specified[lead.lower()] for lead in LEADS]
    return np.stack([(raw[:, i] - baseline) / gain for i, gain, baseline in columns]), rate_hz

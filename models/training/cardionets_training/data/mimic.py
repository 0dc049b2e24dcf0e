"""Unpaired ECGs in the layout of MIMIC-IV-ECG (Gow et al., PhysioNet 2023), for the disease tasks.

FOLDER/record_list.csv   subject_id, study_id, file_name, ecg_time, path
FOLDER/files/p1000/…     WFDB records, format 16
FOLDER/machine_measurements.csv   optional: study_id, rr_interval in ms
LABELS.csv               subject_id or study_id, cad, hf, cm, ph (0 or 1), subtype (dcm, hcm, rcm or none)
"""

import csv
import hashlib
from pathlib import Path

import numpy as np

from ..config import DISEASES, SUBTYPES
from ..phenotypes import PHENOTYPES
from .ecg_files import StatedEcg
from .subject_table import NO_SUBTYPE, Row, one_split_each

# 60 : 20 : 20, by subject.
SHARES = (("train", 0.6), ("validation", 0.8), ("test", 1.0))


def split_of(subject: str) -> str:
    """The same subject is in the same split, whichever recordings there are."""
    draw = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big") / 2**64
    return next(name for name, end in SHARES if draw < end)


def read_mimic_folder(folder: Path, labels: Path) -> list[Row]:
    """Rows of all recordings. Raises ValueError naming file and row, also for a recording without labels."""
    key, known = _labels(labels)
    rates = _heart_rates(folder / "machine_measurements.csv")
    path = folder / "record_list.csv"
    rows = []
    for number, values in _table(path, ("subject_id", "study_id", "path")):
        place = f"{path}, row {number}"
        if values[key] not in known:
            raise ValueError(f"{place}: {key} '{values[key]}' has no row in {labels}")
        diseases, subtype = known[values[key]]
        rows.append(Row(
            place, values["subject_id"], split_of(values["subject_id"]), (folder / values["path"]).with_suffix(".hea"),
            StatedEcg(heart_rate_bpm=rates.get(values["study_id"])), None, None,
            np.full(len(PHENOTYPES), np.nan, np.float32), diseases, subtype,
        ))  # fmt: skip
    if not rows:
        raise ValueError(f"{path}: lists no recordings")
    one_split_each(rows)
    return rows


def _table(path: Path, needed: tuple[str, ...]):
    """(row number, values) of a CSV file, with the columns that are needed."""
    if not path.exists():
        raise ValueError(f"{path} is not there")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(f"{path}, row 1: the columns {', '.join(missing)} are absent")
        for number, values in enumerate(reader, 2):
            for name in needed:
                if not (values[name] or "").strip():
                    raise ValueError(f"{path}, row {number}: `{name}` is empty")
            yield number, values


def _labels(path: Path) -> tuple[str, dict[str, tuple[np.ndarray, int]]]:
    known, key = {}, None
    for number, values in _table(path, (*DISEASES, "subtype")):
        key = "study_id" if "study_id" in values else "subject_id"
        if not values.get(key):
            raise ValueError(f"{path}, row {number}: has neither `study_id` nor `subject_id`")
        wrong = [name for name in DISEASES if values[name] not in ("0", "1")]
        if wrong or values["subtype"] not in (*SUBTYPES, NO_SUBTYPE):
            name = (wrong or ["subtype"])[0]
            raise ValueError(f"{path}, row {number}: `{name}` is '{values[name]}'; diseases are 0 or 1, subtypes {', '.join(SUBTYPES)} or {NO_SUBTYPE}")
        if values[key] in known:
            raise ValueError(f"{path}, row {number}: {key} '{values[key]}' is there twice")
        subtype = -1 if values["subtype"] == NO_SUBTYPE else SUBTYPES.index(values["subtype"])
        known[values[key]] = (np.array([values[name] == "1" for name in DISEASES]), subtype)
    if key is None:
        raise ValueError(f"{path}: has no labels")
    return key, known


def _heart_rates(path: Path) -> dict[str, float]:
    """Of the machine, where the file is there and the interval is possible."""
    if not path.exists():
        return {}
    found = {}
    for _, values in _table(path, ("study_id",)):
        try:
            interval = float(values.get("rr_interval") or 0)
        except ValueError:
            continue
        if 270 <= interval <= 2000:
            found[values["study_id"]] = 60_000 / interval
    return found

"""The table of a folder of real data: who is in which split, where the files are, and the labels."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..config import DISEASES, SUBTYPES
from ..phenotypes import PHENOTYPES
from .ecg_files import StatedEcg

SPLITS = ("train", "validation", "test")
NO_SUBTYPE = "none"


@dataclass(frozen=True)
class Row:
    """One recording of one subject. `phenotypes` float32 [82], NaN where the table has no phenotypes."""

    place: str
    subject: str
    split: str
    ecg: Path
    stated: StatedEcg
    cine: Path | None
    mask: Path | None
    phenotypes: np.ndarray
    diseases: np.ndarray
    subtype: int


def read_subject_table(path: Path, with_cines: bool) -> list[Row]:
    """The rows of `subjects.csv`; paths are relative to its folder.

    Columns: subject, split, ecg, [rate_hz, unit, heart_rate_bpm], cad, hf, cm, ph (0 or 1), subtype (dcm, hcm, rcm or
    none); with cines also cine, [mask] and the 82 phenotypes by their ids. Raises ValueError naming file and row.
    """
    if not path.exists():
        raise ValueError(f"{path} is not there: the table of the subjects")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        needed = ["subject", "split", "ecg", *DISEASES, "subtype"]
        if with_cines:
            needed += ["cine", *(p.id for p in PHENOTYPES)]
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(f"{path}, row 1: the columns {', '.join(missing)} are absent")
        rows = [_row(path, number, values, with_cines) for number, values in enumerate(reader, 2)]
    if not rows:
        raise ValueError(f"{path}: has no subjects")
    one_split_each(rows)
    return rows


def one_split_each(rows: list[Row]) -> None:
    """Raises ValueError where a subject is in two splits; several recordings in one split are welcome."""
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.subject, row)
        if first.split != row.split:
            raise ValueError(f"{row.place}: subject '{row.subject}' is in '{row.split}', but in '{first.split}' at {first.place}")


def _row(path: Path, number: int, values: dict, with_cines: bool) -> Row:
    place = f"{path}, row {number}"

    def text(name: str) -> str:
        found = (values.get(name) or "").strip()
        if not found:
            raise ValueError(f"{place}: `{name}` is empty")
        return found

    def figure(name: str, required: bool) -> float | None:
        found = (values.get(name) or "").strip()
        if not found and not required:
            return None
        try:
            figure = float(found)
        except ValueError:
            raise ValueError(f"{place}: `{name}` should be a number, found '{found}'") from None
        if not np.isfinite(figure):
            raise ValueError(f"{place}: `{name}` should be a number, found '{found}'")
        return figure

    def yes_or_no(name: str) -> bool:
        if text(name) not in ("0", "1"):
            raise ValueError(f"{place}: `{name}` should be 0 or 1, found '{text(name)}'")
        return text(name) == "1"

    split, subtype = text("split"), text("subtype").lower()
    if split not in SPLITS:
        raise ValueError(f"{place}: `split` should be {', '.join(SPLITS)}, found '{split}'")
    if subtype not in (*SUBTYPES, NO_SUBTYPE):
        raise ValueError(f"{place}: `subtype` should be {', '.join(SUBTYPES)} or {NO_SUBTYPE}, found '{subtype}'")
    mask = (values.get("mask") or "").strip()
    return Row(
        place, text("subject"), split, path.parent / text("ecg"),
        StatedEcg(figure("rate_hz", False), (values.get("unit") or "").strip() or None, figure("heart_rate_bpm", False)),
        path.parent / text("cine") if with_cines else None,
        path.parent / mask if mask and with_cines else None,
        np.array([figure(p.id, True) if with_cines else np.nan for p in PHENOTYPES], np.float32),
        np.array([yes_or_no(name) for name in DISEASES]),
        SUBTYPES.index(subtype) if subtype != NO_SUBTYPE else -1,
    )  # fmt: skip

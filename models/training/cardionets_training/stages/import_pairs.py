"""Real pairs of ECG and cine into the cache: `cardionets-train import-pairs FOLDER` (layout in the README)."""

from pathlib import Path

from ..data.importing import import_rows
from ..data.subject_table import read_subject_table


def run(options) -> None:
    counts = import_rows(read_subject_table(Path(options.folder) / "subjects.csv", with_cines=True), with_cines=True)
    print(", ".join(f"{split}: {count} pairs" for split, count in counts.items()))

"""Unpaired ECGs in the layout of MIMIC-IV-ECG into the cache: `cardionets-train import-ecgs FOLDER --labels FILE`."""

from pathlib import Path

from ..data.importing import import_rows
from ..data.mimic import read_mimic_folder


def run(options) -> None:
    counts = import_rows(read_mimic_folder(Path(options.folder), Path(options.labels)), with_cines=False)
    print(", ".join(f"{split}: {count} ECGs" for split, count in counts.items()))

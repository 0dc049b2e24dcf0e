"""Tasks and their labels: 82 phenotypes, four diseases, three subtypes."""

from dataclasses import dataclass

import numpy as np

from ..config import DISEASES, SUBTYPES
from ..data.cohort import Cohort

TASKS = ("phenotypes", *DISEASES, "subtypes")
LABELLED = 4000  # subjects with labels, as in section a8
FOLDS = 5
RATIOS = (1, 2, 5, 10)
FRACTIONS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Part:
    """Some subjects of one cohort."""

    cohort: str
    rows: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: np.ndarray) -> "Part":
        return Part(self.cohort, self.rows[chosen])


def kind(task: str) -> str:
    return task if task in ("phenotypes", "subtypes") else "disease"


def labels(task: str, cohort: Cohort, rows: np.ndarray) -> np.ndarray:
    """float32 [n, 82] as acquired; bool [n] as recorded; int64 [n] of 0 to 2."""
    if task == "phenotypes":
        return cohort.phenotypes[rows]
    if task == "subtypes":
        return cohort.subjects.subtype[rows].astype(np.int64)
    return cohort.subjects.recorded[rows, DISEASES.index(task)].astype(bool)


def eligible(task: str, cohort: Cohort, count: int) -> np.ndarray:
    """Rows of the first `count` subjects that a task is about.

    The controls of a disease carry no code of the circulatory system, so the subjects with another disease are left out;
    subtypes concern those whose cardiomyopathy is recorded. ECGs without phenotypes are no subjects of that task.
    """
    recorded = cohort.subjects.recorded[:count]
    if task == "phenotypes":
        return np.flatnonzero(np.isfinite(cohort.phenotypes[:count]).all(axis=1))
    if task == "subtypes":
        return np.flatnonzero((cohort.subjects.subtype[:count] >= 0) & recorded[:, DISEASES.index("cm")])
    return np.flatnonzero(recorded[:, DISEASES.index(task)] | ~recorded.any(axis=1))


def outputs(task: str) -> int:
    return {"phenotypes": 82, "disease": 1, "subtypes": len(SUBTYPES)}[kind(task)]

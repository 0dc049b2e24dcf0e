"""A simulated cohort: subjects with 82 phenotypes, their 12-lead ECG and their 4-chamber cine."""

from .ecg import Electrocardiograms, record_ecg, simulate_ecg
from .shift import EXTERNAL_COHORTS, ShiftSettings
from .subjects import Subjects, simulate_subjects

__all__ = [
    "EXTERNAL_COHORTS",
    "Electrocardiograms",
    "ShiftSettings",
    "Subjects",
    "record_ecg",
    "simulate_ecg",
    "simulate_subjects",
]

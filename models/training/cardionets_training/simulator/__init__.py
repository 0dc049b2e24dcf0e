"""A simulated cohort: subjects with 82 phenotypes, their 12-lead ECG and their 4-chamber cine."""

from .cine import Cine, iterate_cines, render_cine, render_cines
from .ecg import Electrocardiograms, record_ecg, simulate_ecg
from .shift import EXTERNAL_COHORTS, ShiftSettings
from .subjects import Subjects, simulate_subjects

__all__ = [
    "EXTERNAL_COHORTS",
    "Cine",
    "Electrocardiograms",
    "ShiftSettings",
    "Subjects",
    "iterate_cines",
    "record_ecg",
    "render_cine",
    "render_cines",
    "simulate_ecg",
    "simulate_subjects",
]

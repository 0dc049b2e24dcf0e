"""How the chambers fill and empty over one heart cycle, and how far the valve plane moves (section f4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import classes
from .phenotype_table import INDEX
from .subjects import Subjects

FRAMES = 50
PHASE = np.arange(FRAMES) / FRAMES


@dataclass(frozen=True)
class Motion:
    """One subject over the 50 frames; frame 0 is end-diastole (the R wave).

    contraction   [50] 0 at end-diastole, 1 at end-systole (LV volume curve)
    lv_ml, rv_ml, la_ml, ra_ml [50]
    descent_mm    [50] mean descent of the mitral annulus; tricuspid_mm: of the lateral tricuspid annulus
    opening       [50] 0 valves closed, 1 wide open; inflow [50] filling velocity, largest 1
    lv_length_mm  cavity length at end-diastole; end_systole: phase of the smallest LV volume
    """

    contraction: np.ndarray
    lv_ml: np.ndarray
    rv_ml: np.ndarray
    la_ml: np.ndarray
    ra_ml: np.ndarray
    descent_mm: np.ndarray
    tricuspid_mm: np.ndarray
    opening: np.ndarray
    inflow: np.ndarray
    lv_length_mm: float
    end_systole: float


def motion_of(subjects: Subjects, row: int) -> Motion:
    value = {name: subjects.phenotypes[row, index] for name, index in INDEX.items()}
    end_systole = 0.33 + 0.0015 * (subjects.heart_rate_bpm[row] - 60)
    early = 0.75 - 0.008 * (subjects.age_years[row] - 45)
    duration = 0.28
    if subjects.failure_kind[row] == classes.PRESERVED:
        early -= 0.1
    if subjects.class_index[row] == classes.RCM:  # a stiff ventricle fills early, fast, and then no more
        early, duration = 0.9, 0.7 * duration
    start = end_systole + 0.02
    filled = early * _smoothstep((PHASE - start) / duration) + (1 - early) * _smoothstep((PHASE - 0.84) / 0.15)
    ejected = 0.5 * (1 - np.cos(np.pi * np.minimum(PHASE / end_systole, 1)))
    contraction = np.where(end_systole >= PHASE, ejected, 1 - filled)
    velocity = early / duration * _bell((PHASE - start) / duration) + (1 - early) / 0.15 * _bell((PHASE - 0.84) / 0.15)
    inflow = velocity / velocity.max()
    diastole = _smoothstep((PHASE - start) / 0.05) * (1 - _smoothstep((PHASE - 0.94) / 0.05))
    lv_length_mm = 17.5 * np.cbrt(value["LVEDV"])
    descent_mm = 0.85 * abs(value["Ell_global"]) / 100 * lv_length_mm * contraction
    return Motion(
        contraction=contraction,
        lv_ml=value["LVEDV"] - value["LVSV"] * contraction,
        rv_ml=value["RVEDV"] - value["RVSV"] * contraction,
        la_ml=value["LAV_min"] + value["LASV"] * contraction,
        ra_ml=value["RAV_min"] + value["RASV"] * contraction,
        descent_mm=descent_mm,
        tricuspid_mm=1.54 * descent_mm * value["RVEF"] / 56,
        opening=diastole * np.clip(0.3 + 0.7 * inflow**0.5, 0, 1),
        inflow=inflow,
        lv_length_mm=lv_length_mm,
        end_systole=end_systole,
    )


def _smoothstep(x: np.ndarray) -> np.ndarray:
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


def _bell(x: np.ndarray) -> np.ndarray:
    """Derivative of the smoothstep."""
    x = np.clip(x, 0, 1)
    return 6 * x * (1 - x)

"""Disease classes of the simulated cohort, their prevalence, and what each does to the heart (table f2)."""

from __future__ import annotations

import numpy as np

CLASSES = ("none", "cad", "hf", "ph", "dcm", "hcm", "rcm")
NONE, CAD, HF, PH, DCM, HCM, RCM = range(7)
DISEASES = ("cad", "hf", "cm", "ph")
SUBTYPES = ("dcm", "hcm", "rcm")
# Kinds of heart failure; 0 where there is none.
ISCHAEMIC, DILATED, PRESERVED = 1, 2, 3

PREVALENCE = {
    "enriched": (0.70, 0.10, 0.06, 0.04, 0.04, 0.04, 0.02),
    "population": (0.935, 0.045, 0.010, 0.004, 0.003, 0.002, 0.001),
    "cardiomyopathy": (0.0, 0.0, 0.0, 0.0, 0.4, 0.4, 0.2),
}

# AHA segments of each coronary territory and its share of infarcts.
TERRITORIES = (
    (0.45, (1, 2, 7, 8, 13, 14)),
    (0.35, (3, 4, 9, 10, 15)),
    (0.20, (5, 6, 11, 12, 16)),
)


def effects(class_index: np.ndarray, failure_kind: np.ndarray, s: np.ndarray, q: np.ndarray) -> dict[str, np.ndarray]:
    """Effect of class, severity s and infarct extent q on each subject, all [n].

    edv, mass, la, ra: factors of LV end-diastolic volume, LV mass and atrial volumes; ef, rvef, laef, raef: points
    added to the ejection fractions (negative: loss); longitudinal: factor of the longitudinal strain.
    """
    one, zero = np.ones_like(s), np.zeros_like(s)
    result = {
        "edv": 1 + 0.5 * q, "ef": -55 * q, "mass": one.copy(), "rvef": zero.copy(), "la": one.copy(),
        "laef": zero.copy(), "ra": one.copy(), "raef": zero.copy(), "longitudinal": one.copy(),
    }  # fmt: skip
    dilated, preserved = failure_kind == DILATED, failure_kind == PRESERVED
    dcm, hcm, rcm, ph = (class_index == c for c in (DCM, HCM, RCM, PH))

    def put(mask: np.ndarray, **values: np.ndarray) -> None:
        for name, value in values.items():
            result[name] = np.where(mask, value, result[name])

    put(dcm, edv=1.35 + 0.55 * s, ef=-(12 + 22 * s), mass=1.15 + 0.25 * s, rvef=-6 * s, la=1.2 + 0.4 * s,
        laef=-(6 + 10 * s), ra=1.1 + 0.2 * s)  # fmt: skip
    put(dilated, edv=1.25 + 0.35 * s, ef=-(8 + 16 * s), mass=1.12 + 0.2 * s, la=1.2 + 0.4 * s, laef=-(6 + 10 * s))
    put(preserved, edv=0.95 * one, mass=1.15 + 0.2 * s, la=1.3 + 0.4 * s, laef=-(8 + 12 * s), longitudinal=0.85 * one)
    put(hcm, edv=0.92 - 0.08 * s, ef=3 + 4 * s, mass=1.3 + 0.6 * s, la=1.25 + 0.35 * s, laef=-(4 + 6 * s),
        longitudinal=0.85 - 0.2 * s)  # fmt: skip
    put(rcm, edv=0.88 * one, ef=-(2 + 6 * s), mass=1.15 + 0.4 * s, rvef=-6 * s, la=1.6 + 0.6 * s,
        laef=-(15 + 15 * s), ra=1.6 + 0.6 * s, raef=-15 * s, longitudinal=0.75 - 0.25 * s)  # fmt: skip
    put(ph, edv=0.95 - 0.1 * s, ef=-2 * s, rvef=-(6 + 18 * s), ra=1.25 + 0.6 * s, raef=-8 * s)
    return result

"""Subjects of the simulated cohort: who they are, what they have, and what their heart measures."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from . import classes
from .phenotypes import acquire, phenotypes_of
from .shift import ShiftSettings
from .streams import normals, subject_keys, uniforms


@dataclass(frozen=True)
class Subjects:
    """Arrays over n subjects; `subjects[10:20]`, `subjects[mask]` and `subjects[indices]` select some of them.

    phenotypes  float64 [n, 82] true values in the order of `phenotype_table`
    acquired    float32 [n, 82] as measured, with the noise of an acquisition
    diseases    bool [n, 4] true state (cad, hf, cm, ph); recorded: as coded in a hospital record
    subtype     int8 [n], −1 none, 0 DCM, 1 HCM, 2 RCM
    infarct     float64 [n, 16] transmurality 0 to 1 of AHA segment 1 to 16
    """

    key: np.ndarray
    male: np.ndarray
    age_years: np.ndarray
    height_cm: np.ndarray
    weight_kg: np.ndarray
    bmi: np.ndarray
    bsa_m2: np.ndarray
    sbp_mmhg: np.ndarray
    dbp_mmhg: np.ndarray
    class_index: np.ndarray
    failure_kind: np.ndarray
    severity: np.ndarray
    infarct: np.ndarray
    apical_variant: np.ndarray
    heart_rate_bpm: np.ndarray
    rv_wall_factor: np.ndarray
    phenotypes: np.ndarray
    acquired: np.ndarray
    diseases: np.ndarray
    recorded: np.ndarray
    subtype: np.ndarray
    shift: ShiftSettings

    def __len__(self) -> int:
        return len(self.key)

    def __getitem__(self, selection: object) -> Subjects:
        if isinstance(selection, (int, np.integer)):
            selection = slice(selection, selection + 1 or None)
        picked = {f.name: getattr(self, f.name)[selection] for f in fields(self) if f.name != "shift"}
        return replace(self, **picked)


def simulate_subjects(
    count: int, seed: int, mode: str = "enriched", shift: ShiftSettings | None = None, first: int = 0
) -> Subjects:
    """Subjects `first … first+count−1` of the cohort `seed`.

    mode: `enriched` (30 % with disease, for training), `population`, or `cardiomyopathy` (DCM, HCM and RCM only).
    Raises ValueError for an unknown mode.
    """
    if mode not in classes.PREVALENCE:
        raise ValueError(f"simulator/mode: {mode!r} is unknown; choose one of {', '.join(classes.PREVALENCE)}")
    shift = shift or ShiftSettings()
    keys = subject_keys(seed, first, count)
    person = _person(keys, shift)
    illness = _illness(keys, mode)
    heart = phenotypes_of(keys, person, illness)
    diseases = _diseases(illness)
    return Subjects(
        key=keys,
        **person,
        **illness,
        **heart,
        acquired=acquire(keys, heart["phenotypes"], heart["heart_rate_bpm"], person["sbp_mmhg"] - person["dbp_mmhg"]),
        diseases=diseases,
        recorded=_recorded(keys, diseases),
        subtype=_subtype(illness["class_index"]),
        shift=shift,
    )


def _person(keys: np.ndarray, shift: ShiftSettings) -> dict[str, np.ndarray]:
    male = uniforms(keys, "sex", 1)[:, 0] < 0.483
    mean_age, low, high = 64 + shift.age_years, 45 + min(shift.age_years, 0), 82 + max(shift.age_years, 0)
    below, above = ndtr((low - mean_age) / 7.7), ndtr((high - mean_age) / 7.7)
    age = mean_age + 7.7 * ndtri(below + (above - below) * uniforms(keys, "age", 1)[:, 0])
    height_z, bmi_z, sbp_z, dbp_z = normals(keys, "body", 4).T
    height = np.where(male, 176 + 6.8 * height_z, 162.5 + 6.3 * height_z)
    bmi = np.where(male, 26.8 * np.exp(0.14 * bmi_z), 25.8 * np.exp(0.17 * bmi_z))
    weight = bmi * (height / 100) ** 2
    sbp = np.clip(138 + 0.45 * (age - 64) + 17 * sbp_z, 90, 210)
    dbp = np.clip(79 + 9 * dbp_z + 0.25 * (sbp - 138), 45, sbp - 20)
    return {
        "male": male, "age_years": age, "height_cm": height, "weight_kg": weight, "bmi": bmi,
        "bsa_m2": np.sqrt(height * weight / 3600), "sbp_mmhg": sbp, "dbp_mmhg": dbp,
    }  # fmt: skip


def _illness(keys: np.ndarray, mode: str) -> dict[str, np.ndarray]:
    steps = np.cumsum(classes.PREVALENCE[mode])
    pick, kind_pick, severity_u, territory_u, extent_u, variant_u = uniforms(keys, "illness", 6).T
    class_index = np.minimum(np.searchsorted(steps, pick, side="right"), len(steps) - 1).astype(np.int8)
    failing = class_index == classes.HF
    failure_kind = np.where(failing, 1 + np.searchsorted([0.35, 0.70], kind_pick, side="right"), 0).astype(np.int8)
    severity = np.where(failing, betaincinv(3, 1.5, severity_u), betaincinv(2, 2, severity_u))
    severity = np.where(class_index == classes.NONE, 0.0, severity)
    infarct = np.zeros((len(keys), 16))
    infarcted = (class_index == classes.CAD) | (failure_kind == classes.ISCHAEMIC)
    spread = 1 + 0.3 * normals(keys, "infarct", 16)
    transmural = np.clip(extent_u[:, None] * severity[:, None] * spread, 0, 1) * np.where(failing, 1.3, 1.0)[:, None]
    edges = np.cumsum([share for share, _ in classes.TERRITORIES])
    territory = np.minimum(np.searchsorted(edges, territory_u, side="right"), 2)
    for index, (_, segments) in enumerate(classes.TERRITORIES):
        columns = np.array(segments) - 1
        rows = np.flatnonzero(infarcted & (territory == index))
        infarct[np.ix_(rows, columns)] = np.clip(transmural[np.ix_(rows, columns)], 0, 1)
    return {
        "class_index": class_index, "failure_kind": failure_kind, "severity": severity, "infarct": infarct,
        "apical_variant": (class_index == classes.HCM) & (variant_u < 0.15),
    }  # fmt: skip


def _diseases(illness: dict[str, np.ndarray]) -> np.ndarray:
    class_index = illness["class_index"]
    ischaemic = illness["failure_kind"] == classes.ISCHAEMIC
    cardiomyopathy = np.isin(class_index, (classes.DCM, classes.HCM, classes.RCM))
    columns = (class_index == classes.CAD) | ischaemic, class_index == classes.HF, cardiomyopathy
    return np.stack([*columns, class_index == classes.PH], axis=1)


def _recorded(keys: np.ndarray, diseases: np.ndarray) -> np.ndarray:
    """Hospital codes: sensitivity 92 %, false positives 0.5 %."""
    draw = uniforms(keys, "coding", diseases.shape[1])
    return np.where(diseases, draw < 0.92, draw < 0.005)


def _subtype(class_index: np.ndarray) -> np.ndarray:
    return np.where(class_index >= classes.DCM, class_index - classes.DCM, -1).astype(np.int8)

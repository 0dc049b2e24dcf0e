"""Electrical properties of each subject: intervals, conduction, vectors of the waves, and the view of the leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import classes
from .ecg_vectors import DOWER, LATE_IN_LEFT_BLOCK, LATERAL, SEGMENT_NORMALS, rotation, unit
from .phenotype_table import INDEX, WALL_THICKNESS
from .phenotypes import references
from .streams import normals, uniforms
from .subjects import Subjects

_ACTIVATION_MS = np.array([40, 20, 24, 46, 54, 48, 26, 9, 10, 28, 36, 34, 22, 13, 24, 26, 18.0])
_STRENGTH = np.array([0.6, 0.25, 0.25, 0.9, 0.6, 1.3, 0.7, 0.22, 0.22, 0.9, 0.7, 1.5, 0.7, 0.22, 0.9, 1.2, 1.2])


@dataclass(frozen=True)
class Electrical:
    """Per subject [n, …]; times in ms from the onset of the QRS complex, vectors in mV.

    qrs_amplitude [n, 19, 3], qrs_time_ms and qrs_width_ms [n, 19]: Gaussian dipoles of 17 LV segments and 2 of the RV
    p_amplitude [n, 2, 3], p_time_ms (negative) and p_width_ms [n, 2]: right and left atrium
    t_vector, st_vector [n, 3]; lead_matrix [n, 8, 3] includes rotation, electrode error and gain
    """

    pr_ms: np.ndarray
    qrs_ms: np.ndarray
    qt_ms: np.ndarray
    sdnn_ms: np.ndarray
    atrial_fibrillation: np.ndarray
    left_block: np.ndarray
    right_block: np.ndarray
    qrs_amplitude: np.ndarray
    qrs_time_ms: np.ndarray
    qrs_width_ms: np.ndarray
    p_amplitude: np.ndarray
    p_time_ms: np.ndarray
    p_width_ms: np.ndarray
    t_vector: np.ndarray
    st_vector: np.ndarray
    lead_matrix: np.ndarray


def electrical_properties(subjects: Subjects, electrode_keys: np.ndarray | None = None) -> Electrical:
    """Section f3, before beats and noise; all draws are keyed by subject, those of the electrodes by visit where given."""
    key, male, age = subjects.key, subjects.male, subjects.age_years
    s, class_index = subjects.severity, subjects.class_index
    ref = references(male, subjects.bsa_m2)

    def ratio(name: str, reference: str) -> np.ndarray:
        return subjects.phenotypes[:, INDEX[name]] / ref[reference]

    edv, lvm, rvedv = ratio("LVEDV", "lvedv"), ratio("LVM", "lvm"), ratio("RVEDV", "rvedv")
    la, ra = ratio("LAV_max", "la"), ratio("RAV_max", "ra")
    e = dict(zip(_DRAWS, normals(key, "electrical", len(_DRAWS)).T, strict=True))
    fibrillation_u, left_u, right_u = uniforms(key, "conduction", 3).T
    fibrillates = fibrillation_u < 1 / (1 + np.exp(5 - 0.06 * (age - 60) - 1.5 * (la - 1)))
    dilated = (class_index == classes.DCM) | (subjects.failure_kind == classes.DILATED)
    left_block = left_u < np.where(dilated, 0.3, 0.01)
    right_block = ~left_block & (right_u < np.where(class_index == classes.PH, 0.2, 0.02))

    narrow_ms = 83 + 9 * male + 0.1 * (age - 64) + 12 * (lvm - 1) + 14 * (edv - 1) + 7 * e["qrs"]
    stretch = np.clip(narrow_ms, 62, 150) / 88
    qrs = _qrs(subjects, stretch, left_block, right_block, edv, rvedv, e["rv"])
    excitable = _excitable(subjects, edv)  # A_k n_k of the LV segments
    infarct = _with_apex(subjects.infarct)
    strain = np.clip(1.1 * (lvm - 1.25), 0, 1.6) + 0.7 * s * (class_index == classes.HCM)
    repolarising = 1 - 2.2 * infarct - strain[:, None] * LATERAL
    ejection = subjects.phenotypes[:, INDEX["LVEF"]]
    t_size = 0.30 * np.where(male, 1.25, 0.85) * np.exp(0.2 * e["t"] - 0.012 * (age - 64))
    t_size *= np.maximum(1 + 0.012 * (ejection - 60), 0.2)
    t_vector = 0.8 * (excitable * repolarising[..., None]).sum(axis=1) + np.array([0.10, 0.08, -0.06])
    t_vector += 0.45 * (s * (class_index == classes.PH))[:, None] * np.array([0.3, 0, 0.6])
    early = ((0.02 + 0.06 * male) * np.exp(0.35 * e["st"]))[:, None] * np.array([0.3, 0.1, -0.9])
    injury = 0.03 * e["injury"][:, None] * (infarct[..., None] * SEGMENT_NORMALS).sum(axis=1)

    pr_ms = 155 + 0.7 * (age - 60) + 13 * e["pr"] + 15 * (class_index == classes.RCM)
    right_ms = pr_ms - 35
    left_ms = pr_ms - 60 - 0.2 * (age - 64) - 12 * (la - 1) - 7 * e["la_time"]
    p_size = 0.085 * np.stack([ra**0.6 * np.exp(0.3 * e["p_right"]), la**0.5 * np.exp(0.3 * e["p_left"])], axis=1)
    p_directions = np.stack([unit(0.25, 0.75, -0.45), unit(0.75, 0.25, 0.55)])
    qt_ms = 395 * (60 / subjects.heart_rate_bpm) ** 0.33 + 8 * ~male + 24 * (lvm - 1) + 14 * e["qt"]
    sdnn_ms = 35 * np.exp(0.4 * e["sdnn"] - 0.015 * (age - 60)) * np.where(class_index == classes.HF, 0.6, 1.0)
    return Electrical(
        pr_ms=pr_ms,
        qrs_ms=narrow_ms + 40 * left_block + 32 * right_block,
        qt_ms=np.clip(qt_ms, 290, 560) + 35 * left_block,
        sdnn_ms=sdnn_ms,
        atrial_fibrillation=fibrillates,
        left_block=left_block,
        right_block=right_block,
        **qrs,
        p_amplitude=np.where(fibrillates, 0.0, 1.0)[:, None, None] * p_size[..., None] * p_directions,
        p_time_ms=-np.stack([right_ms, np.maximum(left_ms, 45)], axis=1),
        p_width_ms=np.stack([np.full_like(la, 14), np.clip(15 + 4 * (la - 1), 10, 30)], axis=1),
        t_vector=t_size[:, None] * t_vector,
        st_vector=early + injury,
        lead_matrix=_lead_matrix(subjects, subjects.key if electrode_keys is None else electrode_keys),
    )


_DRAWS = ("qrs", "rv", "t", "st", "injury", "pr", "la_time", "p_right", "p_left", "qt", "sdnn")


def _with_apex(segments: np.ndarray) -> np.ndarray:
    """Segments 1–16 [n, 16] and, as segment 17, the mean of the four apical ones."""
    return np.concatenate([segments, segments[:, 12:].mean(axis=1, keepdims=True)], axis=1)


def _excitable(subjects: Subjects, edv: np.ndarray) -> np.ndarray:
    """Dipole moments of the LV segments, mV: [n, 17, 3]."""
    thickness = _with_apex(subjects.phenotypes[:, WALL_THICKNESS])
    size = 0.42 * np.where(subjects.male, 1.08, 0.95) * edv**0.25
    # Amyloid or fibrous walls are thick without voltage.
    size *= np.where(subjects.class_index == classes.RCM, 0.80 - 0.25 * subjects.severity, 1.0)
    size = size[:, None] * (thickness / 5.6) ** 0.8 * _STRENGTH * (1 - 0.9 * _with_apex(subjects.infarct))
    size *= np.exp(0.12 * normals(subjects.key, "segment-voltage", 17))
    return size[..., None] * SEGMENT_NORMALS


def _qrs(
    subjects: Subjects, stretch: np.ndarray, left_block: np.ndarray, right_block: np.ndarray, edv: np.ndarray,
    rvedv: np.ndarray, rv_draw: np.ndarray,
) -> dict[str, np.ndarray]:  # fmt: skip
    late_left = left_block[:, None] & LATE_IN_LEFT_BLOCK
    time = (_ACTIVATION_MS + 2 * normals(subjects.key, "activation", 17)) * stretch[:, None] + 45 * late_left
    width = 7.5 * stretch[:, None] * np.where(late_left, 1.5, 1.0)
    rv_size = 0.16 * subjects.rv_wall_factor * rvedv**0.4 * np.exp(0.3 * rv_draw)
    rv = rv_size[:, None, None] * np.stack([unit(-0.8, 0.1, -0.55), 0.4 * unit(-0.5, -0.7, -0.3)])
    rv_time = np.array([30, 54]) * stretch[:, None] + 40 * right_block[:, None]
    return {
        "qrs_amplitude": np.concatenate([_excitable(subjects, edv), rv], axis=1),
        "qrs_time_ms": np.concatenate([time, rv_time], axis=1),
        "qrs_width_ms": np.concatenate([width, np.repeat(9 * stretch[:, None], 2, axis=1)], axis=1),
    }


def _lead_matrix(subjects: Subjects, electrode_keys: np.ndarray) -> np.ndarray:
    """How I, II, V1–V6 of each subject see the heart: [n, 8, 3]. Position, electrodes and gain are nuisances."""
    shift = subjects.shift
    count = len(subjects)
    turn = np.radians(9) * shift.nuisance_factor * normals(subjects.key, "heart-position", 3)
    # The frontal axis turns up with age and with body mass.
    turn[:, 2] -= np.radians(0.8 * (subjects.age_years - 64) + 1.2 * (subjects.bmi - 26))
    position = rotation(2, turn[:, 2]) @ rotation(1, turn[:, 1]) @ rotation(0, turn[:, 0])
    electrodes = DOWER + 0.06 * shift.nuisance_factor * normals(electrode_keys, "electrodes", 8, 3)
    # A chest electrode one rib too high looks from above: what was anterior gains a superior part.
    tilt = rotation(0, np.full(count, np.radians(-shift.chest_tilt_deg)))
    chest = electrodes[:, 2:] @ tilt.transpose(0, 2, 1)
    electrodes = np.concatenate([electrodes[:, :2], chest], axis=1)
    gain = (subjects.bmi / 26) ** -0.5 * np.exp(0.2 * shift.nuisance_factor * normals(subjects.key, "gain", 1)[:, 0])
    return shift.gain_factor * gain[:, None, None] * (electrodes @ position)

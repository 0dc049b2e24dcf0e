"""Geometry of the ECG: where the wall segments point in the chest, and how the leads see them.

Frame: x to the left, y to the feet, z to the back. Lead matrix: Dower, Machado and Osborne, Clin Cardiol 1980;3:87–95.
"""

from __future__ import annotations

import numpy as np

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")


def unit(*vector: float) -> np.ndarray:
    return np.asarray(vector, dtype=float) / np.linalg.norm(vector)


def _segment_normals() -> np.ndarray:
    axis = unit(0.72, 0.42, -0.55)
    anterior = np.array([0.35, -0.85, -0.4])
    anterior = unit(*(anterior - anterior @ axis * axis))
    septal = np.cross(axis, anterior)
    septal *= np.sign(septal @ np.array([-1, 0, -0.5]))
    sextants, quarters = np.radians(np.arange(6) * 60), np.radians(np.arange(4) * 90)
    around = np.concatenate([sextants, sextants, quarters])
    tilt = np.radians([-10] * 6 + [5] * 6 + [35] * 4)
    ring = np.cos(around)[:, None] * anterior + np.sin(around)[:, None] * septal
    normals = np.cos(tilt)[:, None] * ring + np.sin(tilt)[:, None] * axis
    return np.vstack([normals, axis])


# Outward normals of AHA segments 1–16 and of the apex (17): [17, 3].
SEGMENT_NORMALS = _segment_normals()
LATERAL = np.isin(np.arange(1, 18), (5, 6, 11, 12, 16))
LATE_IN_LEFT_BLOCK = LATERAL | (np.arange(1, 18) >= 13)

# Rows I, II, V1–V6 against (x, y, z): the eight leads that are measured; the other four follow from I and II.
DOWER = np.array(
    [
        [0.632, -0.235, 0.059],
        [0.235, 1.066, -0.132],
        [-0.515, 0.157, -0.917],
        [0.044, 0.164, -1.387],
        [0.882, 0.098, -1.277],
        [1.213, 0.127, -0.601],
        [1.125, 0.127, -0.086],
        [0.831, 0.076, 0.230],
    ]
)


def rotation(axis: int, radians: np.ndarray) -> np.ndarray:
    """Right-handed rotations about x, y or z (axis 0, 1, 2) by `radians` [n]: [n, 3, 3]."""
    cosine, sine = np.cos(radians), np.sin(radians)
    matrix = np.zeros((len(radians), 3, 3))
    one, two = (axis + 1) % 3, (axis + 2) % 3
    matrix[:, axis, axis] = 1
    matrix[:, one, one] = matrix[:, two, two] = cosine
    matrix[:, one, two], matrix[:, two, one] = -sine, sine
    return matrix


def twelve_leads(measured: np.ndarray) -> np.ndarray:
    """I, II, V1–V6 [n, 8, samples] to the 12 leads [n, 12, samples] by Einthoven's and Goldberger's laws."""
    one, two = measured[:, 0], measured[:, 1]
    limbs = np.stack([one, two, two - one, -(one + two) / 2, one - two / 2, two - one / 2], axis=1)
    return np.concatenate([limbs, measured[:, 2:]], axis=1)

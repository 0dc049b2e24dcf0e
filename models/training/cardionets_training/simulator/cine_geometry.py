"""Contours of the four chambers in the 4-chamber view, frame by frame, in the frame of the left ventricle (mm).

First axis p: from the mitral plane at end-diastole (0) to the LV apex; second axis q: from the septum (negative) to the
lateral wall. Volumes are those of the phenotypes: V = πL∫h² for the LV and the atria, V = 0.9·A·L for the RV.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import classes
from .cine_motion import FRAMES, PHASE, Motion
from .phenotype_table import RADIAL, WALL_THICKNESS
from .streams import uniforms
from .subjects import Subjects

# Sampling from base to apex, dense where the contour turns round the apex.
S = 1 - (1 - np.linspace(0, 1, 64)) ** 2.2
_WIDTH = np.where(S < 0.30, 1 - 0.30 * ((0.30 - S) / 0.30) ** 2, (1 - np.clip((S - 0.30) / 0.70, 0, 1) ** 2.3) ** (1 / 2.1))
_TRICUSPID_MM = 23.0  # annulus of a normal right ventricle, less what grows with it
_LEVELS = (0.17, 0.5, 0.83)
_SEPTAL, _LATERAL = ((2, 3), (8, 9), (14,)), ((5, 6), (11, 12), (16,))


@dataclass(frozen=True)
class Contour:
    """A closed star-shaped curve per frame: points [50, k, 2] seen from centre [50, 2]."""

    points: np.ndarray
    centre: np.ndarray


@dataclass(frozen=True)
class Geometry:
    """Contours of one subject. mitral and tricuspid: hinges [50, 2 ends, 2], septal end first.

    The RV is `rv_hull` without the LV; `rv_wall_mm` its wall. septal and lateral: endocardium [50, 64, 2].
    """

    lv: Contour
    lv_outer: Contour
    rv_hull: Contour
    la: Contour
    ra: Contour
    mitral: np.ndarray
    tricuspid: np.ndarray
    septal: np.ndarray
    lateral: np.ndarray
    rv_wall_mm: float


def geometry_of(subjects: Subjects, row: int, motion: Motion) -> Geometry:
    draw = uniforms(subjects.key[row : row + 1], "cine-shape", 10)[0]
    septal, lateral = _endocardium(subjects, row, motion)
    septal_outer, lateral_outer = _epicardium(subjects, row, motion, septal, lateral)
    middle = 0.5 * (septal[:, :1].mean(axis=1) + lateral[:, :1].mean(axis=1))
    centre = np.stack([0.45 * middle[:, 0] + 0.55 * motion.lv_length_mm, np.zeros(FRAMES)], axis=1)
    rv_hull, tricuspid = _right_ventricle(subjects, row, motion, septal_outer, draw)
    mitral = np.stack([septal[:, 0], lateral[:, 0]], axis=1)
    la = _atrium(mitral, motion.la_ml, 1.05 + 0.03 * draw[3], np.radians(-8 + 10 * draw[4]), motion.contraction)
    ra = _atrium(tricuspid[:, ::-1], motion.ra_ml, 1.02 + 0.06 * draw[5], np.radians(9 + 10 * draw[6]), motion.contraction)
    return Geometry(
        lv=Contour(np.concatenate([septal, lateral[:, ::-1]], axis=1), centre),
        lv_outer=Contour(np.concatenate([septal_outer, lateral_outer[:, ::-1]], axis=1), centre),
        rv_hull=rv_hull,
        la=la,
        ra=ra,
        mitral=mitral,
        tricuspid=tricuspid,
        septal=septal,
        lateral=lateral,
        rv_wall_mm=3 * subjects.rv_wall_factor[row],
    )


def _along(values: np.ndarray, groups: tuple[tuple[int, ...], ...]) -> np.ndarray:
    """Segment values [16] of one wall blended smoothly from base to apex: [64]."""
    levels = [values[np.array(group) - 1].mean() for group in groups]
    position = np.interp(S, _LEVELS, (0.0, 1.0, 2.0))
    part = position - np.floor(position)
    return np.interp(np.floor(position) + part * part * (3 - 2 * part), (0.0, 1.0, 2.0), levels)


def _endocardium(subjects: Subjects, row: int, motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Septal and lateral endocardium [50, 64, 2]; the half-width shrinks until the volume is that of the curve."""
    length = motion.lv_length_mm
    width, ds = _WIDTH, np.gradient(S)
    largest = np.sqrt(motion.lv_ml.max() * 1000 / (np.pi * length * (width**2 * ds).sum()))
    infarct = subjects.infarct[row]
    base = 0.5 + 0.5 * np.minimum(S / 0.25, 1)
    inward = []
    mobility = 1 - 0.85 * infarct
    for groups in (_SEPTAL, _LATERAL):
        inward.append(base * _along(mobility, groups) / mobility.mean())
    mean = 0.5 * (inward[0] + inward[1])
    a, b, c = ((width**2 * m * ds).sum() for m in (np.ones_like(S), mean, mean**2))
    now = length - motion.descent_mm
    target = motion.lv_ml * 1000 / (np.pi * now)
    shrink = (largest * b - np.sqrt(np.maximum((largest * b) ** 2 - c * (largest**2 * a - target), 0))) / c
    pressed = 0.6 * subjects.severity[row] * (subjects.class_index[row] == classes.PH) * _early(0.45)
    halves = []
    for share, inner in ((0.92, inward[0]), (1.08, inward[1])):
        halves.append(share * np.maximum(largest - shrink[:, None] * inner, 0.12 * largest) * width)
    # A pressed right ventricle flattens the septum towards its chord; the LV keeps its volume.
    chord = halves[0][:, :1] * (1 - S) ** 0.5
    halves[0] += pressed[:, None] * (np.minimum(chord, halves[0]) - halves[0])
    held = (np.square(0.5 * (halves[0] + halves[1])) * ds).sum(axis=1)
    walls = []
    for sign, half, drop in ((-1, halves[0], 0.88), (1, halves[1], 1.12)):
        start = drop * motion.descent_mm[:, None]
        kept = half * np.sqrt(target / held)[:, None]
        walls.append(np.stack([start + S * (length - start), sign * kept], axis=2))
    return walls[0], walls[1]


def _early(end: float) -> np.ndarray:
    """1 in systole, falling smoothly to 0 after phase `end`, and back to 1 before the next beat."""
    return 1 / (1 + np.exp((PHASE - end) / 0.03)) + 1 / (1 + np.exp((0.97 - PHASE) / 0.03))


def _epicardium(
    subjects: Subjects, row: int, motion: Motion, septal: np.ndarray, lateral: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    thickness, radial = subjects.phenotypes[row, WALL_THICKNESS], subjects.phenotypes[row, RADIAL]
    taper = (0.55 + 0.45 * np.minimum(S / 0.2, 1)) * (1 - 0.35 * np.clip((S - 0.8) / 0.2, 0, 1))
    cap = 0.7 * thickness[12:].mean()
    outers = []
    for wall, groups, sign in ((septal, _SEPTAL, -1), (lateral, _LATERAL, 1)):
        still = _along(thickness, groups) * taper
        still = still + (cap - still) * np.clip((S - 0.8) / 0.2, 0, 1) ** 2
        thickening = 1 + np.maximum(_along(radial, groups), 0) / 100 * motion.contraction[:, None]
        tangent = np.gradient(wall, axis=1)
        normal = np.stack([-tangent[..., 1], tangent[..., 0]], axis=2) * sign
        normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
        normal[:, -1] = (1, 0)
        outers.append(wall + (still * thickening)[..., None] * normal)
    return outers[0], outers[1]


def _right_ventricle(
    subjects: Subjects, row: int, motion: Motion, septal_outer: np.ndarray, draw: np.ndarray
) -> tuple[Contour, np.ndarray]:
    length = motion.lv_length_mm
    # A dilated right ventricle takes part in the apex.
    apex = (0.86 + 0.06 * draw[0] + 0.07 * np.clip(motion.rv_ml[0] / motion.lv_ml[0] - 1.2, 0, 1)) * length
    hinge_p = septal_outer[:, 0, 0] + 3 + 5 * draw[1]
    lateral_p = hinge_p[0] + 1 + 7 * draw[2] + motion.tricuspid_mm
    x = np.linspace(0, 1, 64) ** 1.6  # dense where the wall leaves the annulus
    rise = np.sqrt(1 - (1 - np.minimum(x / 0.5, 1)) ** 2)
    rv_length = apex - 0.5 * (hinge_p + lateral_p)
    neck = np.full((FRAMES, 1), 0.80)
    for _ in range(4):  # a large ventricle bulges beside its annulus, which itself stretches little
        h = (1 - x**1.7) ** 0.9 * (neck + (1 - neck) * rise)
        width = motion.rv_ml * 1000 / (0.90 * rv_length**2 * np.trapezoid(h, x, axis=1))
        neck = np.minimum(0.80, (_TRICUSPID_MM + 0.36 * width) / width)[:, None]
    along_septum = hinge_p[:, None] + x * (apex - hinge_p[:, None])
    along_wall = lateral_p[:, None] + x * (apex - lateral_p[:, None])
    septum = np.stack([np.interp(along_septum[f], septal_outer[f, :, 0], septal_outer[f, :, 1]) for f in range(FRAMES)])
    chord = septum[:, :1] + x * (septum[:, -1:] - septum[:, :1])
    free = np.stack([along_wall, 0.5 * (septum + chord) - width[:, None] * h], axis=2)
    # The hull reaches a little into the septum; the LV is cut out of it later, so that the two always touch.
    inside = np.stack([along_septum, chord + 1.5], axis=2)
    hinge = np.stack([hinge_p, septum[:, 0]], axis=1)
    points = np.concatenate([free, inside[:, ::-1]], axis=1)
    third = int(np.searchsorted(x, 0.33))
    centre = 0.5 * (free[:, third] + inside[:, third])
    return Contour(points, centre), np.stack([hinge, free[:, 0]], axis=1)


def _atrium(hinges: np.ndarray, volume_ml: np.ndarray, aspect: float, tilt: float, contraction: np.ndarray) -> Contour:
    """An atrium behind its valve. The roof stands still; the valve plane moves, and the width follows the volume."""
    middle = hinges.mean(axis=1)
    across = hinges[:, 1] - hinges[:, 0]
    annulus = 0.5 * np.linalg.norm(across, axis=1)
    across /= 2 * annulus[:, None]
    direction = np.array([-np.cos(tilt), -np.sin(tilt)])
    full = int(np.argmax(contraction))
    length_full = aspect * np.cbrt(6 * volume_ml.max() * 1000 / (np.pi * aspect))
    roof = middle[full] + length_full * direction
    axis = roof - middle
    length = np.linalg.norm(axis, axis=1)
    axis /= length[:, None]
    y = 0.5 * (1 - np.cos(np.linspace(0, np.pi, 48)))
    dy = np.gradient(y)
    body = np.maximum(1 - np.abs(2 * y - 1) ** 2.4, 0) ** (1 / 2.4)
    neck = annulus[:, None] * np.maximum(1 - y / 0.6, 0)
    half = np.sqrt(volume_ml * 1000 / (np.pi * length * (body**2 * dy).sum()))
    for _ in range(8):
        shape = ((half[:, None] * body) ** 4 + neck**4) ** 0.25
        half *= np.sqrt(volume_ml * 1000 / (np.pi * length * (shape**2 * dy).sum(axis=1)))
    shape = ((half[:, None] * body) ** 4 + neck**4) ** 0.25
    normal = np.stack([-axis[:, 1], axis[:, 0]], axis=1)
    normal *= np.sign((normal * across).sum(axis=1, keepdims=True))
    blend = np.clip(y / 0.4, 0, 1)[None, :, None]
    sideways = (1 - blend) * across[:, None] + blend * normal[:, None]
    spine = middle[:, None] + (y * length[:, None])[..., None] * axis[:, None]
    one, two = spine - shape[..., None] * sideways, spine + shape[..., None] * sideways
    return Contour(np.concatenate([one, two[:, ::-1]], axis=1), middle + 0.5 * length[:, None] * axis)

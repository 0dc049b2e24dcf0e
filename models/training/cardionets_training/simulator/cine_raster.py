"""Signed distances of star-shaped contours on the pixel grid, all frames at once, from polar radius tables."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from .cine_geometry import Contour

_BINS = 1024
FAR_MM = np.float32(60.0)


def polar_tables(contour: Contour, rounding_deg: float) -> tuple[np.ndarray, np.ndarray]:
    """Radius and obliquity (cosine between radius and normal, at least 0.35) by angle: float32 [frames, 1024] each."""
    offset = contour.points - contour.centre[:, None]
    angle = np.arctan2(offset[..., 1], offset[..., 0])
    radius = np.hypot(offset[..., 0], offset[..., 1])
    order = np.argsort(angle, axis=1)
    order = np.concatenate([order[:, -1:], order, order[:, :1]], axis=1)
    angle, radius = np.take_along_axis(angle, order, axis=1), np.take_along_axis(radius, order, axis=1)
    angle[:, 0] -= 2 * np.pi
    angle[:, -1] += 2 * np.pi
    bins = (np.arange(_BINS) + 0.5) * (2 * np.pi / _BINS) - np.pi
    table = np.stack([np.interp(bins, angle[frame], radius[frame]) for frame in range(len(angle))])
    table = gaussian_filter1d(table, rounding_deg * _BINS / 360, axis=1, mode="wrap")
    slope = (np.roll(table, -2, axis=1) - np.roll(table, 2, axis=1)) / (8 * np.pi / _BINS)
    cosine = table / np.hypot(table, slope)
    return table.astype(np.float32), np.maximum(cosine, 0.35).astype(np.float32)


def signed_distance(
    contour: Contour, p: np.ndarray, q: np.ndarray, margin_mm: float, rounding_deg: float = 1.8
) -> np.ndarray:
    """Distance (mm, negative inside) of pixels at (p, q), float32 [pixels]: float32 [frames, pixels].

    Exact to the obliquity of the contour near its edge; pixels farther outside than `margin_mm` get FAR_MM.
    `rounding_deg` (SD, seen from the centre) rounds the corners where a wall meets its annulus.
    """
    table, cosine = polar_tables(contour, rounding_deg)
    centre = contour.centre.astype(np.float32)
    middle = centre.mean(axis=0)
    reach = table.max() + np.abs(centre - middle).max() + margin_mm
    near = np.flatnonzero(np.hypot(p - middle[0], q - middle[1]) < reach)
    dp = p[near] - centre[:, :1]
    dq = q[near] - centre[:, 1:]
    turn = np.arctan2(dq, dp)
    turn += np.float32(np.pi)
    turn *= np.float32(_BINS / (2 * np.pi))
    index = turn.astype(np.int32)
    np.minimum(index, _BINS - 1, out=index)
    index += (np.arange(len(centre), dtype=np.int32) * _BINS)[:, None]
    distance = np.sqrt(dp * dp + dq * dq)
    distance -= table.ravel()[index]
    distance *= cosine.ravel()[index]
    result = np.full((len(centre), len(p)), FAR_MM, dtype=np.float32)
    result[:, near] = distance
    return result


def coverage(distance: np.ndarray, edge_mm: float = 1.2) -> np.ndarray:
    """Share of a pixel inside, by a logistic edge of 10–90 % width about 1.8 × `edge_mm`."""
    scaled = np.clip(distance * np.float32(2.44 / edge_mm), -30, 30)
    return 1 / (1 + np.exp(scaled))


def smooth_minimum(first: np.ndarray, second: np.ndarray, width_mm: float) -> np.ndarray:
    """Polynomial smooth minimum: fills the groove between two shapes over about `width_mm`."""
    mix = np.maximum(np.float32(width_mm) - np.abs(first - second), 0)
    return np.minimum(first, second) - mix * mix * np.float32(0.25 / width_mm)


def segment_distance(p: np.ndarray, q: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Distance of pixels [pixels] from the segments start→end [frames, 2]: [frames, pixels]."""
    along = end - start
    squared = np.maximum((along**2).sum(axis=1, keepdims=True), 1e-6)
    dp, dq = p - start[:, :1], q - start[:, 1:]
    share = np.clip((dp * along[:, :1] + dq * along[:, 1:]) / squared, 0, 1)
    return np.hypot(dp - share * along[:, :1], dq - share * along[:, 1:])

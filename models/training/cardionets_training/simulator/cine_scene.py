"""The heart in the image: pose, chamber and wall distances on the pixel grid, leaflets, papillaries and fat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from .cine_geometry import Geometry, S
from .cine_motion import FRAMES, Motion
from .cine_raster import FAR_MM, segment_distance, signed_distance, smooth_minimum

SIZE = 96
PIXEL_MM = 2.0
_LA_WALL_MM, _RA_WALL_MM = 2.0, 2.0


@dataclass(frozen=True)
class Pose:
    """Where the LV frame lies: image point (x right, y down, mm from the centre) of its origin, and its axes."""

    origin: np.ndarray
    apex: np.ndarray
    lateral: np.ndarray

    def to_image(self, points: np.ndarray) -> np.ndarray:
        """LV-frame points [..., 2] to image millimetres [..., 2]."""
        return self.origin + points[..., :1] * self.apex + points[..., 1:] * self.lateral


@dataclass(frozen=True)
class Scene:
    """Signed distances in mm, float32 [50, 96·96], negative inside.

    lv, rv, la, ra: blood; lv_wall, rv_wall, atrial_wall: outer surface of the walls; fat: outer surface of the fat;
    leaflets, muscles: distance from valve leaflets and from papillary muscles (0 at their middle); apical [96·96] share
    of the LV length; outline_mm: image points of the whole heart over the cycle [k, 2]
    """

    lv: np.ndarray
    rv: np.ndarray
    la: np.ndarray
    ra: np.ndarray
    lv_wall: np.ndarray
    rv_wall: np.ndarray
    atrial_wall: np.ndarray
    fat: np.ndarray
    leaflets: np.ndarray
    muscles: np.ndarray
    apical: np.ndarray
    outline_mm: np.ndarray
    pose: Pose


def random_field(random: np.random.Generator, width_px: float) -> np.ndarray:
    """A smooth periodic Gaussian field of unit variance: float32 [96, 96]."""
    field = gaussian_filter(random.standard_normal((SIZE, SIZE), dtype=np.float32), width_px, mode="wrap", truncate=3)
    field -= field.mean()
    return field / field.std()


def pixel_grid() -> tuple[np.ndarray, np.ndarray]:
    """x and y of the pixel centres in mm from the image centre: float32 [96, 96] each."""
    line = (np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2) * PIXEL_MM
    return np.broadcast_to(line[None], (SIZE, SIZE)), np.broadcast_to(line[:, None], (SIZE, SIZE))


def pose_of(geometry: Geometry, motion: Motion, random: np.random.Generator) -> Pose:
    """Apex to the upper right, and the box around the whole heart in the middle of the image, as a crop does."""
    alpha = np.radians(50 + np.clip(4 * random.standard_normal(), -8, 8))
    apex, lateral = np.array([np.cos(alpha), -np.sin(alpha)]), np.array([np.sin(alpha), np.cos(alpha)])
    unplaced = Pose(np.zeros(2), apex, lateral)
    outline = unplaced.to_image(_outline(geometry, motion))
    jitter = PIXEL_MM * random.uniform(-1, 1, 2)
    return Pose(jitter - 0.5 * (outline.min(axis=0) + outline.max(axis=0)), apex, lateral)


def scene_of(geometry: Geometry, motion: Motion, random: np.random.Generator) -> Scene:
    pose = pose_of(geometry, motion, random)
    x, y = pixel_grid()
    dx = x + 1.6 * random_field(random, 14) - pose.origin[0]
    dy = y + 1.6 * random_field(random, 14) - pose.origin[1]
    p = (dx * pose.apex[0] + dy * pose.apex[1]).ravel().astype(np.float32)
    q = (dx * pose.lateral[0] + dy * pose.lateral[1]).ravel().astype(np.float32)

    lv_wall = signed_distance(geometry.lv_outer, p, q, 16, rounding_deg=4.5)
    lv = signed_distance(geometry.lv, p, q, 8)
    hull = signed_distance(geometry.rv_hull, p, q, 20)
    rv = np.maximum(hull, -lv_wall)
    la = signed_distance(geometry.la, p, q, 16)
    ra = np.maximum(signed_distance(geometry.ra, p, q, 16), 3 - la)
    ra = np.maximum(ra, 2 - lv_wall)
    rv_wall = hull - np.float32(geometry.rv_wall_mm)
    atrial_wall = np.minimum(la - np.float32(_LA_WALL_MM), ra - np.float32(_RA_WALL_MM))
    fat = _fat(geometry, random, p, q, lv_wall, rv_wall, atrial_wall)
    return Scene(
        lv=lv,
        rv=rv,
        la=la,
        ra=ra,
        lv_wall=lv_wall,
        rv_wall=rv_wall,
        atrial_wall=atrial_wall,
        fat=fat,
        leaflets=_leaflets(geometry, motion, p, q),
        muscles=_muscles(geometry, random, p, q),
        apical=p / np.float32(motion.lv_length_mm),
        outline_mm=pose.to_image(_outline(geometry, motion)),
        pose=pose,
    )


def _outline(geometry: Geometry, motion: Motion) -> np.ndarray:
    """Ventricles at end-diastole with walls, atria at end-systole: points [k, 2] of the LV frame."""
    full = int(np.argmax(motion.contraction))
    grown = []
    for contour, frame, wall in (
        (geometry.rv_hull, 0, geometry.rv_wall_mm), (geometry.la, full, _LA_WALL_MM), (geometry.ra, full, _RA_WALL_MM)
    ):  # fmt: skip
        outward = contour.points[frame] - contour.centre[frame]
        grown.append(contour.points[frame] + wall * outward / np.linalg.norm(outward, axis=1, keepdims=True))
    return np.concatenate([geometry.lv_outer.points[0], *grown])


def _leaflets(geometry: Geometry, motion: Motion, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Distance from the four leaflets: they meet in the plane of the annulus and swing into the ventricle."""
    result = np.full((FRAMES, len(p)), FAR_MM, dtype=np.float32)
    for hinges, shares, ventricle in ((geometry.mitral, (0.62, 0.48), 1.0), (geometry.tricuspid, (0.5, 0.6), 1.0)):
        across = hinges[:, 1] - hinges[:, 0]
        inwards = np.stack([-across[:, 1], across[:, 0]], axis=1)
        inwards *= np.sign(inwards[:, :1]) * ventricle
        middle = hinges.mean(axis=1).mean(axis=0)
        reach = np.abs(across).max() * 0.9 + 14
        near = np.flatnonzero(np.hypot(p - middle[0], q - middle[1]) < reach)
        for end, share in enumerate(shares):
            towards = across if end == 0 else -across
            swing = np.radians(8 + 60 * motion.opening)[:, None]
            tip = hinges[:, end] + share * (np.cos(swing) * towards + np.sin(swing) * inwards)
            start = hinges[:, end].astype(np.float32)
            distance = segment_distance(p[near], q[near], start, tip.astype(np.float32))
            result[:, near] = np.minimum(result[:, near], distance)
    return result


def _muscles(geometry: Geometry, random: np.random.Generator, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Signed distance of two papillary muscles along the lateral wall and of the moderator band of the RV.

    They are ragged chains of short rods that move with the walls they grow from.
    """
    result = np.full((FRAMES, len(p)), FAR_MM, dtype=np.float32)
    for first, last in ((0.30, 0.56), (0.46, 0.74)):
        first, last = first + random.uniform(-0.05, 0.07), last + random.uniform(-0.06, 0.04)
        depth, tilt = random.uniform(0.52, 0.68), random.uniform(0.10, 0.30)
        along = np.linspace(first, last, 4) + random.uniform(-0.03, 0.03, 4)
        inwards = depth + tilt * np.linspace(0, 1, 4) ** 1.5 + random.uniform(-0.04, 0.04, 4)
        index = np.clip(np.searchsorted(S, along), 0, len(S) - 2)
        nodes = geometry.lateral[:, index] * np.stack([np.ones(4), inwards], axis=1)
        radii = np.array([0.5, 1.0, 1.5, 1.8]) * random.uniform(0.6, 1.15, 4) * random.uniform(0.8, 1.25)
        _chain(result, nodes, radii, p, q)
    if random.uniform() < 0.7:
        from_septum, to_wall = random.uniform(0.48, 0.62), random.uniform(0.58, 0.74)
        half = geometry.rv_hull.points.shape[1] // 2
        wall = geometry.rv_hull.points[:, int(to_wall ** (1 / 1.6) * half)]
        septum = geometry.rv_hull.points[:, -1 - int(from_septum ** (1 / 1.6) * half)]
        middle = 0.5 * (wall + septum) + random.uniform(-3, 3, 2)
        _chain(result, np.stack([septum, middle, wall], axis=1), random.uniform(0.3, 0.8, 3), p, q)
    return result


def _chain(result: np.ndarray, nodes: np.ndarray, radii: np.ndarray, p: np.ndarray, q: np.ndarray) -> None:
    """Lower `result` to the distance from rods through nodes [50, k, 2] of given radii [k]."""
    middle = nodes.mean(axis=(0, 1))
    reach = np.hypot(*(nodes - middle).reshape(-1, 2).T).max() + 8
    near = np.flatnonzero(np.hypot(p - middle[0], q - middle[1]) < reach)
    nodes = nodes.astype(np.float32)
    for rod in range(len(radii) - 1):
        distance = segment_distance(p[near], q[near], nodes[:, rod], nodes[:, rod + 1])
        distance -= np.float32(0.5 * (radii[rod] + radii[rod + 1]))
        result[:, near] = np.minimum(result[:, near], distance)


def _fat(
    geometry: Geometry, random: np.random.Generator, p: np.ndarray, q: np.ndarray, lv_wall: np.ndarray,
    rv_wall: np.ndarray, atrial_wall: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Outer surface of the fat: it fills the grooves, covers the right ventricle in patches, the left one hardly."""
    hull = smooth_minimum(smooth_minimum(lv_wall, rv_wall, 4), atrial_wall, 4)
    amount = random_field(random, 7).ravel()
    anterior = 1 / (1 + np.exp((q + 14) / 6)) * (p > -5)
    thickness = (0.3 + 0.5 * amount) * (1 - anterior) * 0.6 + anterior * np.clip(1.4 + 1.4 * amount, -1.0, 4)
    fat = hull - np.clip(thickness, -1.2, 4).astype(np.float32)
    for hinges, low, high, side in ((geometry.mitral, 3.5, 6.5, 1), (geometry.tricuspid, 4.0, 8.0, -1)):
        radius, outwards = random.uniform(low, high), random.uniform(3, 6)
        place = (hinges[:, 1] + np.array([-2.0, side * outwards])).astype(np.float32)
        disc = np.hypot(p - place[:, :1], q - place[:, 1:]) - np.float32(radius)
        fat = smooth_minimum(fat, disc, 3)
    return fat

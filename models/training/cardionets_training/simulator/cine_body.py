"""What surrounds the heart: lung, chest wall, mediastinum, spine, descending aorta and liver, in bSSFP contrast."""

from __future__ import annotations

import numpy as np

from .cine_motion import FRAMES
from .cine_raster import coverage
from .cine_scene import SIZE, Scene, pixel_grid, random_field

# Signal of balanced steady-state imaging at 80°, ∝ sin α / (1 + cos α + (1 − cos α)·T1/T2), fat clipped to 1.
BLOOD, MYOCARDIUM, FAT, LIVER, MUSCLE, LUNG, SPINE, MEDIASTINUM = 0.80, 0.27, 1.0, 0.43, 0.23, 0.03, 0.45, 0.30
_OUTWARDS = np.array([-0.42, -0.91]) / np.hypot(0.42, 0.91)  # from the heart to the anterior chest wall


def body_of(
    scene: Scene, geometry_la: np.ndarray, aorta_radius_mm: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Everything behind the heart: float32 [50, 96, 96]. `geometry_la` [k, 2]: left atrium at its largest (image mm),
    aorta_radius_mm [50]."""
    x, y = pixel_grid()
    mottle, coarse = random_field(random, 1.3), random_field(random, 5)
    image = np.full((SIZE, SIZE), LUNG, dtype=np.float32) + 0.012 * np.maximum(coarse, 0)
    for _ in range(random.integers(2, 6)):  # vessels of the lung
        place, size = random.uniform(-90, 90, 2), random.uniform(0.8, 2.0)
        image = _lay(image, np.hypot(x - place[0], y - place[1]) - size, random.uniform(0.1, 0.35))

    bottom = geometry_la[geometry_la[:, 1].argmax()]
    spine = np.array([geometry_la[:, 0].mean() + random.uniform(-16, -4), bottom[1] + 21 + random.uniform(0, 7)])
    aorta = spine + np.array([random.uniform(22, 32), random.uniform(-18, -8)])
    clear = aorta_radius_mm.max() + 4
    closest = np.hypot(*(geometry_la - aorta).T).min()
    while closest < clear:
        aorta = aorta + np.array([0.5, 1.5])
        closest = np.hypot(*(geometry_la - aorta).T).min()
    soft = np.hypot((x - 0.5 * (spine[0] + geometry_la[:, 0].mean())) / 1.25, y - spine[1] + 12) - 26 + 3 * coarse
    image = _lay(image, soft, MEDIASTINUM * (0.55 + 0.25 * mottle + 0.2 * coarse))
    image = _lay(image, np.hypot(x - spine[0], y - spine[1]) - 19 + coarse, SPINE * (0.75 + 0.16 * mottle + 0.12 * coarse))
    if random.uniform() < 0.6:
        heart_left, heart_low = scene.outline_mm[:, 0].min(), scene.outline_mm[:, 1].max()
        centre = np.array([heart_left - random.uniform(6, 30), heart_low + random.uniform(-14, 16)])
        radii = random.uniform(34, 52), random.uniform(26, 42)
        liver = (np.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1]) - 1) * min(radii) + 2.5 * coarse
        image = _lay(image, liver, LIVER * (1 + 0.06 * mottle + 0.05 * coarse))
    image = _chest_wall(image, scene, x, y, mottle, coarse, random)
    cine = np.repeat(image[None], FRAMES, axis=0)
    distance = np.hypot(x - aorta[0], y - aorta[1]).astype(np.float32)[None] - aorta_radius_mm[:, None, None]
    return _lay(_lay(cine, distance - 1.5, 0.25), distance, BLOOD * random.uniform(0.95, 1.1)).astype(np.float32)


def _chest_wall(
    image: np.ndarray, scene: Scene, x: np.ndarray, y: np.ndarray, mottle: np.ndarray, coarse: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    heart = (scene.outline_mm @ _OUTWARDS).max()
    across = x * _OUTWARDS[1] - y * _OUTWARDS[0]
    bow = random.uniform(0.0010, 0.0022) * (across - random.uniform(-15, 15)) ** 2
    depth = x * _OUTWARDS[0] + y * _OUTWARDS[1] + bow - heart - random.uniform(3, 9) + 1.2 * coarse
    muscle_mm = random.uniform(18, 30)
    image = _lay(image, -depth, np.maximum(MUSCLE * (0.8 + 0.3 * mottle + 0.2 * coarse), 0.02))
    ribs = random_field(random, 2.6)
    marrow = np.maximum(muscle_mm * 0.35 - np.abs(depth - muscle_mm * 0.55), 0) > 0
    image = image + 0.10 * marrow * np.maximum(ribs - 0.6, 0)
    return _lay(image, muscle_mm - depth + 1.5 * ribs, 0.85 * FAT * (1 + 0.06 * coarse + 0.04 * mottle))


def _lay(image: np.ndarray, distance: np.ndarray, level: np.ndarray | float) -> np.ndarray:
    share = coverage(distance.astype(np.float32))
    return image + share * (level - image)

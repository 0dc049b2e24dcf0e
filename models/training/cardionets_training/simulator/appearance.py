"""From distances to a bSSFP cine: tissue contrast, texture, coil, flow, point spread and Rician noise."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from .cine_body import BLOOD, FAT, MYOCARDIUM
from .cine_motion import FRAMES, Motion
from .cine_raster import coverage
from .cine_scene import SIZE, Scene, pixel_grid, random_field


def paint(scene: Scene, body: np.ndarray, motion: Motion, random: np.random.Generator) -> np.ndarray:
    """Noise-free magnitude before normalisation: float32 [50, 96, 96]."""
    flat = (FRAMES, SIZE * SIZE)
    image = body.reshape(flat)
    fine, medium, coarse = (random_field(random, width).ravel() for width in (1.0, 2.2, 6.0))
    fat_level = FAT * (0.92 + 0.06 * medium)
    image = _lay(image, scene.fat, fat_level)
    wall = np.minimum(np.minimum(scene.lv_wall, scene.rv_wall), scene.atrial_wall)
    image = _lay(image, wall, MYOCARDIUM * (1 + 0.10 * medium + 0.06 * fine))

    trabeculae = 0.22 * np.clip(0.4 + 0.8 * medium, 0, 1.6) * np.clip(1.6 * scene.apical - 0.25, 0, 1)
    slow = BLOOD * (1 + 0.06 * (0.5 * medium + 0.6 * coarse))
    ventricles = np.minimum(scene.lv, scene.rv)
    rough = 1 - trabeculae * np.exp(-np.maximum(-ventricles, 0) / 4.0)
    blood = np.minimum(ventricles, np.minimum(scene.la, scene.ra))
    flow = 1 - 0.15 * motion.inflow[:, None].astype(np.float32) * np.exp(-np.square(scene.leaflets / 9))
    image = _lay(image, blood, slow * rough * flow)
    muscle = coverage(scene.muscles, 1.4) * coverage(ventricles)
    image = image + 0.85 * muscle * (MYOCARDIUM * 1.15 - image)
    leaflet = np.exp(-np.square(scene.leaflets / 1.1)) * coverage(blood - 1.0)
    image = image + 0.55 * leaflet * (MYOCARDIUM * 1.3 - image)
    image = image.reshape(FRAMES, SIZE, SIZE) * _coil(random)
    for axis in (1, 2):
        image = gaussian_filter1d(image, 0.7, axis=axis, mode="nearest", truncate=3.5)
    return np.maximum(image, 0)


def normalise_pair(clean: np.ndarray, random: np.random.Generator, noise_factor: float) -> tuple[np.ndarray, np.ndarray]:
    """Noisy and noise-free cine [50, 96, 96] in [0, 1], both by minimum and 99.8 % quantile of the noisy one."""
    scale = np.float32(np.quantile(clean[::7], 0.998))
    sigma = np.float32(noise_factor * random.uniform(0.004, 0.012) * scale)
    noise = random.standard_normal((2, *clean.shape), dtype=np.float32) * sigma
    noisy = np.hypot(clean + noise[0], noise[1])
    low, high = noisy.min(), np.float32(np.quantile(noisy[::3], 0.998))
    return tuple(np.clip((image - low) / (high - low), 0, 1) for image in (noisy, clean))  # type: ignore[return-value]


def _coil(random: np.random.Generator) -> np.ndarray:
    """Sensitivity of the receiving coils: a linear fall of up to ±35 % in a random direction."""
    x, y = pixel_grid()
    angle, size = random.uniform(0, 2 * np.pi), random.uniform(0, 0.35)
    return (1 + size * (np.cos(angle) * x + np.sin(angle) * y) / 96).astype(np.float32)


def _lay(image: np.ndarray, distance: np.ndarray, level: np.ndarray | float) -> np.ndarray:
    return image + coverage(distance) * (level - image)

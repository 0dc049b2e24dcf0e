"""Render the 4-chamber cines of simulated subjects."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from .appearance import normalise_pair, paint
from .cine_body import body_of
from .cine_geometry import geometry_of
from .cine_motion import FRAMES, motion_of
from .cine_scene import SIZE, scene_of
from .phenotype_table import INDEX
from .streams import generator
from .subjects import Subjects


@dataclass(frozen=True)
class Cine:
    """noisy, clean: [50, 96, 96] in [0, 1] (float32) or 0–255 (uint8), frame 0 at the R wave; heart_mask bool [96, 96]:
    pixels that belong to the heart in any frame."""

    noisy: np.ndarray
    clean: np.ndarray
    heart_mask: np.ndarray


def render_cine(subjects: Subjects, row: int = 0) -> Cine:
    """The cine of one subject, float32. Pixels are 2 mm; the noise-free cine has the scale of the noisy one."""
    key = subjects.key[row]
    motion = motion_of(subjects, row)
    geometry = geometry_of(subjects, row, motion)
    scene = scene_of(geometry, motion, generator(key, "cine-pose"))
    full = int(np.argmax(motion.contraction))
    smallest, largest = (subjects.phenotypes[row, INDEX[f"DAo_{end}_area"]] for end in ("min", "max"))
    area = smallest + (largest - smallest) * np.sin(np.pi * np.minimum(np.arange(FRAMES) / FRAMES / 0.6, 1)) ** 2
    radius_mm = np.sqrt(area / np.pi).astype(np.float32)
    atrium = scene.pose.to_image(geometry.la.points[full])
    body = body_of(scene, atrium, radius_mm, generator(key, "cine-body"))
    clean = paint(scene, body, motion, generator(key, "cine-texture"))
    noisy, clean = normalise_pair(clean, generator(key, "cine-noise"), subjects.shift.noise_factor)
    outside = np.minimum(np.minimum(scene.lv_wall, scene.rv_wall), scene.atrial_wall).min(axis=0)
    return Cine(noisy, clean, (outside < 0).reshape(SIZE, SIZE))


def render_cines(
    subjects: Subjects, processes: int = 2, dtype: type = np.float32
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cines of all subjects: noisy and noise-free [n, 50, 96, 96] of `dtype` (float32 in [0, 1] or uint8 0–255), and
    heart masks bool [n, 96, 96]. For many subjects take `iterate_cines`: 0.5 MB a cine as uint8, 1.8 MB as float32."""
    shape = (len(subjects), FRAMES, SIZE, SIZE)
    noisy, clean = np.empty(shape, dtype), np.empty(shape, dtype)
    masks = np.empty((len(subjects), SIZE, SIZE), dtype=bool)
    for row, cine in enumerate(iterate_cines(subjects, processes, dtype)):
        noisy[row], clean[row], masks[row] = cine.noisy, cine.clean, cine.heart_mask
    return noisy, clean, masks


def iterate_cines(subjects: Subjects, processes: int = 2, dtype: type = np.float32) -> Iterator[Cine]:
    """Cines in the order of the subjects, rendered ahead by `processes` workers (1: in this process).

    Workers are spawned: a script that calls this needs the usual `if __name__ == "__main__"`.
    """
    if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.uint8)):
        raise ValueError(f"simulator/dtype: cines are float32 or uint8, not {np.dtype(dtype)}")
    parts = [subjects[start : start + _PART] for start in range(0, len(subjects), _PART)]
    if processes <= 1 or len(parts) <= 1:
        for part in parts:
            yield from _render_part(part, dtype)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = []
        for part in parts:
            waiting.append(pool.submit(_render_part, part, dtype))
            if len(waiting) > 2 * processes:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


_PART = 8


def _render_part(subjects: Subjects, dtype: type) -> list[Cine]:
    return [_as_type(render_cine(subjects, row), dtype) for row in range(len(subjects))]


def _as_type(cine: Cine, dtype: type) -> Cine:
    if np.dtype(dtype) == np.float32:
        return cine
    return Cine(*(np.round(image * 255).astype(np.uint8) for image in (cine.noisy, cine.clean)), cine.heart_mask)

"""One beat of each subject as a heart vector over time, sampled finely so that beats can start between samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ecg_parameters import Electrical

FINE_HZ = 2000
BEFORE_S = 0.35  # from the start of the window to the onset of the QRS: room for a P wave
_AFTER_S = 0.75


@dataclass(frozen=True)
class Waves:
    """normal and ectopic: float32 [n, 3, fine samples] in mV; peak_s [n]: largest vector after the QRS onset."""

    normal: np.ndarray
    ectopic: np.ndarray
    peak_s: np.ndarray


def beat_waves(electrical: Electrical) -> Waves:
    time_ms = (np.arange(int((BEFORE_S + _AFTER_S) * FINE_HZ)) / FINE_HZ - BEFORE_S) * 1000
    time_ms = time_ms.astype(np.float32)
    atria = _gaussians(time_ms, electrical.p_amplitude, electrical.p_time_ms, electrical.p_width_ms)
    ventricles = _gaussians(time_ms, electrical.qrs_amplitude, electrical.qrs_time_ms, electrical.qrs_width_ms)
    recovery = _recovery(time_ms, electrical)
    peak = np.square(ventricles).sum(axis=1).argmax(axis=1)
    normal = atria + ventricles + recovery
    return Waves(normal, _ectopic(time_ms, electrical), time_ms[peak].astype(np.float64) / 1000)


def _gaussians(time_ms: np.ndarray, amplitude: np.ndarray, centre_ms: np.ndarray, width_ms: np.ndarray) -> np.ndarray:
    distance = (time_ms - centre_ms.astype(np.float32)[..., None]) / width_ms.astype(np.float32)[..., None]
    bells = np.exp(-0.5 * np.square(distance))  # [n, sources, samples]
    return np.matmul(amplitude.astype(np.float32).transpose(0, 2, 1), bells)


def _recovery(time_ms: np.ndarray, electrical: Electrical) -> np.ndarray:
    """ST segment and T wave: slow rise, faster fall, end of T at QT."""
    top = (electrical.qt_ms - 95)[:, None]
    away = time_ms - top
    bell = np.exp(-0.5 * np.square(away / np.where(away < 0, 48, 32)))
    junction = electrical.qrs_ms[:, None] + 4
    plateau = 1 / (1 + np.exp(-(time_ms - junction) / 7)) / (1 + np.exp((time_ms - top) / 22))
    vector = electrical.t_vector[:, :, None] * bell[:, None] + electrical.st_vector[:, :, None] * plateau[:, None]
    return vector.astype(np.float32)


def _ectopic(time_ms: np.ndarray, electrical: Electrical) -> np.ndarray:
    """A ventricular ectopic: no P wave, activation from the wall outwards, slow, with a discordant T wave."""
    main = electrical.qrs_amplitude.sum(axis=1)
    size = np.linalg.norm(main, axis=1, keepdims=True)
    across = np.cross(main / size, np.array([0.3, -0.5, 0.8]))
    vectors = np.stack([0.75 * size * across, -0.55 * main], axis=1)
    centres = np.broadcast_to([55.0, 95.0], vectors.shape[:2])
    activation = _gaussians(time_ms, vectors, centres, np.broadcast_to([19.0, 22.0], vectors.shape[:2]))
    top = np.broadcast_to(electrical.qt_ms[:, None] - 70, (len(main), 1))
    recovery = _gaussians(time_ms, -0.35 * vectors.sum(axis=1, keepdims=True), top, np.full_like(top, 55))
    return activation + recovery

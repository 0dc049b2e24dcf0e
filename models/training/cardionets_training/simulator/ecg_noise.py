"""What a recorder adds to the heart: wander, mains, muscle, motion, and a lead that loses contact."""

from __future__ import annotations

import numpy as np

from .streams import generator, normals, uniforms

_RATE_HZ = 500


def add_noise(measured_mv: np.ndarray, keys: np.ndarray, factor: float) -> None:
    """Add noise to I, II, V1–V6 in place: float32 [n, 8, samples]. Independent of class and of anatomy."""
    count, leads, samples = measured_mv.shape
    time_s = np.arange(samples, dtype=np.float32) / _RATE_HZ
    _add_wander(measured_mv, keys, time_s, factor)
    _add_mains(measured_mv, keys, time_s, factor)
    muscle_mv = factor * 0.001 * (5 + 20 * uniforms(keys, "muscle", leads)).astype(np.float32)
    low, high = round(20 * samples / _RATE_HZ), round(150 * samples / _RATE_HZ)
    spectrum = np.zeros((leads, samples // 2 + 1), dtype=np.complex64)
    for row in range(count):
        white = generator(keys[row], "muscle-noise").standard_normal((leads, 2 * (high - low)), dtype=np.float32)
        spectrum[:, low:high] = white.view(np.complex64)
        hum = np.fft.irfft(spectrum, n=samples).astype(np.float32)
        # Variance of the inverse transform of unit complex normals in (high − low) bins.
        measured_mv[row] += hum * (muscle_mv[row] * samples / np.sqrt(4 * (high - low)))[:, None]
    _add_motion(measured_mv, keys, time_s, factor)


def drop_contact(measured_mv: np.ndarray, keys: np.ndarray) -> None:
    """In one subject of a hundred a chest electrode loses contact for 1 to 4 s: the lead is flat there."""
    draw = uniforms(keys, "lead-off", 4)
    samples = measured_mv.shape[2]
    for row in np.flatnonzero(draw[:, 0] < 0.01):
        length = int((1 + 3 * draw[row, 1]) * _RATE_HZ)
        start = int(draw[row, 2] * (samples - length))
        measured_mv[row, 2 + int(draw[row, 3] * 6), start : start + length] = 0


def _add_wander(measured_mv: np.ndarray, keys: np.ndarray, time_s: np.ndarray, factor: float) -> None:
    leads = measured_mv.shape[1]
    hertz = 0.05 + 0.45 * uniforms(keys, "wander-hz", 3)
    # The subject's wander is 0.02 to 0.2 mV, shared out over three sinusoids and the leads.
    size = factor * 0.02 * 10.0 ** uniforms(keys, "wander", 1)
    share = size[:, :, None] * normals(keys, "wander-lead", leads, 3) / np.sqrt(3)
    phase = 2 * np.pi * uniforms(keys, "wander-phase", 3)
    for wave in range(3):
        shape = np.sin(2 * np.pi * hertz[:, wave : wave + 1] * time_s + phase[:, wave : wave + 1]).astype(np.float32)
        measured_mv += share[:, :, wave : wave + 1].astype(np.float32) * shape[:, None]


def _add_mains(measured_mv: np.ndarray, keys: np.ndarray, time_s: np.ndarray, factor: float) -> None:
    leads = measured_mv.shape[1]
    size = factor * 0.03 * uniforms(keys, "mains", 1) * (0.3 + 0.7 * uniforms(keys, "mains-lead", leads))
    phase = 2 * np.pi * uniforms(keys, "mains-phase", 2)
    fundamental = np.sin(2 * np.pi * 50 * time_s + phase[:, :1]) + 0.2 * np.sin(2 * np.pi * 150 * time_s + phase[:, 1:])
    measured_mv += size[:, :, None].astype(np.float32) * fundamental[:, None].astype(np.float32)


def _add_motion(measured_mv: np.ndarray, keys: np.ndarray, time_s: np.ndarray, factor: float) -> None:
    """One subject in twenty moves once: a step of the baseline that decays within a second."""
    draw = uniforms(keys, "motion", 2)
    step_mv = factor * 0.3 * normals(keys, "motion-lead", measured_mv.shape[1])
    for row in np.flatnonzero(draw[:, 0] < 0.05):
        since = time_s - draw[row, 1] * time_s[-1]
        decay = np.where(since >= 0, np.exp(-np.maximum(since, 0) / 0.7), 0).astype(np.float32)
        measured_mv[row] += step_mv[row].astype(np.float32)[:, None] * decay

"""When the heart beats: R-R intervals from a two-peak spectrum (McSharry et al., IEEE TBME 2003;50:289–294)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ecg_parameters import Electrical
from .streams import normals, uniforms
from .subjects import Subjects

_COMPONENTS = 6  # sinusoids per spectral peak


@dataclass(frozen=True)
class Rhythm:
    """Beats of n subjects, padded to the longest: onset of the QRS in s from the start of the recording.

    onset_s     float64 [n, beats]; NaN where there is no beat
    ectopic     bool [n, beats]
    breath_hz, breath_phase [n]
    """

    onset_s: np.ndarray
    ectopic: np.ndarray
    breath_hz: np.ndarray
    breath_phase: np.ndarray


def beat_times(subjects: Subjects, electrical: Electrical, duration_s: float = 10.0) -> Rhythm:
    """Beats whose waves can reach into a recording of `duration_s`; the first may lie before its start."""
    key = subjects.key
    mean_s = 60 / subjects.heart_rate_bpm
    breath_hz = np.clip(0.25 * (1 + 0.1 * normals(key, "breath", 1)[:, 0]), 0.15, 0.4)
    breath_phase = 2 * np.pi * uniforms(key, "breath-phase", 1)[:, 0]
    beats = int(np.ceil((duration_s + 2.5) / (0.62 * mean_s.min(initial=1.0)))) + 2
    # A subject's draws must not depend on the longest rhythm of its batch: draw a fixed number, use what is needed.
    scatter = normals(key, "fibrillation", 64)
    if beats > scatter.shape[1]:
        beats = scatter.shape[1]
    spectrum = _Spectrum(key, breath_hz)
    onset = np.empty((len(key), beats))
    now = -1.2 + mean_s * (uniforms(key, "first-beat", 1)[:, 0] - 1)
    fibrillates = electrical.atrial_fibrillation
    for beat in range(beats):
        onset[:, beat] = now
        sinus = mean_s + electrical.sdnn_ms / 1000 * spectrum.at(now)
        irregular = mean_s * np.exp(0.2 * scatter[:, beat])
        now = now + np.maximum(np.where(fibrillates, irregular, sinus), 0.62 * mean_s)
    ectopic = _ectopics(key, beats)
    # A ventricular ectopic comes early; its pause is compensatory, so that later beats keep their time.
    early = 0.32 * mean_s[:, None] * ectopic
    onset = onset - early
    onset[(onset > duration_s + 0.6)] = np.nan
    return Rhythm(onset, ectopic & np.isfinite(onset), breath_hz, breath_phase)


class _Spectrum:
    """Unit-variance sum of sinusoids around 0.1 Hz and the breathing rate; LF to HF power 0.5."""

    def __init__(self, key: np.ndarray, breath_hz: np.ndarray) -> None:
        spread = 0.012 * normals(key, "rr-frequency", 2, _COMPONENTS)
        self._hz = np.stack([np.full_like(breath_hz, 0.1), breath_hz], axis=1)[..., None] + spread
        self._phase = 2 * np.pi * uniforms(key, "rr-phase", 2, _COMPONENTS)
        self._amplitude = np.sqrt(2 * np.array([1 / 3, 2 / 3]) / _COMPONENTS)[:, None]

    def at(self, time_s: np.ndarray) -> np.ndarray:
        waves = np.cos(2 * np.pi * self._hz * time_s[:, None, None] + self._phase)
        return (self._amplitude * waves).sum(axis=(1, 2))


def _ectopics(key: np.ndarray, beats: int) -> np.ndarray:
    """One subject in twenty shows ventricular ectopics, one to three of them."""
    draw = uniforms(key, "ectopics", 4)
    has = draw[:, 0] < 0.05
    place = np.zeros((len(key), beats), dtype=bool)
    for which in range(3):
        chosen = 3 + np.floor(draw[:, 1 + which] * 10).astype(int)
        rows = has & (which <= np.floor(draw[:, 3] * 3)) & (chosen < beats)
        place[np.flatnonzero(rows), chosen[rows]] = True
    return place & ~np.roll(place, 1, axis=1)

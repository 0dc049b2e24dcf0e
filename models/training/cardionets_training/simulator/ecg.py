"""12-lead ECG of simulated subjects: an activation-dipole model seen by the leads, beat by beat (section f3).

Gaussian waves of the heart vector follow Sameni et al., EURASIP J Adv Signal Process 2007:043407.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .ecg_noise import add_noise, drop_contact
from .ecg_parameters import Electrical, electrical_properties
from .ecg_rhythm import Rhythm, beat_times
from .ecg_vectors import twelve_leads
from .ecg_waves import BEFORE_S, FINE_HZ, Waves, beat_waves
from .streams import normals, visit_keys
from .subjects import Subjects

RATE_HZ = 500
SAMPLES = 5000
_CHUNK = 64
_QUANTUM_MV = 0.005


@dataclass(frozen=True)
class Electrocardiograms:
    """Recordings with what is true of them.

    samples_mv      float32 [n, 12, 5000], I, II, III, aVR, aVL, aVF, V1–V6 at 500 Hz
    r_peaks_s       list of n float64 arrays: time of the largest heart vector of each QRS inside the recording
    heart_rate_bpm  [n] from the mean R-R interval
    ectopic         list of n bool arrays beside r_peaks_s
    """

    samples_mv: np.ndarray
    r_peaks_s: list[np.ndarray]
    heart_rate_bpm: np.ndarray
    ectopic: list[np.ndarray]


def simulate_ecg(subjects: Subjects) -> np.ndarray:
    """12-lead ECG in mV: float32 [n, 12, 5000], leads I, II, III, aVR, aVL, aVF, V1–V6 at 500 Hz."""
    return record_ecg(subjects).samples_mv


def record_ecg(subjects: Subjects, noisy: bool = True, visit: int = 0) -> Electrocardiograms:
    """ECGs with R-peak times and heart rates; `noisy=False` leaves out the recorder's noise and quantisation.

    Another `visit` is another recording of the same hearts: electrodes placed anew, other beats, breath and noise; the
    body, the heart's position, its rate and its disease stay.
    """
    samples = np.empty((len(subjects), 12, SAMPLES), dtype=np.float32)
    peaks: list[np.ndarray] = []
    ectopic: list[np.ndarray] = []
    rate = np.empty(len(subjects))
    for start in range(0, len(subjects), _CHUNK):
        part = subjects[start : start + _CHUNK]
        visitors = replace(part, key=visit_keys(part.key, visit))
        electrical = electrical_properties(part, visitors.key)
        rhythm = beat_times(visitors, electrical)
        waves = beat_waves(electrical)
        vector = _heart_vector(visitors, electrical, rhythm, waves)
        measured = np.matmul(electrical.lead_matrix.astype(np.float32), vector)
        if noisy:
            add_noise(measured, visitors.key, part.shift.noise_factor)
            drop_contact(measured, visitors.key)
            measured = np.round(measured / _QUANTUM_MV) * np.float32(_QUANTUM_MV)
        samples[start : start + len(part)] = twelve_leads(measured)
        for row in range(len(part)):
            times = rhythm.onset_s[row] + waves.peak_s[row]
            inside = np.isfinite(times) & (times >= 0) & (times < SAMPLES / RATE_HZ)
            peaks.append(times[inside])
            ectopic.append(rhythm.ectopic[row][inside])
            rate[start + row] = 60 / np.diff(times[inside]).mean()
    return Electrocardiograms(samples, peaks, rate, ectopic)


def _heart_vector(subjects: Subjects, electrical: Electrical, rhythm: Rhythm, waves: Waves) -> np.ndarray:
    """The heart vector of whole recordings, mV: float32 [n, 3, 5000]."""
    step = FINE_HZ // RATE_HZ
    window = waves.normal.shape[2] // step - 1
    margin = window + RATE_HZ
    vector = np.zeros((len(subjects), 3, SAMPLES + 2 * margin), dtype=np.float32)
    size = (1 + 0.03 * normals(subjects.key, "beat-size", 64)).astype(np.float32)
    begin = rhythm.onset_s - BEFORE_S
    for row, beat in zip(*np.nonzero(np.isfinite(begin) & (begin > -margin / RATE_HZ)), strict=True):
        first = int(np.ceil(begin[row, beat] * RATE_HZ))
        # Position of sample `first` in the finely sampled beat: a beat need not start on a sample.
        offset = round((first / RATE_HZ - begin[row, beat]) * FINE_HZ)
        shape = waves.ectopic[row] if rhythm.ectopic[row, beat] else waves.normal[row]
        wave = size[row, beat] * shape[:, offset : offset + step * window : step]
        vector[row, :, first + margin : first + margin + window] += wave
    vector = vector[:, :, margin : margin + SAMPLES]
    _fibrillate(vector, subjects, electrical)
    return _breathe(vector, subjects, rhythm)


def _breathe(vector: np.ndarray, subjects: Subjects, rhythm: Rhythm) -> np.ndarray:
    """Rock the heart ±4° about a subject's own axis with the breath (small-angle rotation)."""
    axis = normals(subjects.key, "breath-axis", 3)
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    time_s = np.arange(SAMPLES, dtype=np.float32) / RATE_HZ
    swing = np.sin(2 * np.pi * rhythm.breath_hz[:, None] * time_s + rhythm.breath_phase[:, None])
    turn = (np.radians(4) * axis[:, :, None] * swing[:, None, :]).astype(np.float32)
    return vector + np.cross(turn, vector, axis=1)


def _fibrillate(vector: np.ndarray, subjects: Subjects, electrical: Electrical) -> None:
    """Fibrillatory waves of 5–7 Hz, 0.03–0.08 mV, seen best from the right and front (V1)."""
    rows = np.flatnonzero(electrical.atrial_fibrillation)
    if not len(rows):
        return
    draw = normals(subjects.key[rows], "f-waves", 6)
    time_s = np.arange(SAMPLES) / RATE_HZ
    hertz = np.clip(6 + 0.5 * draw[:, :1], 5, 7)
    drift = 2.5 * np.sin(2 * np.pi * 0.4 * time_s + 3 * draw[:, 1:2]) + np.sin(2 * np.pi * 1.1 * time_s + 3 * draw[:, 2:3])
    phase = 2 * np.pi * hertz * time_s + drift
    wave = np.sin(phase) + 0.35 * np.sin(2 * phase + 1)
    size = np.clip(0.055 + 0.015 * draw[:, 3:4], 0.03, 0.08)
    direction = np.array([-0.4, 0.6, -0.7])[None, :, None]
    vector[rows] += ((size * wave)[:, None, :] * direction).astype(np.float32)

"""Heart rate of a recording that does not state one."""

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, find_peaks, sosfiltfilt

QRS_BAND_HZ, WINDOW_S, REFRACTORY_S = (8.0, 25.0), 0.12, 0.24


def heart_rate_bpm(leads_mv: np.ndarray, rate_hz: float) -> float:
    """Median rate from the R waves of leads II and V5, `leads_mv` (12, N).

    Raises ValueError where fewer than three beats stand out.
    """
    band = butter(2, QRS_BAND_HZ, "bandpass", fs=rate_hz, output="sos")
    filtered = sosfiltfilt(band, leads_mv[[1, 10]], axis=-1)
    energy = uniform_filter1d(np.square(filtered).sum(0), max(3, round(WINDOW_S * rate_hz)))
    # The tallest of each stretch that holds a beat at 40 / min: one spike does not hide the others.
    stretch = round(1.5 * rate_hz)
    level = 0.3 * np.median([energy[i : i + stretch].max() for i in range(0, len(energy) - stretch // 2, stretch)])
    peaks, _ = find_peaks(energy, height=level, distance=round(REFRACTORY_S * rate_hz))
    if len(peaks) < 3 or level <= 0:
        raise ValueError(f"no heart rate can be measured: {len(peaks)} beats stand out in leads II and V5; state heart_rate_bpm")
    return float(60 * rate_hz / np.median(np.diff(peaks)))

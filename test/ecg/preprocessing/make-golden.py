"""Golden vectors for the preprocessing, from NumPy, SciPy, PyWavelets and statsmodels alone.

    python test/ecg/preprocessing/make-golden.py > test/ecg/preprocessing/golden.json

Packages: numpy 2.4.6, scipy 1.17.1, PyWavelets 1.8.0, statsmodels 0.15.0. The tests build the same inputs from the
same integer arithmetic, so only results are stored, every STRIDE-th sample.
"""

import json
import math

import numpy as np
import pywt
from scipy.signal import resample_poly, savgol_filter
from scipy.signal.windows import kaiser
from statsmodels.tsa.seasonal import seasonal_decompose

STRIDE = 61


def noise(count: int, seed: int) -> np.ndarray:
    """Uniform on [-1, 1) from the 32-bit congruential generator of Numerical Recipes."""
    state, values = seed, np.empty(count)
    for i in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        values[i] = state / 2**31 - 1
    return values


def lead(index: int, heart_rate: float, count: int = 5000, rate: float = 500.0) -> np.ndarray:
    """One artificial lead in mV: five Gaussian waves a beat, a drift, a slow sine, noise; stored as float32."""
    t = np.arange(count) / rate
    phase = np.mod(t * heart_rate / 60, 1) - 0.4
    beat_s = 60 / heart_rate
    gain = 0.4 + 0.15 * index
    x = np.zeros(count)
    for amplitude, centre, width in [(0.12, -0.16, 0.02), (-0.1, -0.03, 0.008), (1.1, 0, 0.01), (-0.25, 0.03, 0.01), (0.3, 0.3, 0.05)]:
        sign = -1 if index == 3 else 1
        x += sign * gain * amplitude * np.exp(-(((phase * beat_s - centre) / width) ** 2) / 2)
    x += 0.2 * np.sin(2 * np.pi * 0.21 * t + index) + 0.03 * t
    return (x + 0.02 * noise(count, 1000 + index)).astype(np.float32).astype(np.float64)


def half_band() -> np.ndarray:
    n = np.arange(-31, 32)
    taps = np.where(n % 2 == 1, np.sinc(n / 2) / 2, 0.0) * kaiser(63, 8.0)
    taps *= 0.5 / taps.sum()
    taps[31] = 0.5
    return taps


def encoder_stages(x: np.ndarray, heart_rate: float) -> dict[str, np.ndarray]:
    period = int(5000 * 6 / min(220, max(30, heart_rate)))
    trend = seasonal_decompose(x, period=period, model="additive").trend
    valid = np.flatnonzero(~np.isnan(trend))
    trend = trend[np.clip(np.arange(len(x)), valid[0], valid[-1])]
    detrended = x - trend

    coefficients = pywt.wavedec(detrended, "db6", mode="symmetric", level=4)
    threshold = np.median(np.abs(coefficients[-1])) / 0.6745 * math.sqrt(2 * math.log(len(x)))
    coefficients[1:] = [pywt.threshold(c, threshold, mode="soft") for c in coefficients[1:]]
    denoised = pywt.waverec(coefficients, "db6", mode="symmetric")[: len(x)]

    smoothed = savgol_filter(denoised, 11, 3, mode="interp")
    halved = np.convolve(np.pad(smoothed, 31, mode="edge"), half_band(), mode="valid")[::2]
    start = (len(halved) - 2250) // 2
    cropped = halved[start : start + 2250]
    low, high = cropped.min(), cropped.max()
    scaled = 2 * (cropped - low) / (high - low) - 1 if high - low > 1e-6 else np.zeros(2250)
    return {
        "trend": trend,
        "denoised": denoised,
        "smoothed": smoothed,
        "halved": halved,
        "scaled": scaled,
        "amplitude": np.array([math.log10(max(high - low, 1e-3))]),
    }


def listed(values: np.ndarray, digits: int = 12) -> list[float]:
    return [float(f"{v:.{digits}g}") for v in values]


def encoder_case(heart_rate: float, count: int) -> dict:
    leads = [encoder_stages(lead(i, heart_rate, count), heart_rate) for i in range(12)]
    return {
        "heartRateBpm": heart_rate,
        "samples": count,
        "stride": STRIDE,
        "stagesOfLead4": {name: listed(values[::STRIDE]) for name, values in leads[3].items()},
        "ecg": listed(np.concatenate([stages["scaled"] for stages in leads])[:: STRIDE * 5], 9),
        "amplitude": listed(np.concatenate([stages["amplitude"] for stages in leads]), 9),
    }


def resampling_case(from_hz: int, to_hz: int, count: int) -> dict:
    x = lead(1, 70, count, from_hz)
    divisor = math.gcd(from_hz, to_hz)
    y = resample_poly(x - x[0], to_hz // divisor, from_hz // divisor, window=("kaiser", 8.0), padtype="edge") + x[0]
    return {"fromHz": from_hz, "toHz": to_hz, "samples": count, "length": len(y), "stride": STRIDE, "y": listed(y[::STRIDE])}


def wavelet_case(wavelet: str, mode: str, count: int) -> dict:
    x = noise(count, 7)
    approximation, detail = pywt.dwt(x, wavelet, mode)
    return {
        "wavelet": wavelet,
        "mode": mode,
        "samples": count,
        "cA": listed(approximation),
        "cD": listed(detail),
        "inverse": listed(pywt.idwt(approximation, detail, wavelet, mode)),
    }


golden = {
    "encoder": [encoder_case(40, 5000), encoder_case(61, 5000), encoder_case(150, 5000), encoder_case(61, 4603)],
    "resampling": [resampling_case(hz, 500, 3 * hz + 7) for hz in (100, 240, 250, 257, 360, 400, 1000, 2000)],
    "halfBand": listed(half_band()),
    "wavelets": [
        wavelet_case(wavelet, mode, count)
        for wavelet, count in (("db6", 31), ("db3", 5), ("haar", 9))
        for mode in ("symmetric", "reflect", "periodic", "constant", "zero", "periodization")
    ],
}
print(json.dumps(golden, separators=(",", ":")))

"""ECG preprocessing, the mirror of src-main/ecg/preprocessing/encoder-input.ts; the two agree to 1e-5.

Trend by one-beat moving average, db6 soft threshold, Savitzky-Golay, half-band to 250 Hz. All in float64, all leads of
a recording at once.
"""

import numpy as np
from scipy.ndimage import convolve1d
from scipy.signal import savgol_filter
from scipy.signal.windows import kaiser

from .config import ENCODER_SAMPLES

# db6 reconstruction low-pass (Daubechies, Ten Lectures on Wavelets, table 6.1; digits of PyWavelets 1.8).
REC_LO = np.array(
    [0.11154074335010947, 0.49462389039845306, 0.7511339080210954, 0.31525035170919763, -0.22626469396543983,
     -0.12976686756726194, 0.09750160558732304, 0.027522865530305727, -0.03158203931748603, 0.0005538422011614961,
     0.004777257510945511, -0.0010773010853084796]
)  # fmt: skip
REC_HI = REC_LO[::-1] * (-1.0) ** np.arange(12)
LEVELS = 4


def beat_period(heart_rate_bpm: float) -> int:
    """One beat in samples at 500 Hz, heart rate clamped to 30-220."""
    return int(30_000 / min(220.0, max(30.0, heart_rate_bpm)))


def trend(x: np.ndarray, period: int) -> np.ndarray:
    """Centred moving average over one period with held ends, as in statsmodels' additive decomposition; x (..., N)."""
    half, n = period // 2, x.shape[-1]
    if n < 2 * half + 1:
        raise ValueError(f"{n} samples are shorter than one beat of {period}")
    offset = x[..., :1]
    sums = np.concatenate([np.zeros_like(offset), np.cumsum(x - offset, axis=-1)], axis=-1)
    total = sums[..., 2 * half + 1 :] - sums[..., : n - 2 * half]
    if period % 2 == 0:
        total = total - (0.5 * (x[..., : n - 2 * half] + x[..., 2 * half :]) - offset)
    middle = total / period + offset
    return np.concatenate([np.repeat(middle[..., :1], half, -1), middle, np.repeat(middle[..., -1:], half, -1)], axis=-1)


def _analyse(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One level, half-sample symmetric ends: coefficient k is sum_j dec[j] x[2k + 1 - j]."""
    taps, n = len(REC_LO), x.shape[-1]
    extended = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(taps - 1, taps - 1)], mode="symmetric")
    count = (n + taps - 1) // 2
    low, high = 0.0, 0.0
    # dec is rec reversed, so tap j of rec meets x[2k + 1 - (11 - j)].
    for j in range(taps):
        part = extended[..., j + 1 : j + 1 + 2 * count : 2]
        low, high = low + REC_LO[j] * part, high + REC_HI[j] * part
    return low, high


def _synthesise(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    half = len(REC_LO) // 2
    pairs = low.shape[-1] - half + 1
    x = np.zeros((*low.shape[:-1], 2 * pairs))
    for j in range(half):
        k = slice(half - 1 - j, half - 1 - j + pairs)
        x[..., 0::2] += REC_LO[2 * j] * low[..., k] + REC_HI[2 * j] * high[..., k]
        x[..., 1::2] += REC_LO[2 * j + 1] * low[..., k] + REC_HI[2 * j + 1] * high[..., k]
    return x


def denoise(x: np.ndarray) -> np.ndarray:
    """Universal soft threshold of the finest level's noise on all four detail levels; x (..., N)."""
    approximation, details, lengths = x, [], []
    for _ in range(LEVELS):
        lengths.append(approximation.shape[-1])
        approximation, detail = _analyse(approximation)
        details.append(detail)
    sigma = np.median(np.abs(details[0]), axis=-1, keepdims=True) / 0.6745
    threshold = sigma * np.sqrt(2 * np.log(x.shape[-1]))
    for detail, length in zip(details[::-1], lengths[::-1]):
        shrunk = np.sign(detail) * np.maximum(np.abs(detail) - threshold, 0)
        approximation = _synthesise(approximation, shrunk)[..., :length]
    return approximation


def half_band_taps() -> np.ndarray:
    """63 taps, Kaiser window with beta 8; centre 1/2, even offsets 0, DC gain 1."""
    n = np.arange(-31, 32)
    odd = n % 2 == 1
    taps = np.where(odd, np.sin(np.pi * n / 2) / (np.pi * np.where(n == 0, 1, n)) * kaiser(63, 8.0, sym=True), 0.0)
    taps *= 0.5 / taps.sum()
    taps[31] = 0.5
    return taps


_HALF_BAND = half_band_taps()


def preprocess(leads_mv: np.ndarray, heart_rate_bpm: float) -> np.ndarray:
    """Leads (12, N) in mV at 500 Hz, N = 4499 ... 5000, to (12, ceil(N / 2)) in mV at 250 Hz."""
    x = np.asarray(leads_mv, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] != 12 or x.shape[1] < 2 * ENCODER_SAMPLES - 1:
        raise ValueError(f"expected 12 leads of at least {2 * ENCODER_SAMPLES - 1} samples at 500 Hz, found shape {x.shape}")
    x = denoise(x - trend(x, beat_period(heart_rate_bpm)))
    x = savgol_filter(x, 11, 3, axis=-1, mode="interp")
    return convolve1d(x, _HALF_BAND, axis=-1, mode="nearest")[:, ::2]

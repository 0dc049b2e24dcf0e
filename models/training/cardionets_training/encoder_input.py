"""From a preprocessed recording to what the encoder receives: crop, scale per lead, amplitude."""

import numpy as np
import torch
from torch import Tensor

from .config import ENCODER_SAMPLES
from .preprocessing import preprocess

CONSTANT_RANGE_MV, SMALLEST_AMPLITUDE_MV = 1e-6, 1e-3


def scale(x: Tensor) -> tuple[Tensor, Tensor]:
    """Min-max per lead to [-1, 1] and log10 of the range in mV; x (..., T), constant leads become 0. Both float32."""
    low, high = x.amin(-1, keepdim=True), x.amax(-1, keepdim=True)
    width = high - low
    flat = width <= CONSTANT_RANGE_MV
    scaled = torch.where(flat, 0.0, 2 * (x - low) / torch.where(flat, 1.0, width) - 1)
    return scaled.float(), width[..., 0].clamp_min(SMALLEST_AMPLITUDE_MV).log10().float()


def encoder_input(leads_mv: np.ndarray, heart_rate_bpm: float) -> tuple[np.ndarray, np.ndarray]:
    """`ecg` (12, 2250) and `amplitude` (12,) of one recording, as the application feeds them."""
    x = preprocess(leads_mv, heart_rate_bpm)
    start = (x.shape[-1] - ENCODER_SAMPLES) // 2
    ecg, amplitude = scale(torch.from_numpy(x[:, start : start + ENCODER_SAMPLES]))
    return ecg.numpy(), amplitude.numpy()

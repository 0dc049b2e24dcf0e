"""Noise schedule and samplers of the token diffusion (equations 6 and 7; v-prediction; DDIM; DPM++ 2M)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

TRAIN_STEPS = 1000
Denoiser = Callable[[np.ndarray, int], np.ndarray]  # (x_t, index into the kept steps) -> estimate of x_0


def cosine_alpha_bar(steps: int = TRAIN_STEPS) -> np.ndarray:
    """Cumulative product of the cosine schedule, beta at most .999 (Nichol and Dhariwal 2021), float64 [steps]."""
    f = np.cos((np.arange(steps + 1) / steps + 0.008) / 1.008 * np.pi / 2) ** 2
    return np.cumprod(1 - np.minimum(1 - f[1:] / f[:-1], 0.999))


@dataclass(frozen=True)
class Spacing:
    """A subset of the training steps in the order in which they are run, from noise to image."""

    times: np.ndarray  # (T,) training step of each row
    alpha_bar: np.ndarray  # (T,)
    alpha_bar_next: np.ndarray  # (T,) of the step after it; 1 for the last

    @property
    def alpha(self) -> np.ndarray:
        return self.alpha_bar / self.alpha_bar_next

    @property
    def posterior_variance(self) -> np.ndarray:
        return (1 - self.alpha) * (1 - self.alpha_bar_next) / (1 - self.alpha_bar)


def spacing(steps: int) -> Spacing:
    """`steps` evenly spaced training steps with alpha recomputed from the kept cumulative products."""
    times = np.round(np.linspace(0, TRAIN_STEPS - 1, steps)).astype(int)
    kept = cosine_alpha_bar()[times]
    return Spacing(times[::-1].copy(), kept[::-1].copy(), np.concatenate([[1.0], kept[:-1]])[::-1].copy())


def ddim(denoise: Denoiser, x: np.ndarray, plan: Spacing) -> np.ndarray:
    """Deterministic DDIM (eta = 0)."""
    for i, (a, b) in enumerate(zip(plan.alpha_bar, plan.alpha_bar_next)):
        x0 = denoise(x, i)
        x = np.sqrt(b) * x0 + np.sqrt(1 - b) * (x - np.sqrt(a) * x0) / np.sqrt(1 - a)
    return x


def ddpm(denoise: Denoiser, x: np.ndarray, noise: np.ndarray, plan: Spacing, temperature: float = 1.0) -> np.ndarray:
    """Equation 7 with the fixed posterior variance; noise [T, ...]."""
    for i, (alpha, a) in enumerate(zip(plan.alpha, plan.alpha_bar)):
        epsilon = (x - np.sqrt(a) * denoise(x, i)) / np.sqrt(1 - a)
        mean = (x - (1 - alpha) / np.sqrt(1 - a) * epsilon) / np.sqrt(alpha)
        x = mean + temperature * np.sqrt(plan.posterior_variance[i]) * noise[i]
    return x


def dpm_solver_2m(denoise: Denoiser, x: np.ndarray, plan: Spacing) -> np.ndarray:
    """DPM-Solver++ (2M) in its data-prediction form (Lu et al. 2022), first order on the last step."""
    log_snr = 0.5 * np.log(plan.alpha_bar / (1 - plan.alpha_bar))
    previous = None
    for i, b in enumerate(plan.alpha_bar_next):
        x0 = denoise(x, i)
        if b == 1.0:
            return x0
        h = log_snr[i + 1] - log_snr[i]
        guess = x0
        if previous is not None:
            ratio = (log_snr[i] - log_snr[i - 1]) / h
            guess = (1 + 1 / (2 * ratio)) * x0 - previous / (2 * ratio)
        x = np.sqrt((1 - b) / (1 - plan.alpha_bar[i])) * x - np.sqrt(b) * np.expm1(-h) * guess
        previous = x0
    return x


def decoding_schedule(tokens: int, steps: int) -> list[tuple[int, int]]:
    """(visible, predicted) counts of each decoding step; the masked set shrinks by a cosine, the last step takes all."""
    masked, counts = tokens, []
    for k in range(min(steps, tokens)):
        left = int(np.floor(tokens * np.cos(np.pi / 2 * (k + 1) / steps)))
        left = 0 if k == min(steps, tokens) - 1 else max(1, min(left, masked - 1))
        counts.append((tokens - masked, masked - left))
        masked = left
    return counts

"""Settings that move a cohort away from the one a model was trained on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShiftSettings:
    """How an external cohort differs; the defaults are the training cohort.

    gain_factor       multiplies the heart's voltage on the skin (another body habitus or amplifier)
    noise_factor      multiplies wander, mains, muscle and motion noise of the ECG and the Rician noise of the cine
    age_years         moves the mean of the age distribution
    chest_tilt_deg    chest electrodes placed too high (positive): their lead vectors turn towards the head
    nuisance_factor   scales random heart rotation, lead-matrix error and gain spread (0 none, 1 as trained)
    """

    gain_factor: float = 1.0
    noise_factor: float = 1.0
    age_years: float = 0.0
    chest_tilt_deg: float = 0.0
    nuisance_factor: float = 1.0

    def __post_init__(self) -> None:
        for name in ("gain_factor", "noise_factor", "nuisance_factor"):
            if getattr(self, name) < 0:
                raise ValueError(f"simulator/shift: {name} is {getattr(self, name)}; it cannot be negative")
        if abs(self.age_years) > 20:
            raise ValueError(f"simulator/shift: age_years is {self.age_years}; the equations hold for ±20 years")


# Inference-only cohorts of the evaluation, from mild to strong.
EXTERNAL_COHORTS = {
    "external-device": ShiftSettings(gain_factor=0.85, noise_factor=1.8),
    "external-older": ShiftSettings(age_years=6.0, noise_factor=1.3),
    "external-placement": ShiftSettings(chest_tilt_deg=12.0, nuisance_factor=1.3),
}

"""The 82 imaging phenotypes in the order of the UK Biobank fields 24100–24181 (index = field − 24100)."""

from __future__ import annotations

FIRST_FIELD = 24100

_SCALARS = (
    ("LVEDV", "mL"), ("LVESV", "mL"), ("LVSV", "mL"), ("LVEF", "%"), ("LVCO", "L/min"), ("LVM", "g"),
    ("RVEDV", "mL"), ("RVESV", "mL"), ("RVSV", "mL"), ("RVEF", "%"),
    ("LAV_max", "mL"), ("LAV_min", "mL"), ("LASV", "mL"), ("LAEF", "%"),
    ("RAV_max", "mL"), ("RAV_min", "mL"), ("RASV", "mL"), ("RAEF", "%"),
    ("AAo_max_area", "mm²"), ("AAo_min_area", "mm²"), ("AAo_distensibility", "10⁻³ mmHg⁻¹"),
    ("DAo_max_area", "mm²"), ("DAo_min_area", "mm²"), ("DAo_distensibility", "10⁻³ mmHg⁻¹"),
)  # fmt: skip


def _segmental(prefix: str, segments: list[str], unit: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{prefix}_{segment}", unit) for segment in [*segments, "global"])


_AHA = [f"AHA_{segment}" for segment in range(1, 17)]
PHENOTYPES = (
    *_SCALARS,
    *_segmental("WT", _AHA, "mm"),
    *_segmental("Ecc", _AHA, "%"),
    *_segmental("Err", _AHA, "%"),
    *_segmental("Ell", [str(segment) for segment in range(1, 7)], "%"),
)
NAMES = tuple(name for name, _ in PHENOTYPES)
UNITS = tuple(unit for _, unit in PHENOTYPES)
INDEX = {name: index for index, name in enumerate(NAMES)}

# AHA segments 1–16 (index segment − 1) and the six longitudinal segments of the 4-chamber view.
WALL_THICKNESS = slice(24, 40)
CIRCUMFERENTIAL = slice(41, 57)
RADIAL = slice(58, 74)
LONGITUDINAL = slice(75, 81)

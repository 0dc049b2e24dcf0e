"""The 82 phenotypes of a subject from body, class and severity (section f2), and their measurement."""

from __future__ import annotations

import numpy as np

from . import classes
from .classes import effects
from .phenotype_table import CIRCUMFERENTIAL, INDEX, LONGITUDINAL, NAMES, RADIAL, WALL_THICKNESS
from .streams import normals

WALL_PATTERN = np.array(
    [0.05, 0.18, 0.14, -0.02, -0.06, -0.04, 0, 0.08, 0.06, 0.02, -0.04, -0.04, -0.12, -0.06, -0.10, -0.12]
)
_LEVEL = np.array([0] * 6 + [1] * 6 + [2] * 4)  # basal, mid, apical
# AHA segments that the longitudinal segments 1–6 of the 4-chamber view run through.
LONGITUDINAL_SEGMENTS = ((2, 3), (8, 9), (14,), (16,), (11, 12), (5, 6))
_KAPPA = 1.6  # long to short half-axis of the LV cavity


def references(male: np.ndarray, bsa_m2: np.ndarray) -> dict[str, np.ndarray]:
    """Healthy values at age 60 for sex and body surface: volumes in mL, mass in g, each [n]."""
    values = {"lvedv": (85, 74), "lvm": (53, 42), "rvedv": (91.3, 77.8), "la": (36, 37), "ra": (48, 41)}
    return {name: bsa_m2 * np.where(male, men, women) for name, (men, women) in values.items()}


def phenotypes_of(
    keys: np.ndarray, person: dict[str, np.ndarray], illness: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """`phenotypes` float64 [n, 82], `heart_rate_bpm` [n] and `rv_wall_factor` [n]."""
    male, age, bsa = person["male"], person["age_years"], person["bsa_m2"]
    sbp, pulse_pressure = person["sbp_mmhg"], person["sbp_mmhg"] - person["dbp_mmhg"]
    severity, infarct, class_index = illness["severity"], illness["infarct"], illness["class_index"]
    ref = references(male, bsa)
    extent = infarct.mean(axis=1)
    effect = effects(class_index, illness["failure_kind"], severity, extent)
    e = dict(zip(_DRAWS, normals(keys, "phenotypes", len(_DRAWS)).T, strict=True))
    is_ph, is_rcm = class_index == classes.PH, class_index == classes.RCM

    out = np.empty((len(keys), len(NAMES)))

    def put(name: str, value: np.ndarray) -> np.ndarray:
        out[:, INDEX[name]] = value
        return value

    def chamber(prefix: str, largest: np.ndarray, fraction_percent: np.ndarray) -> None:
        smallest = largest * (1 - fraction_percent / 100)
        names = [f"{prefix}V_max", f"{prefix}V_min"] if prefix[1] == "A" else [f"{prefix}EDV", f"{prefix}ESV"]
        for name, value in zip([*names, f"{prefix}SV", f"{prefix}EF"],
                               [largest, smallest, largest - smallest, fraction_percent], strict=True):  # fmt: skip
            put(name, value)

    lvedv = ref["lvedv"] * np.exp(-0.0035 * (age - 60) + 0.14 * e["lvedv"]) * effect["edv"]
    dilation = lvedv / ref["lvedv"]
    indexed_excess = (lvedv - ref["lvedv"]) / bsa
    lvef = np.where(male, 58, 61) + 4.6 * e["lvef"] - 0.06 * indexed_excess + effect["ef"]
    lvef = np.clip(lvef, 12, 80)
    chamber("LV", lvedv, lvef)
    heart_rate = 62 + 9 * e["heart_rate"] - 0.15 * (lvef - 60) + 6 * severity * (is_ph | is_rcm)
    heart_rate = np.clip(heart_rate, 40, 130)
    lvsv = out[:, INDEX["LVSV"]]
    put("LVCO", lvsv * heart_rate / 1000)
    lvm = ref["lvm"] * np.exp(0.12 * e["lvm"] + 0.0035 * (sbp - 138) + 0.35 * np.log(dilation)) * effect["mass"]
    put("LVM", lvm)

    rvsv = lvsv * (1 + 0.03 * e["rvsv"])
    rvef = np.where(male, 54, 58) + 5.5 * e["rvef"] + 0.25 * np.minimum(lvef - 60, 0) + effect["rvef"]
    rvef = np.clip(rvef, 25, 78)
    # One circulation: the RV must pump what the LV pumps, so a poor RVEF means a large RV.
    chamber("RV", rvsv / (rvef / 100), rvef)

    la = ref["la"] * np.exp(0.2 * e["la"] + 0.006 * (age - 60) + 0.003 * (sbp - 138)) * effect["la"]
    chamber("LA", la, np.clip(60 + 6 * e["laef"] - 0.15 * (age - 60) + effect["laef"], 8, 82))
    ra = ref["ra"] * np.exp(0.2 * e["ra"]) * effect["ra"]
    chamber("RA", ra, np.clip(np.where(male, 45, 49) + 7 * e["raef"] + effect["raef"], 8, 75))

    size = (bsa / np.where(male, 2.0, 1.75)) ** 0.7
    for prefix, men, women, stiffness in (("AAo", 820, 690, 1.0), ("DAo", 520, 420, 1.25)):
        area = np.where(male, men, women) * size * np.exp(0.009 * (age - 60) + 0.12 * e[prefix + "_area"])
        ageing = np.exp(-0.025 * (age - 62) - 0.008 * (sbp - 138) + 0.4 * e[prefix + "_distensibility"])
        distensibility = 0.92 * np.where(male, 1.77, 2.10) * stiffness * ageing
        put(f"{prefix}_min_area", area)
        put(f"{prefix}_distensibility", distensibility)
        put(f"{prefix}_max_area", area * (1 + distensibility * pulse_pressure / 1000))

    noise = normals(keys, "segments", 54)
    out[:, WALL_THICKNESS] = _wall_thickness(lvedv, lvm, illness, noise[:, :16])
    _strains(out, e, lvef, infarct, effect["longitudinal"], noise[:, 16:])
    for name, columns in _GLOBALS.items():
        put(name, out[:, columns].mean(axis=1))
    rv_wall = np.exp(0.08 * e["rv_wall"]) * np.where(is_ph, 1.2 + 0.8 * severity, 1.0)
    return {"phenotypes": out, "heart_rate_bpm": heart_rate, "rv_wall_factor": rv_wall}


def acquire(
    keys: np.ndarray, phenotypes: np.ndarray, heart_rate_bpm: np.ndarray, pulse_pressure_mmhg: np.ndarray
) -> np.ndarray:
    """Phenotypes as a CMR reading gives them: float32 [n, 82].

    Volumes carry 3 %, ejection fractions 2 points, mass 4 %, areas 3 %, wall thickness 0.3 mm; what is derived from
    them (ESV, SV, CO, global thickness) is derived from the noisy values, so that a reading agrees with itself.
    """
    out = phenotypes.copy()
    noise = normals(keys, "acquisition", 13 + 16)

    def column(name: str) -> np.ndarray:
        return out[:, INDEX[name]]

    ventricles = ((p, f"{p}EDV", f"{p}ESV") for p in ("LV", "RV"))
    atria = ((p, f"{p}V_max", f"{p}V_min") for p in ("LA", "RA"))
    for index, (prefix, largest, smallest) in enumerate([*ventricles, *atria]):
        column(largest)[:] *= 1 + 0.03 * noise[:, 2 * index]
        column(f"{prefix}EF")[:] = np.clip(column(f"{prefix}EF") + 2 * noise[:, 2 * index + 1], 5, 90)
        column(smallest)[:] = column(largest) * (1 - column(f"{prefix}EF") / 100)
        column(f"{prefix}SV")[:] = column(largest) - column(smallest)
    column("LVCO")[:] = column("LVSV") * heart_rate_bpm / 1000
    column("LVM")[:] *= 1 + 0.04 * noise[:, 8]
    for index, prefix in enumerate(("AAo", "DAo")):
        column(f"{prefix}_min_area")[:] *= 1 + 0.03 * noise[:, 9 + index]
        column(f"{prefix}_distensibility")[:] *= np.exp(0.1 * noise[:, 11 + index])
        strain = column(f"{prefix}_distensibility") * pulse_pressure_mmhg / 1000
        column(f"{prefix}_max_area")[:] = column(f"{prefix}_min_area") * (1 + strain)
    out[:, WALL_THICKNESS] += 0.3 * noise[:, 13:]
    column("WT_global")[:] = out[:, WALL_THICKNESS].mean(axis=1)
    return out.astype(np.float32)


_DRAWS = (
    "lvedv", "lvef", "heart_rate", "lvm", "rvsv", "rvef", "la", "laef", "ra", "raef", "rv_wall",
    "AAo_area", "AAo_distensibility", "DAo_area", "DAo_distensibility", "ecc", "err", "ell",
)  # fmt: skip
_GLOBALS = {
    "WT_global": WALL_THICKNESS, "Ecc_global": CIRCUMFERENTIAL, "Err_global": RADIAL, "Ell_global": LONGITUDINAL,
}  # fmt: skip


def _wall_thickness(
    lvedv: np.ndarray, lvm: np.ndarray, illness: dict[str, np.ndarray], noise: np.ndarray
) -> np.ndarray:
    """End-diastolic thickness (mm) of segments 1–16: [n, 16]."""
    radius = np.cbrt(3 * lvedv / (4 * np.pi * _KAPPA))  # cm
    outer = 3 * (lvedv + lvm / 1.05) / (4 * np.pi)
    wall = np.full_like(radius, 0.6)
    for _ in range(12):  # Newton; the shell volume grows steadily with the wall, so this always converges
        inner, long = radius + wall, _KAPPA * radius + wall
        wall -= (inner**2 * long - outer) / (2 * inner * long + inner**2)
    thickness = 10.6 * wall[:, None] * (1 + WALL_PATTERN) + 0.35 * noise
    severity = illness["severity"][:, None]
    hypertrophic = (illness["class_index"] == classes.HCM)[:, None]
    apical = illness["apical_variant"][:, None]
    septal = np.isin(np.arange(1, 17), (2, 3)) & ~apical | np.isin(np.arange(1, 17), (13, 14, 15, 16)) & apical
    beside = np.isin(np.arange(1, 17), (1, 8, 9)) & ~apical
    thickness += hypertrophic * (septal * (3 + 6 * severity) + beside * (1.5 + 3 * severity))
    return np.maximum(thickness * (1 - 0.25 * illness["infarct"]), 2.0)


def _strains(
    out: np.ndarray, e: dict[str, np.ndarray], lvef: np.ndarray, infarct: np.ndarray, factor: np.ndarray,
    noise: np.ndarray,
) -> None:  # fmt: skip
    """Fill the segmental strains (%) of `out` [n, 82]."""
    circumferential = -(22.3 + 0.28 * (lvef - 60) + 1.8 * e["ecc"])[:, None]
    radial = (45 + 0.85 * (lvef - 60) + 5 * e["err"])[:, None]
    longitudinal = -(18.5 + 0.17 * (lvef - 60) + 1.7 * e["ell"])[:, None] * factor[:, None]
    level = np.array([-0.08, 0.0, 0.12])[_LEVEL]
    out[:, CIRCUMFERENTIAL] = circumferential * (1 + level) * (1 - 0.85 * infarct) + 1.2 * noise[:, :16]
    out[:, RADIAL] = radial * np.array([1.05, 1.0, 0.9])[_LEVEL] * (1 - 0.8 * infarct) + 4 * noise[:, 16:32]
    along = np.stack([infarct[:, np.array(s) - 1].mean(axis=1) for s in LONGITUDINAL_SEGMENTS], axis=1)
    gradient = 1 + np.array([-0.1, 0, 0.1, 0.1, 0, -0.05])
    out[:, LONGITUDINAL] = longitudinal * gradient * (1 - 0.8 * along) + 1.2 * noise[:, 32:38]

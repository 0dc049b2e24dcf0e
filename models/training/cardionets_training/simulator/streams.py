"""Named random streams, one family per subject, independent of the batch.

A subject is drawn from a 64-bit key (cohort seed, index in the cohort) and every quantity from its own named stream, so
that subject i is the same whatever the batch, and so that nuisances (noise, pose, electrode placement) cannot share a
draw with the class. The generator is the SplitMix64 finaliser over a counter (Steele, Lea and Flood, OOPSLA 2014).
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from scipy.special import ndtri

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def subject_keys(seed: int, first: int, count: int) -> np.ndarray:
    """Keys of subjects `first … first+count−1` of cohort `seed`: uint64 [count], unique over all cohorts.

    Raises ValueError when the seed or an index does not fit in 32 bits.
    """
    if not 0 <= seed < 2**32:
        raise ValueError(f"simulator/seed: the seed is {seed}; give a whole number from 0 to 4294967295")
    if first < 0 or count < 0 or first + count > 2**32:
        raise ValueError(f"simulator/count: subjects {first} to {first + count - 1} do not fit in 32 bits")
    return (np.uint64(seed) << np.uint64(32)) + np.arange(first, first + count, dtype=np.uint64)


def visit_keys(keys: np.ndarray, visit: int) -> np.ndarray:
    """Keys of what is drawn anew at each visit of the same subjects; those of visit 0 are the subjects' own."""
    if visit == 0:
        return keys
    with np.errstate(over="ignore"):
        return _mix(keys ^ (_GOLDEN * np.uint64(visit)))


def words(keys: np.ndarray, name: str, count: int) -> np.ndarray:
    """The first `count` 64-bit words of stream `name` of each key: uint64 [n, count]."""
    label = np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))
    with np.errstate(over="ignore"):
        start = _mix(_mix(keys + _GOLDEN) ^ label)
        return _mix(start[:, None] + _GOLDEN * np.arange(1, count + 1, dtype=np.uint64))


def uniforms(keys: np.ndarray, name: str, *shape: int) -> np.ndarray:
    """Uniform draws in (0, 1): float64 [n, *shape]."""
    count = int(np.prod(shape, dtype=int))
    unit = ((words(keys, name, count) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    return unit.reshape(len(keys), *shape)


def normals(keys: np.ndarray, name: str, *shape: int) -> np.ndarray:
    """Standard normal draws by inversion: float64 [n, *shape]."""
    return ndtri(uniforms(keys, name, *shape))


def generator(key: np.uint64, name: str) -> np.random.Generator:
    """A numpy generator for bulk noise of one subject."""
    return np.random.Generator(np.random.SFC64(int(words(np.asarray([key], dtype=np.uint64), name, 1)[0, 0])))


def _mix(value: np.ndarray) -> np.ndarray:
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))

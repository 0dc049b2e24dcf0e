"""What a piece of work cost: wall seconds, and processor seconds of this process and of the children that it waited for.

Features and fine-tuned cells are kept beside their results, and so is what they cost: a part of the evaluation that finds
them done does not look cheaper than it was, and none is counted twice.
"""

import os
import time
from dataclasses import dataclass
from typing import ClassVar

import numpy as np


@dataclass(frozen=True)
class Cost:
    """NaN where it was not measured."""

    wall_s: float = 0.0
    processor_s: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall_s + other.wall_s, self.processor_s + other.processor_s)

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.wall_s - other.wall_s, self.processor_s - other.processor_s)

    @classmethod
    def so_far(cls) -> "Cost":
        times = os.times()
        return cls(time.monotonic(), times.user + times.system + times.children_user + times.children_system)

    @classmethod
    def of(cls, kept: np.lib.npyio.NpzFile) -> "Cost":
        """What a file of results says of itself."""
        return cls(*(float(v) for v in kept["cost"])) if "cost" in kept else cls(np.nan, np.nan)

    def array(self) -> np.ndarray:
        return np.array([self.wall_s, self.processor_s])

    def minutes(self) -> dict[str, float]:
        return {"minutes": round(self.wall_s / 60, 2), "processor_minutes": round(self.processor_s / 60, 2)}


class Meter:
    """The cost since it was made, without that of the results which were kept in between."""

    kept: ClassVar[Cost] = Cost()

    def __init__(self):
        self.began, self.kept_before = Cost.so_far(), Meter.kept

    def spent(self) -> Cost:
        return Cost.so_far() - self.began - (Meter.kept - self.kept_before)

    def keep(self) -> Cost:
        """The cost, from now on counted beside the result that it is of."""
        cost = self.spent()
        Meter.kept += cost
        return cost

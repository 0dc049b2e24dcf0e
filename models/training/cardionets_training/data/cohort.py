"""The simulated cohorts and their cache: ECGs preprocessed as fp16 mV at 250 Hz, cines as 8-bit.

Cohorts have different seeds, so no subject is in two of them. Chunks already in the cache are not simulated again.
"""

import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ..config import FRAMES, SIZE
from ..paths import CACHE
from ..preprocessing import preprocess

ECG_CHUNK, CINE_CHUNK = 250, 20
ECG_SHAPE, CINE_SHAPE = (12, 2500), (FRAMES, SIZE, SIZE)


@dataclass(frozen=True)
class CohortPlan:
    """`subjects` with ECG and labels; the first `cines` of them also have a cine."""

    seed: int
    subjects: int
    cines: int
    mode: str = "enriched"


# Subject counts of profile S on two cores. The test cohorts are used by `evaluate` only.
PLANS = {
    "train": CohortPlan(seed=11, subjects=10_000, cines=2_400),
    "validation": CohortPlan(seed=12, subjects=1_500, cines=60),
    "test": CohortPlan(seed=13, subjects=1_000, cines=60),
    "test-cardiomyopathy": CohortPlan(seed=14, subjects=750, cines=0, mode="cardiomyopathy"),
}


class Cohort:
    """One simulated cohort; arrays are memory-mapped and read-only."""

    def __init__(self, name: str, plan: CohortPlan | None = None, folder: Path = CACHE):
        self.name, self.plan, self.folder = name, plan or PLANS[name], folder / name

    @cached_property
    def subjects(self):
        from ..simulator import simulate_subjects

        return simulate_subjects(self.plan.subjects, self.plan.seed, self.plan.mode)

    def array(self, kind: str) -> np.ndarray:
        """`ecg` float16 [n, 12, 2500] in mV; `cine`, `clean` uint8 [m, 50, 96, 96]; `mask` uint8 [m, 96, 96] of the heart."""
        path = self.folder / f"{kind}.npy"
        marks = self.folder / f"{kind}.done.json"
        if not path.exists() or len(json.loads(marks.read_text())["left"]):
            raise FileNotFoundError(f"the {kind} data of cohort '{self.name}' is not complete: run `cardionets-train simulate`")
        return np.load(path, mmap_mode="r")

    @property
    def ecg(self) -> np.ndarray:
        return self.array("ecg")

    @property
    def cine(self) -> np.ndarray:
        return self.array("cine")

    @property
    def phenotypes(self) -> np.ndarray:
        """As acquired, float32 [n, 82]."""
        return self.subjects.acquired.astype(np.float32)

    def simulate(self, kinds: tuple[str, ...] = ("ecg", "cine"), workers: int = 2) -> None:
        """Fills the cache; may be interrupted and started again."""
        if "ecg" in kinds:
            self._fill(["ecg"], [ECG_SHAPE], ["<f2"], self.plan.subjects, ECG_CHUNK, _ecg_chunk, workers)
        if "cine" in kinds and self.plan.cines:
            # Noise-free cines and masks serve measurement only, so the large training cohort goes without them.
            names = ["cine"] if self.plan.cines > 1000 else ["cine", "clean", "mask"]
            shapes = [CINE_SHAPE, CINE_SHAPE, CINE_SHAPE[1:]][: len(names)]
            self._fill(names, shapes, ["u1"] * len(names), self.plan.cines, CINE_CHUNK, _cine_chunk, workers)

    def _fill(self, names, shapes, dtypes, count, chunk, make, workers) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        marks = [self.folder / f"{name}.done.json" for name in names]
        identity = {"seed": self.plan.seed, "count": count, "mode": self.plan.mode}
        state = json.loads(marks[0].read_text()) if marks[0].exists() else {}
        if state.get("identity") != identity:
            kept = _rows_to_keep(state, identity, chunk)
            unfinished = state["left"] if kept else []
            state = {"identity": identity, "left": [x for x in unfinished if x < kept] + list(range(kept, count, chunk))}
            for name, shape, dtype in zip(names, shapes, dtypes):
                path = self.folder / f"{name}.npy"
                old = np.load(path, mmap_mode="r")[:kept] if kept else None
                path.unlink(missing_ok=True)
                grown = np.lib.format.open_memmap(path, "w+", dtype, (count, *shape))
                if kept:
                    grown[:kept] = old
                grown.flush()
        left = state["left"]
        maps = [np.lib.format.open_memmap(self.folder / f"{name}.npy", "r+") for name in names]
        work = partial(make, self.plan)
        # One thread each: the workers fill the cores themselves.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ[name] = "1"
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            jobs = {pool.submit(work, first, min(chunk, count - first)): first for first in left}
            for job in tqdm(as_completed(jobs), f"{self.name} {names[0]}", total=len(jobs)):
                first = jobs[job]
                for target, values in zip(maps, job.result()):
                    target[first : first + len(values)] = values
                state["left"] = [x for x in state["left"] if x != first]
                for mark in marks:
                    mark.write_text(json.dumps(state))
        for mark in marks:
            mark.write_text(json.dumps(state))


def _rows_to_keep(state: dict, identity: dict, chunk: int) -> int:
    """A cohort that grew or shrank keeps its subjects: subject i does not depend on how many there are."""
    old = state.get("identity", {})
    same = old.get("seed") == identity["seed"] and old.get("mode") == identity["mode"]
    return min(old["count"], identity["count"]) // chunk * chunk if same else 0


def _ecg_chunk(plan: CohortPlan, first: int, count: int) -> list[np.ndarray]:
    from ..simulator import record_ecg, simulate_subjects

    recorded = record_ecg(simulate_subjects(count, plan.seed, plan.mode, first=first))
    rows = (preprocess(x, rate) for x, rate in zip(recorded.samples_mv, recorded.heart_rate_bpm))
    return [np.stack(list(rows)).astype(np.float16)]


def _cine_chunk(plan: CohortPlan, first: int, count: int) -> list[np.ndarray]:
    from ..simulator import render_cines, simulate_subjects

    subjects = simulate_subjects(count, plan.seed, plan.mode, first=first)
    noisy, clean, mask = render_cines(subjects, processes=1, dtype=np.uint8)
    return [noisy, clean, mask.astype(np.uint8)]

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
IMPORTED = "imported"
ECG_SHAPE, CINE_SHAPE = (12, 2500), (FRAMES, SIZE, SIZE)


@dataclass(frozen=True)
class CohortPlan:
    """`subjects` with ECG and labels; the first `cines` of them also have a cine."""

    seed: int
    subjects: int
    cines: int
    mode: str = "enriched"
    # Name of a shift of the simulator: an external cohort.
    shift: str | None = None


# The test cohorts are used by `evaluate` only.
PLANS = {
    "train": CohortPlan(seed=21, subjects=40_000, cines=10_000),
    "validation": CohortPlan(seed=22, subjects=2_000, cines=200),
    "test": CohortPlan(seed=23, subjects=2_000, cines=2_000),
    "test-cardiomyopathy": CohortPlan(seed=24, subjects=2_000, cines=0, mode="cardiomyopathy"),
    "external-device": CohortPlan(seed=25, subjects=1_000, cines=0, shift="external-device"),
    "external-older": CohortPlan(seed=26, subjects=1_000, cines=0, shift="external-older"),
    "external-placement": CohortPlan(seed=27, subjects=1_000, cines=0, shift="external-placement"),
}


@dataclass(frozen=True)
class ImportedSubjects:
    """Labels of real subjects; what a record says is all that is known of their diseases."""

    acquired: np.ndarray
    recorded: np.ndarray
    subtype: np.ndarray

    @property
    def diseases(self) -> np.ndarray:
        return self.recorded


def plan_of(name: str, folder: Path = CACHE) -> CohortPlan:
    """Of an imported cohort, or of a simulated one that was made smaller, where there is one; else of the whole simulated one."""
    path = folder / name / "plan.json"
    return CohortPlan(**json.loads(path.read_text())) if path.exists() else PLANS[name]


def is_imported() -> bool:
    """Whether this home holds real recordings in the place of simulated ones."""
    return plan_of("train").mode == IMPORTED


class Cohort:
    """One cohort, simulated or imported; arrays are memory-mapped and read-only."""

    def __init__(self, name: str, plan: CohortPlan | None = None, folder: Path = CACHE):
        self.name, self.plan, self.folder = name, plan or plan_of(name, folder), folder / name

    @cached_property
    def subjects(self):
        if self.plan.mode != IMPORTED:
            return _subjects(self.plan, 0, self.plan.subjects)
        with np.load(self.folder / "labels.npz") as labels:
            return ImportedSubjects(labels["acquired"], labels["recorded"], labels["subtype"])

    def array(self, kind: str, count: int | None = None) -> np.ndarray:
        """`ecg` float16 [n, 12, 2500] in mV; `cine`, `clean` uint8 [m, 50, 96, 96]; `mask` uint8 [m, 96, 96] of the heart.

        The first `count` rows only, where given: they are there before the whole is.
        """
        path = self.folder / f"{kind}.npy"
        marks = self.folder / f"{kind}.done.json"
        left = json.loads(marks.read_text())["left"] if marks.exists() else [0]
        if left and (count is None or min(left) < count):
            raise FileNotFoundError(f"the {kind} data of cohort '{self.name}' is not complete: run `cardionets-train simulate`")
        # Copy-on-write: nothing is written, but torch warns of arrays that it may not write to.
        return np.load(path, mmap_mode="c")[:count]

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
        if self.plan.mode == IMPORTED:
            raise ValueError(f"cohort '{self.name}' was imported; simulate in another home (CARDIONETS_HOME)")
        if "ecg" in kinds:
            self._fill(["ecg"], [ECG_SHAPE], ["<f2"], self.plan.subjects, ECG_CHUNK, _ecg_chunk, workers)
        if "cine" in kinds and self.plan.cines:
            # Noise-free cines and masks serve measurement only, so the large training cohort goes without them.
            names = ["cine"] if self.name == "train" else ["cine", "clean", "mask"]
            shapes = [CINE_SHAPE, CINE_SHAPE, CINE_SHAPE[1:]][: len(names)]
            self._fill(names, shapes, ["u1"] * len(names), self.plan.cines, CINE_CHUNK, _cine_chunk, workers)

    def _fill(self, names, shapes, dtypes, count, chunk, make, workers) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        marks = [self.folder / f"{name}.done.json" for name in names]
        identity = {"seed": self.plan.seed, "count": count, "mode": self.plan.mode, "shift": self.plan.shift}
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
                _mark(marks, state)
        _mark(marks, state)


def _mark(marks: list[Path], state: dict) -> None:
    """Says what is left, in one step: another stage may be reading."""
    for mark in marks:
        temporary = mark.with_suffix(".tmp")
        temporary.write_text(json.dumps(state))
        os.replace(temporary, mark)


def _rows_to_keep(state: dict, identity: dict, chunk: int) -> int:
    """A cohort that grew or shrank keeps its subjects: subject i does not depend on how many there are."""
    old = state.get("identity", {})
    same = all(old.get(key) == identity[key] for key in ("seed", "mode", "shift"))
    return min(old["count"], identity["count"]) // chunk * chunk if same else 0


def _subjects(plan: CohortPlan, first: int, count: int):
    from ..simulator import EXTERNAL_COHORTS, simulate_subjects

    shift = EXTERNAL_COHORTS[plan.shift] if plan.shift else None
    return simulate_subjects(count, plan.seed, plan.mode, shift, first)


def _ecg_chunk(plan: CohortPlan, first: int, count: int) -> list[np.ndarray]:
    from ..simulator import record_ecg

    recorded = record_ecg(_subjects(plan, first, count))
    rows = (preprocess(x, rate) for x, rate in zip(recorded.samples_mv, recorded.heart_rate_bpm))
    return [np.stack(list(rows)).astype(np.float16)]


def _cine_chunk(plan: CohortPlan, first: int, count: int) -> list[np.ndarray]:
    from ..simulator import render_cines

    noisy, clean, mask = render_cines(_subjects(plan, first, count), processes=1, dtype=np.uint8)
    return [noisy, clean, mask.astype(np.uint8)]

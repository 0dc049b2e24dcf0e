"""A cell of the tables: one model, one task, one set of training subjects; its predictions of the test subjects.

Frozen cells solve heads on cached features. Fine-tuned cells cost minutes on a CPU, so each is kept in
`runs/evaluate/cells` when it is done, and a killed evaluation goes on from there.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..config import Profile
from ..cost import Meter
from ..data.cohort import PLANS, Cohort
from ..device import device, hardware
from ..parallel import save_arrays
from ..paths import CACHE, RUNS
from .arms import ARMS, FeatureStore, load_reader
from .finetuning import fine_tune
from .heads import fit_head
from .labels import LABELLED, Part, eligible, labels

# The cells that the short form fine-tunes; everything else it reads from frozen features.
FINE_TUNED_TASKS = ("phenotypes", "cm", "subtypes")
VALIDATION_LABELS = 1000
CPU_STEPS, CPU_WINDOW, CPU_CINES = 300, 6, 200
# Test subjects of the CMR-based model in the tables; generated cines are compared with all of them.
TABLE_CINES = 1000


@dataclass
class Bench:
    """The cohorts, their features and the form of one evaluation; `limit` subjects of each cohort where given."""

    profile: Profile
    full: bool = False
    limit: int | None = None
    steps: int | None = None
    window: int | None = None
    seed: int = 0
    # Test pairs whose cines are generated; all where None.
    cines: int | None = None
    # Generators to be measured, beside those that a former run measured; all where None.
    generators: tuple[str, ...] | None = None
    stores: dict[tuple, FeatureStore] = field(default_factory=dict)

    @classmethod
    def of(cls, options) -> "Bench":
        """As the command line asks; on a CPU fewer steps, each of which looks at a part of every lead.

        Tables alone take the settings of the machine that left the features, and with them its fine-tuned cells.
        """
        left = RUNS / "evaluate" / "part-features.json"
        if options.part == ["tables"] and left.exists():
            form = json.loads(left.read_text(encoding="utf-8"))["form"]
            return cls(options.profile, options.full, options.subjects, form["steps"], form["window"], options.seed)
        slow = device().type == "cpu"
        steps = options.steps or (CPU_STEPS if slow and not options.full else None)
        window = options.window or (CPU_WINDOW if slow else None)
        pairs = options.pairs or (CPU_CINES if slow and not options.full else None)
        generators = options.generators and tuple(options.generators)
        return cls(options.profile, options.full, options.subjects, steps, window, options.seed, pairs, generators)

    @cached_property
    def cohorts(self) -> dict[str, Cohort]:
        return {name: Cohort(name) for name in PLANS}

    def has(self, cohort: str) -> bool:
        """Whether its ECGs, or features of them, are there; a home of real data has no shifted cohorts."""
        return (CACHE / cohort / "ecg.npy").exists() or any((RUNS / "evaluate" / "features").glob(f"{cohort}-*-{self.seed}.npz"))

    def count(self, arm: str, cohort: str) -> int:
        """How many subjects of a cohort the tables let an arm read."""
        plan = self.cohorts[cohort].plan
        if ARMS[arm].source == "ecg":
            available = plan.subjects
        else:
            available = min(plan.cines, TABLE_CINES) if cohort == "test" else plan.cines
        return min(available, self.limit or available)

    def pairs(self) -> int:
        """Test subjects whose cines are generated."""
        plan = self.cohorts["test"].plan
        return min(plan.cines, self.limit or plan.cines, self.cines or plan.cines)

    def features(self, arm: str, cohort: str, rows: np.ndarray) -> np.ndarray:
        key = (arm, cohort)
        if key not in self.stores:
            self.stores[key] = FeatureStore(arm, self.profile, self.cohorts[cohort], self.seed)
        return self.stores[key].get(rows)

    def labels(self, task: str, part: Part) -> np.ndarray:
        return labels(task, self.cohorts[part.cohort], part.rows)

    def part(self, arm: str, task: str, cohort: str, at_most: int | None = None) -> Part:
        """The subjects of a cohort that an arm can read and a task is about."""
        count = min(self.count(arm, cohort), at_most or 10**9)
        return Part(cohort, eligible(task, self.cohorts[cohort], count))

    def roles(self, arm: str, task: str) -> tuple[Part, Part, dict[str, Part]]:
        """Training, validation and test subjects of the held-out tables; thresholds are chosen on the validation subjects."""
        # Subtypes concern a tenth of the subjects, so all of the training cohort is looked through for them.
        train = self.part(arm, task, "train", None if task == "subtypes" else LABELLED)
        held_out = self.part(arm, task, "validation", None if task == "subtypes" else VALIDATION_LABELS)
        ill = task == "subtypes" and ARMS[arm].source == "ecg" and self.has("test-cardiomyopathy")
        tests = {"test": self.part(arm, task, "test-cardiomyopathy" if ill else "test")}
        if ARMS[arm].source == "ecg" and task != "subtypes":
            tests |= {name: self.part(arm, task, name) for name in PLANS if name.startswith("external") and self.has(name)}
        return train, held_out, {**tests, "threshold": held_out}


def frozen_cell(bench: Bench, arm: str, task: str, train: Part, held_out: Part, tests: dict[str, Part]) -> dict[str, np.ndarray]:
    """Predictions of heads on frozen features, of the tests whose features are there or can be computed; {} where those
    of the training subjects are not."""
    if not len(train) or not len(held_out):
        return {}
    try:
        head = fit_head(
            task,
            bench.features(arm, train.cohort, train.rows), bench.labels(task, train),
            bench.features(arm, held_out.cohort, held_out.rows), bench.labels(task, held_out),
        )  # fmt: skip
    except FileNotFoundError:
        return {}
    found = {}
    for name, part in tests.items():
        try:
            found[name] = head(bench.features(arm, part.cohort, part.rows))
        except FileNotFoundError:
            continue
    return found


def tuned_cell(bench: Bench, arm: str, task: str, train: Part, held_out: Part, tests: dict[str, Part], seed: int) -> dict[str, np.ndarray]:
    """Predictions of the fine-tuned model."""
    path = RUNS / "evaluate" / "cells" / f"{arm}-{task}-{_state(bench, arm, task, train, held_out, tests, seed)}.npz"
    if path.exists():
        with np.load(path) as kept:
            return {name: kept[name] for name in tests}
    meter = Meter()
    found = fine_tune(arm, task, bench.profile, bench.cohorts, train, held_out, tests, seed, bench.steps, bench.window)
    save_arrays(path, **found, cost=meter.keep().array(), hardware=np.array(hardware()))
    return found


def _state(bench: Bench, arm: str, task: str, train: Part, held_out: Part, tests: dict[str, Part], seed: int) -> str:
    """Changes with the starting weights, the subjects and the settings."""
    reader = load_reader(arm, bench.profile, seed)
    weights = float(sum(p.detach().double().abs().sum() for p in reader.parameters()))
    seeds = {name: bench.cohorts[part.cohort].plan.seed for name, part in {"train": train, **tests}.items()}
    rows = [hashlib.sha256(p.rows.astype("<i8").tobytes()).hexdigest() for p in (train, held_out, *tests.values())]
    text = json.dumps([bench.profile.name, f"{weights:.9g}", rows, seeds, seed, bench.steps, bench.window])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def run_fine_tuned_cells(options, arm: str) -> None:
    """The cells of one arm that every form of the evaluation fine-tunes, done beforehand so that arms can run side by side."""
    bench = Bench.of(options)
    for task in FINE_TUNED_TASKS:
        train, held_out, tests = bench.roles(arm, task)
        if len(train) and len(held_out):
            tuned_cell(bench, arm, task, train, held_out, tests, options.seed)

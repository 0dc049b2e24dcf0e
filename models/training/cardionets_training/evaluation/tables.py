"""The tables of models against tasks: held-out, five folds, imbalance, fewer labels, other cohorts, subtypes."""

import numpy as np

from ..config import DISEASES
from ..measures import auc, r_squared
from . import statistics
from .arms import ARMS
from .cells import FINE_TUNED_TASKS, Bench, frozen_cell, tuned_cell
from .labels import FOLDS, FRACTIONS, RATIOS, Part, kind
from .scores import Predictions, score

# A random encoder is no model: its heads serve as the lower end at few labels only.
SCRATCH_LABELS = 1000
REPEATS = 3


def cap(arm: str, part: Part, seed: int = 0) -> Part:
    if arm != "scratch" or len(part) <= SCRATCH_LABELS:
        return part
    return part.take(np.sort(np.random.default_rng(seed).permutation(len(part))[:SCRATCH_LABELS]))


def available_arms(bench: Bench) -> list[str]:
    """Arms whose weights are there."""
    found = []
    for arm in ARMS:
        try:
            bench.features(arm, "test", np.arange(1))
            found.append(arm)
        except FileNotFoundError as error:
            print(f"evaluate: {ARMS[arm].title} not run: {error}", flush=True)
    return found


def compute_features(bench: Bench) -> dict:
    """Features of every subject that the tables will ask for: {arm: subjects}."""
    found = {}
    for arm in available_arms(bench):
        for task in ("phenotypes", *DISEASES, "subtypes"):
            train, validation, tests = bench.roles(arm, task)
            for part in (p for p in (train, validation, *tests.values()) if len(p)):
                bench.features(arm, part.cohort, part.rows)
        found[arm] = sum(len(store.rows) for (name, _), store in bench.stores.items() if name == arm)
    return found


def held_out(bench: Bench, arms: list[str], predictions: Predictions) -> dict:
    """{"test" | external cohort: {task: {arm: {"frozen" | "fine-tuned": cell}}}}."""
    tables: dict = {}
    for task in ("phenotypes", *DISEASES, "subtypes"):
        for arm in arms:
            whole, validation, tests = bench.roles(arm, task)
            train = cap(arm, whole)
            answers = {"frozen": frozen_cell(bench, arm, task, train, validation, tests)}
            if len(whole) and len(validation) and ARMS[arm].trainable and (bench.full or task in FINE_TUNED_TASKS):
                answers["fine-tuned"] = tuned_cell(bench, arm, task, whole, validation, tests, bench.seed)
            for method, found in answers.items():
                cut = None
                if kind(task) == "disease" and found:
                    cut = statistics.youden_threshold(bench.labels(task, validation), found["threshold"])
                for name, part in tests.items():
                    if name == "threshold" or name not in found:
                        continue
                    cell = score(task, bench.labels(task, part), found[name], cut)
                    cell["labels"] = len(train if method == "frozen" else whole)
                    tables.setdefault(name, {}).setdefault(task, {}).setdefault(arm, {})[method] = cell
                    predictions.put(name, task, arm, method, part, found[name], cut)
        print(f"evaluate: held-out {task} done", flush=True)
    return tables


def five_folds(bench: Bench, arms: list[str], predictions: Predictions, seed: int = 0) -> dict:
    """{task: {arm: cell}} on the test subjects; a subject is in the same fold for every model."""
    tables: dict = {}
    for task in ("phenotypes", *DISEASES):
        for arm in arms:
            part = bench.part(arm, task, "test")
            if len(part) < FOLDS:
                continue
            fold_of = np.random.default_rng(seed).integers(0, FOLDS, bench.cohorts["test"].plan.subjects)[part.rows]
            method, pooled, values, cuts = "frozen", None, [], np.zeros(len(part))
            for fold in range(FOLDS):
                test, validation = fold_of == fold, fold_of == (fold + 1) % FOLDS
                rest = cap(arm, part.take(~test & ~validation))
                parts = {"test": part.take(test), "threshold": part.take(validation)}
                if bench.full and ARMS[arm].trainable:
                    method = "fine-tuned"
                    found = tuned_cell(bench, arm, task, rest, parts["threshold"], parts, bench.seed)
                else:
                    found = frozen_cell(bench, arm, task, rest, parts["threshold"], parts)
                if "test" not in found:
                    break
                pooled = np.zeros((len(part), *found["test"].shape[1:])) if pooled is None else pooled
                pooled[test] = found["test"]
                truth = bench.labels(task, parts["test"])
                values.append(float(r_squared(truth, found["test"]).mean()) if task == "phenotypes" else auc(truth, found["test"]))
                if task != "phenotypes":
                    cuts[test] = statistics.youden_threshold(bench.labels(task, parts["threshold"]), found["threshold"])
            if len(values) < FOLDS:
                continue
            # Each fold has its own threshold: moved to zero before pooling.
            if task != "phenotypes":
                pooled = pooled - cuts
            cell = score(task, bench.labels(task, part), pooled, None if task == "phenotypes" else 0.0)
            cell |= {"folds": values, "mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1)), "method": method}
            tables.setdefault(task, {})[arm] = cell
            predictions.put("five-fold", task, arm, method, part, pooled, 0.0)
    print("evaluate: five folds done", flush=True)
    return tables


def imbalance(bench: Bench, arms: list[str]) -> dict:
    """{disease: {ratio: {arm: {auc, map, n}}}}: the same number of positives beside 1 to 10 times as many controls."""
    tables: dict = {}
    for task in DISEASES:
        for arm in arms:
            train, validation, tests = bench.roles(arm, task)
            for ratio in RATIOS:
                areas, precisions, sizes = [], [], []
                for seed in range(REPEATS):
                    limit = SCRATCH_LABELS if arm == "scratch" else None
                    chosen = at_ratio(bench.labels(task, train), ratio, seed, limit)
                    asked = at_ratio(bench.labels(task, tests["test"]), ratio, 100 + seed)
                    part = tests["test"].take(asked)
                    found = _any_cell(bench, arm, task, train.take(chosen), validation, {"test": part}, seed).get("test")
                    if found is None:
                        break
                    truth = bench.labels(task, part)
                    areas.append(auc(truth, found))
                    precisions.append(statistics.average_precision(truth, found))
                    sizes.append(len(part))
                if not areas:
                    continue
                tables.setdefault(task, {}).setdefault(str(ratio), {})[arm] = {
                    "auc": float(np.mean(areas)), "auc_sd": float(np.std(areas, ddof=1)), "map": float(np.mean(precisions)),
                    "n": sizes[0], "labels": len(chosen), "seeds": REPEATS,
                }  # fmt: skip
    print("evaluate: imbalance done", flush=True)
    return tables


def at_ratio(labels: np.ndarray, ratio: int, seed: int, limit: int | None = None) -> np.ndarray:
    """Rows with `ratio` controls for each positive; as many positives for every ratio up to 10."""
    rng = np.random.default_rng(seed)
    positives, controls = (rng.permutation(np.flatnonzero(labels == value)) for value in (True, False))
    count = min(len(positives), len(controls) // max(RATIOS), (limit or 10**9) // (1 + max(RATIOS)))
    return np.sort(np.concatenate([positives[:count], controls[: ratio * count]]))


def fewer_labels(bench: Bench, arms: list[str]) -> dict:
    """{task: {fraction: {arm: {value, sd, labels}}}}: AUC or mean R2 with a part of the labels."""
    tables: dict = {}
    for task in ("phenotypes", *DISEASES):
        for arm in arms:
            train, validation, tests = bench.roles(arm, task)
            for fraction in FRACTIONS:
                count = max(20, round(fraction * len(train)))
                if arm == "scratch" and count > SCRATCH_LABELS and not bench.full:
                    continue
                values = []
                for seed in range(REPEATS if fraction < 1 else 1):
                    part = train.take(some_labels(bench.labels(task, train), count, seed, task != "phenotypes"))
                    found = _any_cell(bench, arm, task, part, validation, {"test": tests["test"]}, seed).get("test")
                    if found is None:
                        break
                    truth = bench.labels(task, tests["test"])
                    values.append(float(r_squared(truth, found).mean()) if task == "phenotypes" else auc(truth, found))
                if not values:
                    continue
                tables.setdefault(task, {}).setdefault(f"{fraction:g}", {})[arm] = {
                    "value": float(np.mean(values)), "sd": float(np.std(values)), "labels": count, "n": len(tests["test"]),
                    "seeds": len(values),
                }  # fmt: skip
    print("evaluate: label efficiency done", flush=True)
    return tables


def some_labels(labels: np.ndarray, count: int, seed: int, both: bool) -> np.ndarray:
    """Random rows; of a disease the same share of each class, two of each at least."""
    rng = np.random.default_rng([seed, count])
    if not both:
        return np.sort(rng.permutation(len(labels))[:count])
    classes = [rng.permutation(np.flatnonzero(labels == value)) for value in (True, False)]
    chosen = [rows[: max(2, round(count * len(rows) / len(labels)))] for rows in classes]
    return np.sort(np.concatenate(chosen))


def _any_cell(bench: Bench, arm: str, task: str, train: Part, validation: Part, tests: dict[str, Part], seed: int) -> dict:
    if bench.full and ARMS[arm].trainable:
        return tuned_cell(bench, arm, task, train, validation, tests, seed)
    return frozen_cell(bench, arm, task, train, validation, tests)

"""All tables and figures of the evaluation, into one file of results and one report (section g).

`--part` runs some parts only, so that they can run side by side or on different machines: `features` leaves what `tables`
needs, which then asks for no ECG and no GPU. Each part is written when it ends. `--generators` adds some generators to the
cines that are there. `--report-only` writes the report, and what
the pack states of itself, without computing anything.
"""

import datetime
import json

import numpy as np

from ..cost import Meter
from ..data.cohort import PLANS, is_imported, plan_of
from ..device import hardware
from ..evaluation import comparisons, scores, tables
from ..evaluation.cells import Bench
from ..evaluation.kept_costs import kept_costs
from ..evaluation.cines import add_generators, evaluate_generation
from ..evaluation.heat_maps import evaluate_heat_maps
from ..evaluation.pack_quality import pack_quality
from ..evaluation.report import write_report
from ..evaluation.slides import evaluate_slides
from ..evaluation.task_network import evaluate_task_network
from ..paths import RUNS
from ..stage_runs import stage_runs

STAGE = "evaluate"
PARTS = ("task", "features", "cines", "slides", "tables")


def run(options) -> None:
    folder = RUNS / STAGE
    folder.mkdir(parents=True, exist_ok=True)
    if not options.report_only:
        bench = Bench.of(options)
        for part in options.part or PARTS:
            meter = Meter()
            found = COMPUTE[part](bench)
            cost = meter.spent().minutes()
            write_json(folder / f"part-{part}.json", {"cost": cost, "form": form(bench), "found": found})
            print(f"evaluate: {part} took {cost['minutes']} min, beside the features and fine-tuned cells that it kept", flush=True)
    collect(folder)
    publish(folder)


def evaluate_tables(bench: Bench) -> dict:
    arms, predictions = tables.available_arms(bench), scores.Predictions()
    found = {
        "arms": arms,
        "held_out": tables.held_out(bench, arms, predictions),
        "five_fold": tables.five_folds(bench, arms, predictions),
        "imbalance": tables.imbalance(bench, arms),
        "fewer_labels": tables.fewer_labels(bench, arms),
    }
    found["curves"] = predictions.curves(bench)
    found["comparisons"] = comparisons.compare(bench, predictions)
    return found


def evaluate_cines(bench: Bench) -> dict:
    path = RUNS / STAGE / "part-cines.json"
    if bench.generators:
        if not path.exists():
            raise FileNotFoundError("--generators adds to cines that were measured before, and there are none: run `evaluate --part cines` first")
        before = json.loads(path.read_text(encoding="utf-8"))["found"]
        return before | {"generation": add_generators(before["generation"], evaluate_generation(bench))}
    return {"generation": evaluate_generation(bench), "heat_maps": evaluate_heat_maps(bench)}


COMPUTE = {
    "task": evaluate_task_network,
    "features": tables.compute_features,
    "cines": evaluate_cines,
    "slides": evaluate_slides,
    "tables": evaluate_tables,
}


def form(bench: Bench) -> dict:
    """What every table says of how it was made."""
    name = "full form" if bench.full else "short form"
    what = (
        "every cell fine-tunes the whole encoder"
        if bench.full
        else "phenotypes, CM and subtypes of the held-out table are fine-tuned; every other cell is a linear head on frozen "
        f"features, of Scratch (a random encoder) with {tables.SCRATCH_LABELS:,} labels at most"
    )
    limit = "" if bench.limit is None else f"; at most {bench.limit} subjects of each cohort"
    return {
        "name": name, "seeds": 1, "profile": bench.profile.name, "steps": bench.steps, "window": bench.window,
        "statement": f"{name}, one split, one seed, {data_title()}: {what}{limit}",
        "device": hardware(),
    }  # fmt: skip


def data_title() -> str:
    return "imported data" if is_imported() else "simulated cohort"


def collect(folder) -> None:
    """results.json from the parts that have been run; where there are none, the one that is there stays."""
    results: dict = {"schema": 1, "data": data_title(), "cohorts": {name: vars(plan_of(name)) for name in PLANS}}
    results["written"] = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    if not any((folder / f"part-{part}.json").exists() for part in PARTS):
        return
    for part in PARTS:
        path = folder / f"part-{part}.json"
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        results[part] = stored and stored["found"]
        if stored:
            # Parts that were measured before processor time was have their minutes alone.
            cost = stored.get("cost") or {"minutes": stored["minutes"]}
            results.setdefault("parts", {})[part] = {**cost, "hardware": stored["form"]["device"]}
            results["form"] = stored["form"]
    results["kept"], results["stages"] = kept_costs(folder), stage_runs()
    write_json(folder / "results.json", results)


def publish(folder) -> None:
    path = folder / "results.json"
    if not path.exists():
        raise FileNotFoundError("runs/evaluate/results.json is missing: run `cardionets-train evaluate` first")
    results = json.loads(path.read_text(encoding="utf-8"))
    write_report(results, folder / "report")
    print(f"report: {folder / 'report' / 'report.html'}", flush=True)
    if results["task"] and results["cines"]:
        write_json(folder / "quality.json", pack_quality(results))


def write_json(path, value: dict) -> None:
    path.write_text(json.dumps(plain(value), indent=1, ensure_ascii=False), encoding="utf-8")


def plain(value):
    """Numbers that JSON knows; what could not be computed becomes null."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value

"""The part of the report about what it took: commands, hardware, wall and processor time."""

from .document import Document
from .report_numbers import number

UNKNOWN = "not recorded"


def add_costs(document: Document, results: dict) -> None:
    parts, kept, stages = (results.get(name) or [] for name in ("parts", "kept", "stages"))
    if parts or kept:
        document.heading("What it took")
        rows = [[f"`evaluate --part {name}`", "1", *_spent(cost)] for name, cost in dict(parts).items()]
        rows += [[row["what"], str(row["files"]), *_spent(row)] for row in kept]
        rows.append(["sum", "", "", *(_total([*dict(parts).values(), *kept], key) for key in ("minutes", "processor_minutes"))])
        document.table(
            ["work", "files", "hardware", "wall, min", "processor, min"], rows,
            "Processor time counts every thread and child. Features and fine-tuned cells are kept once computed, so that a part which finds them does not do "
            "them again: they are counted by themselves, in no part.",
        )  # fmt: skip
    if stages:
        document.heading("Training stages: commands, hardware and time")
        rows = []
        for stage, found in stages.items():
            for s in found["sittings"]:
                rows.append([stage, f"{s['steps']:,} steps, rate {s['rate']:g}", s.get("hardware") or UNKNOWN, number(s["minutes"], 2), ""])
            for run in found["runs"]:
                ended = f", ended by {run['problem']}" if run["problem"] else ""
                rows.append([stage, f"`{run['command']}`{ended}", *_spent(run)])
        document.table(
            ["stage", "training, or whole command", "hardware", "wall, min", "processor, min"], rows,
            "From the logs of this home. Training is the time between the first and the last step of a sitting; a command also reads, validates and writes.",
        )  # fmt: skip


def _spent(cost: dict) -> list[str]:
    return [cost.get("hardware") or UNKNOWN, *(number(cost[key], 2) if key in cost else UNKNOWN for key in ("minutes", "processor_minutes"))]


def _total(costs: list[dict], key: str) -> str:
    known = [cost[key] for cost in costs if key in cost]
    return number(sum(known), 2) + (" at least" if len(known) < len(costs) else "") if known else UNKNOWN

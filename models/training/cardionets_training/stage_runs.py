"""Which command ran a stage, on what, and how long: `runs/STAGE/runs.json`, a line for each command that came to its end.

A command that was killed leaves no line; the training minutes of a stage, those before a kill included, are in
`sittings.json`.
"""

import json

from .cost import Cost
from .device import hardware
from .paths import RUNS


def record_run(stage: str, command: str, cost: Cost, problem: str | None) -> None:
    path = RUNS / stage / "runs.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"command": command, "hardware": hardware(), **cost.minutes(), "problem": problem}
    path.write_text(json.dumps([*_read(path), line], indent=1), encoding="utf-8")


def stage_runs() -> dict[str, dict]:
    """{stage: {"sittings": steps, minutes and hardware of the training, "runs": commands}} of the stages of this home."""
    folders = sorted({path.parent for name in ("runs", "sittings") for path in RUNS.glob(f"*/{name}.json")})
    return {f.name: {name: _read(f / f"{name}.json") for name in ("sittings", "runs")} for f in folders}


def _read(path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []

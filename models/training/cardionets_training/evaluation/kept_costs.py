"""What the features and fine-tuned cells that an evaluation has kept cost, by the hardware that computed them."""

from pathlib import Path

import numpy as np

from ..cost import Cost

KINDS = {"cells": "fine-tuned cells", "features": "features"}


def kept_costs(folder: Path) -> list[dict]:
    """Rows of {"what", "files", "hardware", "minutes", "processor_minutes"}; of those whose cost was not measured, only how
    many they are."""
    rows = []
    for name, title in KINDS.items():
        groups: dict[str | None, list[Cost]] = {}
        for path in sorted((folder / name).glob("*.npz")):
            with np.load(path) as kept:
                cost = Cost.of(kept)
                groups.setdefault(str(kept["hardware"]) if np.isfinite(cost.wall_s) else None, []).append(cost)
        for hardware, costs in groups.items():
            total = sum(costs, Cost()).minutes() if hardware else {}
            rows.append({"what": title, "files": len(costs), "hardware": hardware, **total})
    return rows

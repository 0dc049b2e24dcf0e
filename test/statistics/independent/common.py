"""Shared by the scripts that compute reference cases apart from the product."""
import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def success(positive, negative):
    return float(positive > negative) + 0.5 * float(positive == negative)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, (np.integer, np.bool_)) else value


def write(name, title, cases, data=None, tolerance=None):
    content = {"id": name, "title": title, "format": "reference-cases/1",
               "sources": [Path(sys.argv[0]).name], "default_tolerance": tolerance or {"abs": 1e-10, "rel": 1e-9}}
    if data is not None:
        content["data"] = data
    content["cases"] = [{"id": f"{function}_{i}", "function": function, "inputs": inputs, "options": options, "expected": expected}
                        for i, (function, inputs, options, expected) in enumerate(cases)]
    (HERE / "cases" / f"{name}.json").write_text(json.dumps(plain(content), separators=(",", ":")) + "\n")

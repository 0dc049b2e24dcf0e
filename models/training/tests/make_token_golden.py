"""Writes golden/tokens.json: which number of a latent stands where in the tokens, written down without the networks' code.

python tests/make_token_golden.py     (from models/training)
"""

import hashlib
import json
from pathlib import Path

import numpy as np

GOLDEN, SHOWN = Path(__file__).parent / "golden" / "tokens.json", 60
# (channels, frames, rows, columns) of the latent and (frames, rows, columns) of a token, sections a4 and a6 of the design.
SIZES = {"S": ((4, 25, 12, 12), (25, 2, 2)), "P": ((16, 25, 12, 12), (5, 2, 2))}


def index_map(latent: tuple[int, int, int, int], patch: tuple[int, int, int]) -> np.ndarray:
    """[tokens, numbers of a token]: flat index in the latent. Tokens run over time, row, column; inside over channel, time, row, column."""
    (channels, *extent), places = latent, []
    grid = [n // p for n, p in zip(extent, patch)]
    for token in np.ndindex(*grid):
        inside = []
        for channel, *offset in np.ndindex(channels, *patch):
            t, h, w = (k * p + o for k, p, o in zip(token, patch, offset))
            inside.append(((channel * extent[0] + t) * extent[1] + h) * extent[2] + w)
        places.append(inside)
    return np.array(places, dtype="<i4")


if __name__ == "__main__":
    found = {}
    for name, (latent, patch) in SIZES.items():
        places = index_map(latent, patch)
        rng = np.random.default_rng(0)
        rows = [[int(t), int(k), int(places[t, k])] for t, k in zip(rng.integers(0, places.shape[0], SHOWN), rng.integers(0, places.shape[1], SHOWN))]
        digest = hashlib.sha256(places.tobytes()).hexdigest()
        found[name] = {"latent": latent, "patch": patch, "shape": places.shape, "sha256": digest, "token_inner_latent": rows}
    text = ",\n".join(f'"{name}":{json.dumps(case, separators=(",", ":"))}' for name, case in found.items())
    GOLDEN.write_text(f"{{\n{text}\n}}\n")

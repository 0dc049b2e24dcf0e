"""Where the kit keeps things, relative to models/training (override with CARDIONETS_HOME)."""

import os
from pathlib import Path

HOME = Path(os.environ.get("CARDIONETS_HOME", Path(__file__).resolve().parent.parent))
KEYS = HOME / "keys"
RUNS = HOME / "runs"
CACHE = HOME / "cache"
WEIGHTS = HOME / "weights"
PACK = HOME.parent / "reference"

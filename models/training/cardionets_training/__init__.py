"""Training kit of CardioNets: networks, simulated cohort, stages, evaluation and model packs."""

import os

# The released ONNX Runtime calls home otherwise; it reads this when it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

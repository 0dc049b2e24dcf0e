"""Writes FOLDER/generated.i16: 800 ECGs that a published network drew after it had learned 7,233 real normal ones.

`pip install deepfake-ecg==1.1.2` (MIT; Thambawita et al., Sci Rep 2021;11:21896), then `python generated-ecgs.py FOLDER`.
int16 little-endian µV [800, 8, 5000] at 500 Hz, leads I, II, V1–V6.
"""

import sys
from pathlib import Path

import deepfakeecg
import numpy as np
import torch
from deepfakeecg.models import Generator

torch.manual_seed(7)
network = Generator()
weights = Path(deepfakeecg.__file__).parent / "checkpoints" / "g_stat.pt"
network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True)["stat_dict"])
network.eval()
with torch.no_grad(), open(Path(sys.argv[1]) / "generated.i16", "wb") as samples:
    for _ in range(800):
        microvolts = (network(torch.empty(1, 8, 5000).uniform_(-1, 1)) * 6000).int()[0].numpy()
        samples.write(np.clip(microvolts, -32768, 32767).astype("<i2").tobytes())

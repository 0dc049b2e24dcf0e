"""Small grey images inside the results file, so that figures can be drawn again on any machine."""

import base64
import zlib

import numpy as np
from torch import Tensor


def pack_frames(frames: Tensor | np.ndarray) -> dict:
    """Images (N, H, W) in [0, 1] as 8-bit."""
    values = frames.detach().float().cpu().numpy() if isinstance(frames, Tensor) else np.asarray(frames)
    bytes_ = np.clip(np.round(values * 255), 0, 255).astype(np.uint8)
    return {"shape": list(bytes_.shape), "zlib_base64": base64.b64encode(zlib.compress(bytes_.tobytes(), 9)).decode()}


def unpack_frames(packed: dict) -> np.ndarray:
    """uint8 (N, H, W)."""
    return np.frombuffer(zlib.decompress(base64.b64decode(packed["zlib_base64"])), np.uint8).reshape(packed["shape"])

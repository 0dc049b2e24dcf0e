"""Batches of ECGs and cines with the augmentations of sections b and c."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..config import ENCODER_SAMPLES
from ..device import device
from ..parallel import rand
from ..encoder_input import scale


def on_device(stored: np.ndarray | Tensor) -> Tensor:
    """A cohort's array as a tensor on the default device: moved once to a GPU, memory-mapped on a CPU."""
    return torch.as_tensor(stored).to(device())


def take(stored: np.ndarray | Tensor, rows) -> Tensor:
    """Rows (a slice, a range or indices) of a cohort's array as float32 on the default device."""
    if not isinstance(rows, slice):
        rows = torch.as_tensor(np.asarray(rows)).to(stored.device if isinstance(stored, Tensor) else "cpu")
    return torch.as_tensor(stored)[rows].to(device()).float()


def ecg_batch(stored: np.ndarray | Tensor, rows, augment: str | None, rng: np.random.Generator | None) -> tuple[Tensor, Tensor]:
    """`ecg` (B, 12, 2250) in [-1, 1] and `amplitude` (B, 12).

    augment: None is the centre crop of inference, `crop` a random crop, `flip` adds TimeFlip and SignFlip (p = .33).
    """
    x = take(stored, rows)
    room = x.shape[-1] - ENCODER_SAMPLES
    if augment is None:
        x = x[..., room // 2 : room // 2 + ENCODER_SAMPLES]
    else:
        starts = torch.from_numpy(rng.integers(0, room + 1, len(x))).to(x.device)
        x = x.unfold(-1, ENCODER_SAMPLES, 1)[torch.arange(len(x), device=x.device), :, starts]  # (B, 12, 2250)
    if augment == "flip":
        reverse, negate = (torch.from_numpy(rng.random(len(x)) < 0.33).to(x.device)[:, None, None] for _ in range(2))
        x = torch.where(reverse, x.flip(-1), x)
        x = torch.where(negate, -x, x)
    return scale(x)


def window_ids(batch: int, patches: int, keep: int, rng: np.random.Generator) -> Tensor:
    """A window of `keep` neighbouring patches, the same in all leads, at a random place: (B, 12, keep).

    Training looks at a third of the recording at a time: six times as many samples in the same minutes.
    """
    starts = torch.from_numpy(rng.integers(0, patches - keep + 1, batch)).to(device())
    return (starts[:, None] + torch.arange(keep, device=starts.device))[:, None].expand(batch, 12, keep)


def cine_batch(stored: np.ndarray | Tensor, rows) -> Tensor:
    """(B, 50, 96, 96) in [0, 1]."""
    return take(stored, rows) / 255


def augment_cines(cine: Tensor) -> Tensor:
    """Rotation +-30 degrees, flips (p = .5), resized crop of scale .8-1 and aspect .9-1.1: one transform per cine."""
    b, at = len(cine), cine.device
    angle = (rand(b, device=at) * 2 - 1) * torch.pi / 6
    area, aspect = 0.8 + 0.2 * rand(b, device=at), torch.exp((rand(b, device=at) * 2 - 1) * np.log(1.1))
    zoom_x, zoom_y = (area * aspect).sqrt().clamp_max(1), (area / aspect).sqrt().clamp_max(1)
    mirror = torch.where(rand(b, 2, device=at).T < 0.5, -1.0, 1.0)
    room = torch.stack([1 - zoom_x, 1 - zoom_y])
    shift = (rand(b, 2, device=at).T * 2 - 1) * room
    cos, sin = angle.cos(), angle.sin()
    rows = torch.stack([
        torch.stack([zoom_x * cos * mirror[0], -zoom_x * sin * mirror[1], shift[0]], dim=1),
        torch.stack([zoom_y * sin * mirror[0], zoom_y * cos * mirror[1], shift[1]], dim=1),
    ], dim=1)  # fmt: skip
    grid = F.affine_grid(rows, list(cine.shape), align_corners=False)
    return F.grid_sample(cine, grid, align_corners=False)

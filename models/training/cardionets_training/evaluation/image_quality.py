"""Distance of a generated cine to the subject's own: whole frame, and inside the heart after a rigid alignment."""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..networks.image_losses import SSIM_MARGIN, ssim_map

MEASURES = ("ssim", "psnr", "mae", "rmse")
ANGLES_DEG = (-9.0, -6.0, -3.0, 0.0, 3.0, 6.0, 9.0)
FARTHEST_PX = 8


def distances(images: Tensor, truth: Tensor, mask: Tensor | None = None) -> Tensor:
    """SSIM (mean of the frames), PSNR in dB, MAE and RMSE of each cine: (B, 50, 96, 96) x 2 -> (B, 4).

    mask: bool (B, 96, 96); where given, only those pixels count.
    """
    weight = torch.ones_like(truth[:, 0]) if mask is None else mask.to(truth.dtype)  # (B, H, W)
    pixels = weight.flatten(1).sum(1).clamp_min(1)
    error = images - truth
    mse = (error.square().mean(1) * weight).flatten(1).sum(1) / pixels
    mae = (error.abs().mean(1) * weight).flatten(1).sum(1) / pixels
    inner = weight[:, SSIM_MARGIN:-SSIM_MARGIN, SSIM_MARGIN:-SSIM_MARGIN]
    similarity = torch.stack([ssim_map(a, b).mean(0) for a, b in zip(images, truth)])
    ssim = (similarity * inner).flatten(1).sum(1) / inner.flatten(1).sum(1).clamp_min(1)
    return torch.stack([ssim, -10 * mse.clamp_min(1e-10).log10(), mae, mse.sqrt()], dim=1)


def turn(cine: Tensor, degrees: Tensor, shift: Tensor) -> Tensor:
    """Each cine turned about its centre, then moved by `shift` (B, 2) pixels in x and y; the border is repeated."""
    angle, size = degrees.deg2rad(), cine.shape[-1]
    cos, sin = angle.cos(), angle.sin()
    offset = -2 * shift / size
    rows = torch.stack(
        [
            torch.stack([cos, -sin, cos * offset[:, 0] - sin * offset[:, 1]], dim=1),
            torch.stack([sin, cos, sin * offset[:, 0] + cos * offset[:, 1]], dim=1),
        ],
        dim=1,
    )
    grid = F.affine_grid(rows, list(cine.shape), align_corners=False)
    return F.grid_sample(cine, grid, padding_mode="border", align_corners=False)


def align_rigidly(images: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """`images` turned and moved so that their mean frames correlate best with the true ones inside the heart.

    A grid of angles; for each the whole-pixel shift of the highest Pearson correlation, from Fourier transforms. Divided by
    the deviation under the mask: without it the shift that brings the brightest surroundings there would win.
    """
    mask = mask.to(truth.dtype)
    pixels = mask.sum((1, 2), keepdim=True).clamp_min(1)
    goal = truth.mean(1)
    goal = (goal - (goal * mask).sum((1, 2), keepdim=True) / pixels) * mask
    best = torch.full((len(images),), -torch.inf, device=images.device)
    degrees, shift = torch.zeros_like(best), torch.zeros(len(images), 2, device=images.device)
    still, mean = torch.zeros_like(shift), images.mean(1, keepdim=True)
    for angle in ANGLES_DEG:
        turned = turn(mean, torch.full_like(best, angle), still)[:, 0]
        turned = turned - turned.mean((1, 2), keepdim=True)
        product, level, square = _near(goal, turned), _near(mask, turned), _near(mask, turned.square())
        deviation = (square - level.square() / pixels).clamp_min(1e-6).sqrt()
        near = product / deviation
        value, place = near.flatten(1).max(1)
        better = value > best
        best = torch.where(better, value, best)
        degrees = torch.where(better, angle, degrees)
        row, column = place // near.shape[2] - FARTHEST_PX, place % near.shape[2] - FARTHEST_PX
        shift = torch.where(better[:, None], torch.stack([column, row], dim=1).float(), shift)
    return turn(images, degrees, shift)


def _near(fixed: Tensor, moving: Tensor) -> Tensor:
    """Sum of `fixed` times `moving` moved by each shift of up to 8 pixels in y and x: (B, H, W) x 2 -> (B, 17, 17)."""
    size = 2 * FARTHEST_PX + 1
    product = torch.fft.irfft2(torch.fft.rfft2(fixed) * torch.fft.rfft2(moving).conj(), s=fixed.shape[-2:])
    return product.roll((FARTHEST_PX, FARTHEST_PX), dims=(1, 2))[:, :size, :size]

"""Pre-norm transformer blocks and fixed positions shared by all networks."""

import math

import torch
import torch.nn.functional as F
from einops import rearrange
from torch import Tensor, nn

from ..parallel import rand


class Attention(nn.Module):
    """Multi-head self-attention with an optional additive bias (B, H, N, N)."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:  # (B, N, D)
        q, k, v = rearrange(self.qkv(x), "b n (three h d) -> three b h n d", three=3, h=self.heads)
        if torch.onnx.is_in_onnx_export():
            # Decomposed, so that the graph runs on every execution provider.
            logits = (q * q.shape[-1] ** -0.5) @ k.transpose(-2, -1)  # (B, H, N, N)
            y = (logits if bias is None else logits + bias).softmax(-1) @ v
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)  # (B, H, N, d)
        return self.out(rearrange(y, "b h n d -> b n (h d)"))


class Block(nn.Module):
    """x + Attention(LN x), then x + MLP(LN x) with an exact GELU and ratio 4."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:  # (B, N, D)
        x = x + self.attention(self.norm1(x), bias)
        return x + self.mlp(self.norm2(x))


def sincos(positions: Tensor, width: int, temperature: float = 10_000.0) -> Tensor:
    """Sine and cosine embedding (sin | cos) of positions (N,), shape (N, width)."""
    rates = torch.exp(-math.log(temperature) * torch.arange(width // 2, dtype=torch.float64, device=positions.device) / (width // 2))
    angles = positions.double()[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1).float()


def sincos_2d(side: int, width: int) -> Tensor:
    """Fixed positions of a square grid, row-major, half the width for each axis: (side * side, width)."""
    rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    return torch.cat([sincos(rows.reshape(-1), width // 2), sincos(columns.reshape(-1), width // 2)], dim=1)


def initialise(module: nn.Module) -> None:
    """Xavier-uniform linear layers with zero bias, as in MAE and ST-MEM."""
    for part in module.modules():
        if isinstance(part, nn.Linear):
            nn.init.xavier_uniform_(part.weight)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


def gather_tokens(x: Tensor, ids: Tensor) -> Tensor:
    """Rows `ids` (..., K) of the tokens x (..., N, D): (..., K, D)."""
    return x.gather(-2, ids[..., None].expand(*ids.shape, x.shape[-1]))


def random_keep(shape: tuple[int, ...], count: int, keep: int, device=None) -> tuple[Tensor, Tensor]:
    """Random subsets without replacement: kept ids (*shape, keep) and a mask (*shape, count), 1 = hidden."""
    kept = rand(*shape, count, device=device).argsort(-1)[..., :keep].sort(-1).values
    mask = torch.ones(*shape, count, device=device).scatter_(-1, kept, 0.0)
    return kept, mask


def normalised_patch_loss(prediction: Tensor, patches: Tensor, mask: Tensor) -> Tensor:
    """Mean squared error on hidden patches against targets normalised per patch (MAE, He et al. 2022)."""
    target = (patches - patches.mean(-1, keepdim=True)) / (patches.var(-1, keepdim=True) + 1e-6).sqrt()
    error = (prediction.float() - target).square().mean(-1)
    return (error * mask).sum() / mask.sum()

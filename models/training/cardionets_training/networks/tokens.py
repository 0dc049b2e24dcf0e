"""Latents as tokens, and the PCA space of the tube tokens (a6)."""

import torch
from einops import rearrange
from torch import Tensor, nn

from ..config import GeneratorSizes


def to_tokens(latent: Tensor, patch: tuple[int, int, int]) -> Tensor:
    """(B, c, T, H, W) to (B, N, c * pt * ph * pw), tokens ordered by time, row, column. Exact inverse of to_latent."""
    t, h, w = patch
    return rearrange(latent, "b c (nt t) (nh h) (nw w) -> b (nt nh nw) (c t h w)", t=t, h=h, w=w)


def to_latent(tokens: Tensor, sizes: GeneratorSizes) -> Tensor:
    (c, *_), (nt, nh, nw), (t, h, w) = sizes.latent, sizes.grid, sizes.patch
    shape = dict(nt=nt, nh=nh, nw=nw, c=c, t=t, h=h, w=w)
    return rearrange(tokens, "b (nt nh nw) (c t h w) -> b c (nt t) (nh h) (nw w)", **shape)


class TokenSpace(nn.Module):
    """y = V'(x - mean at this position) / sqrt(variance): one shared basis, the leading components only."""

    def __init__(self, sizes: GeneratorSizes):
        super().__init__()
        raw, kept = sizes.raw_dimensions, sizes.dimensions
        self.sizes = sizes
        self.register_buffer("mean", torch.zeros(sizes.tokens, raw))
        self.register_buffer("basis", torch.eye(raw)[:, :kept].contiguous())
        self.register_buffer("scale", torch.ones(kept))

    @torch.no_grad()
    def fit(self, latents: Tensor) -> float:
        """Fits mean, basis and scale to normalised latents (B, c, T, H, W); returns the share of variance kept."""
        tokens = to_tokens(latents.float(), self.sizes.patch)  # (B, N, raw)
        self.mean.copy_(tokens.mean(0))
        centred = (tokens - self.mean).flatten(0, 1).double()
        variance, vectors = torch.linalg.eigh(centred.T @ centred / len(centred))
        kept = self.sizes.dimensions
        self.basis.copy_(vectors.flip(1)[:, :kept])
        self.scale.copy_(variance.flip(0)[:kept].clamp_min(1e-8).sqrt())
        return float(variance.flip(0)[:kept].sum() / variance.sum())

    def encode(self, latent: Tensor) -> Tensor:  # normalised latent -> (B, N, C)
        return (to_tokens(latent, self.sizes.patch) - self.mean) @ self.basis / self.scale

    def decode(self, tokens: Tensor) -> Tensor:  # (B, N, C) -> normalised latent
        return to_latent((tokens * self.scale) @ self.basis.T + self.mean, self.sizes)

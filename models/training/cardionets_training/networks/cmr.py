"""Cine CMR encoder and its masked autoencoder (He et al. 2022), 50 frames as channels."""

import torch
import torch.nn.functional as F
from einops import rearrange
from torch import Tensor, nn

from ..config import FRAMES, CmrSizes
from ..parallel import gather
from .transformer import Block, gather_tokens, initialise, normalised_patch_loss, random_keep, sincos_2d


class CmrEncoder(nn.Module):
    """A cine in [0, 1], (B, 50, 96, 96), to one feature vector and a grid of patch tokens."""

    def __init__(self, sizes: CmrSizes):
        super().__init__()
        self.sizes, d = sizes, sizes.width
        self.grid = sizes.size // sizes.patch
        self.embed = nn.Conv2d(FRAMES, d, sizes.patch, sizes.patch)
        self.blocks = nn.ModuleList(Block(d, sizes.heads) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(d)
        initialise(self)
        self.class_token = nn.Parameter(0.02 * torch.randn(d))
        self.register_buffer("position", sincos_2d(self.grid, d), persistent=False)

    def transform(self, cine: Tensor, keep: Tensor | None) -> Tensor:
        """Class token and patch tokens after the blocks: (B, 1 + K, D)."""
        x = self.embed(cine * 2 - 1).flatten(2).transpose(1, 2) + self.position  # (B, N, D)
        if keep is not None:
            x = gather_tokens(x, keep)
        x = torch.cat([self.class_token.expand(x.shape[0], 1, -1), x], dim=1)
        for block in self.blocks:
            x = block(x)
        return x

    def forward(self, cine: Tensor) -> tuple[Tensor, Tensor]:
        """`feat` (B, D), the normalised mean of the patch tokens, and `tokens` (B, N, D)."""
        tokens = self.transform(cine, None)[:, 1:]
        return self.norm(tokens.mean(1)), tokens


class CmrMaskedAutoencoder(nn.Module):
    """Hides 75 % of the patches, all frames of a patch together."""

    def __init__(self, encoder: CmrEncoder, hidden: float = 0.75):
        super().__init__()
        sizes = encoder.sizes
        self.encoder, d, self.tokens = encoder, sizes.decoder_width, encoder.grid**2
        self.keep = round(self.tokens * (1 - hidden))
        self.encoder_norm = nn.LayerNorm(sizes.width)
        self.enter = nn.Linear(sizes.width, d)
        self.blocks = nn.ModuleList(Block(d, d // 32) for _ in range(sizes.decoder_layers))
        self.norm, self.leave = nn.LayerNorm(d), nn.Linear(d, FRAMES * sizes.patch**2)
        for part in (self.enter, self.blocks, self.leave):
            initialise(part)
        self.mask_token = nn.Parameter(0.02 * torch.randn(d))
        self.register_buffer("position", sincos_2d(encoder.grid, d), persistent=False)

    def forward(self, cine: Tensor) -> Tensor:  # (B, 50, 96, 96) in [0, 1]
        p = self.encoder.sizes.patch
        patches = rearrange(cine * 2 - 1, "b f (h p) (w q) -> b (h w) (f p q)", p=p, q=p)
        kept, mask = random_keep((cine.shape[0],), self.tokens, self.keep, cine.device)
        x = self.enter(self.encoder_norm(self.encoder.transform(cine, kept)))  # (B, 1 + K, d)
        full = self.mask_token.to(x.dtype).expand(x.shape[0], self.tokens, -1)
        full = full.scatter(1, kept[..., None].expand(-1, -1, x.shape[-1]), x[:, 1:]) + self.position
        x = torch.cat([x[:, :1], full], dim=1)
        for block in self.blocks:
            x = block(x)
        return normalised_patch_loss(self.leave(self.norm(x))[:, 1:], patches, mask)


class Projection(nn.Module):
    """Features of one modality in the shared space: a linear layer and unit length (a4)."""

    def __init__(self, width: int, shared: int):
        super().__init__()
        self.linear = nn.Linear(width, shared)

    def forward(self, feat: Tensor) -> Tensor:  # (..., D) -> (..., 256)
        h = self.linear(feat)
        # Written out: F.normalize exports an Expand that some providers lack.
        return h / (h.square().sum(-1, keepdim=True) + 1e-12).sqrt()


def contrastive_loss(h1: Tensor, h2: Tensor, temperature: float = 0.05) -> Tensor:
    """Symmetric cross-entropy over the pairs of a batch, equations 1 to 4 of the article."""
    h1, h2 = gather(h1), gather(h2)  # the negatives of all processes
    logits = h1 @ h2.T / temperature
    target = torch.arange(len(h1), device=h1.device)
    return 0.5 * F.cross_entropy(logits, target) + 0.5 * F.cross_entropy(logits.T, target)

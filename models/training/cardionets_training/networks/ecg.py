"""ECG encoder and its masked autoencoder (ST-MEM, Na et al., ICLR 2024; written from the paper's text)."""

import torch
from einops import rearrange
from torch import Tensor, nn

from ..config import EcgSizes
from .transformer import Block, gather_tokens, initialise, normalised_patch_loss, random_keep, sincos

LEAD_COUNT = 12
# Of a patch in a lead scaled to [-1, 1]: a hundredth of the lead's height.
SMALLEST_VARIANCE = 1e-4


class EcgEncoder(nn.Module):
    """Twelve leads of 2250 samples in [-1, 1] at 250 Hz to one feature vector and 12 x 30 tokens."""

    def __init__(self, sizes: EcgSizes):
        super().__init__()
        self.sizes, d = sizes, sizes.width
        self.embed = nn.Sequential(nn.LayerNorm(sizes.patch), nn.Linear(sizes.patch, d), nn.LayerNorm(d))
        self.blocks = nn.ModuleList(Block(d, sizes.heads) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(d)
        initialise(self)
        self.separator = nn.Parameter(0.02 * torch.randn(d))
        self.lead = nn.Parameter(0.02 * torch.randn(LEAD_COUNT, d))
        self.register_buffer("position", sincos(torch.arange(sizes.patches + 2), d), persistent=False)
        # Per-lead scaling erases the voltage; its logarithm comes back through this layer. The norm of each patch erases
        # how large a T wave is beside its QRS; mean and log deviation of the patch come back (both chosen, off in P).
        self.amplitude = nn.Linear(LEAD_COUNT, d) if sizes.amplitude else None
        self.level = nn.Linear(2, d) if sizes.amplitude else None

    def patches(self, ecg: Tensor) -> Tensor:  # (B, 12, T)
        return rearrange(ecg, "b l (n p) -> b l n p", p=self.sizes.patch)  # (B, 12, 30, 75)

    def transform(self, patches: Tensor, amplitude: Tensor | None, keep: Tensor | None) -> Tensor:
        """Tokens after the blocks, separators still in place: (B, 12, K + 2, D)."""
        x = self.embed(patches) + self.position[1:-1]  # (B, 12, 30, D)
        if self.level is not None:
            x = x + self.level(patch_levels(patches))
        if keep is not None:
            x = gather_tokens(x, keep)  # (B, 12, K, D)
        edges = self.separator + self.position[[0, -1]]  # (2, D)
        left, right = (e.expand(x.shape[0], LEAD_COUNT, 1, -1) for e in edges)
        x = torch.cat([left, x, right], dim=2) + self.lead[:, None]  # (B, 12, K + 2, D)
        if self.amplitude is not None and amplitude is not None:
            x = x + self.amplitude(amplitude)[:, None, None]
        n = x.shape[2]
        x = rearrange(x, "b l n d -> b (l n) d")
        for block in self.blocks:
            x = block(x)
        return rearrange(x, "b (l n) d -> b l n d", n=n)

    def forward(self, ecg: Tensor, amplitude: Tensor | None = None, keep: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """`ecg` (B, 12, 2250), `amplitude` (B, 12) log10 mV, `keep` (B, 12, K) ids of the patches to look at.

        Returns `feat` (B, D), the normalised mean of all tokens, and `tokens` (B, 12, K, D), both without separators.
        """
        tokens = self.transform(self.patches(ecg), amplitude, keep)[:, :, 1:-1]
        return self.norm(tokens.mean(dim=(1, 2))), tokens


def patch_levels(patches: Tensor) -> Tensor:
    """Mean and log10 of the deviation of each patch (B, 12, N, 2), both about -1 to 1."""
    mean = patches.mean(-1, keepdim=True)
    variance = (patches - mean).square().mean(-1, keepdim=True)
    return torch.cat([mean, 0.5 * (variance + SMALLEST_VARIANCE).log10() + 1], dim=-1)


class EcgMaskedAutoencoder(nn.Module):
    """Hides 75 % of each lead's patches; the decoder works on one lead at a time."""

    def __init__(self, encoder: EcgEncoder, hidden: float = 0.75):
        super().__init__()
        sizes = encoder.sizes
        self.encoder, d = encoder, sizes.decoder_width
        self.keep = int(sizes.patches * (1 - hidden))
        self.enter = nn.Linear(sizes.width, d)
        self.encoder_norm = nn.LayerNorm(sizes.width)
        self.blocks = nn.ModuleList(Block(d, max(1, d // 32)) for _ in range(sizes.decoder_layers))
        self.norm, self.leave = nn.LayerNorm(d), nn.Linear(d, sizes.patch)
        for part in (self.enter, self.blocks, self.leave):
            initialise(part)
        self.mask_token = nn.Parameter(0.02 * torch.randn(d))
        self.register_buffer("position", sincos(torch.arange(sizes.patches + 2), d), persistent=False)

    def forward(self, ecg: Tensor, amplitude: Tensor | None = None) -> Tensor:  # (B, 12, 2250)
        patches = self.encoder.patches(ecg)
        b, leads, n, _ = patches.shape
        kept, mask = random_keep((b, leads), n, self.keep, ecg.device)
        x = self.enter(self.encoder_norm(self.encoder.transform(patches, amplitude, kept)))  # (B, 12, K + 2, d)
        full = self.mask_token.to(x.dtype).expand(b, leads, n, -1)
        full = full.scatter(2, kept[..., None].expand(-1, -1, -1, x.shape[-1]), x[:, :, 1:-1])
        x = torch.cat([x[:, :, :1], full, x[:, :, -1:]], dim=2) + self.position  # (B, 12, 32, d)
        x = rearrange(x, "b l n d -> (b l) n d")
        for block in self.blocks:
            x = block(x)
        prediction = self.leave(self.norm(x))[:, 1:-1]  # (B * 12, 30, 75)
        return normalised_patch_loss(rearrange(prediction, "(b l) n p -> b l n p", l=leads), patches, mask)

"""Space-time autoencoder of the cine: 2-D convolutions only, so that it runs on every execution provider (a5)."""

import torch
from einops import rearrange
from torch import Tensor, nn

from ..config import VaeSizes

UNSHUFFLED = 32  # 2 frames x 4 x 4 pixels


class SpaceTimeBlock(nn.Module):
    """x + T(SiLU(S(SiLU(GN(x))))): a 3 x 3 convolution per frame, then one over frames t-1, t, t+1."""

    def __init__(self, channels: int):
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.space = nn.Conv2d(channels, channels, 3, padding=1)
        self.time = nn.Conv2d(3 * channels, channels, 1)
        nn.init.zeros_(self.time.weight)
        nn.init.zeros_(self.time.bias)
        self.activation = nn.SiLU()

    def forward(self, x: Tensor, frames: int, circular: bool) -> Tensor:  # (B * T, C, H, W)
        y = self.activation(self.space(self.activation(self.norm(x))))
        y = rearrange(y, "(b t) c h w -> b t c h w", t=frames)
        before = torch.cat([y[:, -1:] if circular else y[:, :1], y[:, :-1]], dim=1)
        after = torch.cat([y[:, 1:], y[:, :1] if circular else y[:, -1:]], dim=1)
        y = rearrange(torch.cat([before, y, after], dim=2), "b t c h w -> (b t) c h w")
        return x + self.time(y)


class CineAutoencoder(nn.Module):
    """Cine (B, 50, 96, 96) in [0, 1] to latent (B, z, 25, 12, 12) and back. Any even number of frames."""

    def __init__(self, sizes: VaeSizes):
        super().__init__()
        fine, coarse, z = sizes.fine, sizes.coarse, sizes.channels
        self.enter = nn.Conv2d(UNSHUFFLED, fine, 3, padding=1)
        self.fine_in = nn.ModuleList(SpaceTimeBlock(fine) for _ in range(2))
        self.down = nn.Conv2d(fine, coarse, 3, stride=2, padding=1)
        self.coarse_in = nn.ModuleList(SpaceTimeBlock(coarse) for _ in range(2))
        self.moments = nn.Conv2d(coarse, 2 * z, 1)
        self.from_latent = nn.Conv2d(z, coarse, 3, padding=1)
        self.coarse_out = nn.ModuleList(SpaceTimeBlock(coarse) for _ in range(2))
        self.up = nn.Sequential(nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(coarse, fine, 3, padding=1))
        self.fine_out = nn.ModuleList(SpaceTimeBlock(fine) for _ in range(2))
        self.leave = nn.Conv2d(fine, UNSHUFFLED, 3, padding=1)
        # Statistics of the training latents; the generator sees unit variance.
        self.register_buffer("latent_mean", torch.zeros(z))
        self.register_buffer("latent_std", torch.ones(z))

    def encode(self, cine: Tensor, circular: bool = True) -> tuple[Tensor, Tensor]:  # (B, T, H, W)
        """Mean and log variance (B, z, T / 2, H / 8, W / 8), not normalised."""
        x = rearrange(cine * 2 - 1, "b (t f) (h p) (w q) -> (b t) (f p q) h w", f=2, p=4, q=4)
        frames = cine.shape[1] // 2
        x = self.enter(x)
        for block in self.fine_in:
            x = block(x, frames, circular)
        x = self.down(x)
        for block in self.coarse_in:
            x = block(x, frames, circular)
        x = rearrange(self.moments(x), "(b t) z h w -> b z t h w", t=frames)
        mean, log_variance = x.chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, latent: Tensor, circular: bool = True) -> Tensor:  # (B, z, T, h, w), not normalised
        frames = latent.shape[2]
        x = self.from_latent(rearrange(latent, "b z t h w -> (b t) z h w"))
        for block in self.coarse_out:
            x = block(x, frames, circular)
        x = self.up(x)
        for block in self.fine_out:
            x = block(x, frames, circular)
        x = rearrange(self.leave(x), "(b t) (f p q) h w -> b (t f) (h p) (w q)", t=frames, f=2, p=4, q=4)
        return x.sigmoid()

    def normalise(self, latent: Tensor) -> Tensor:
        return (latent - self.latent_mean[:, None, None, None]) / self.latent_std[:, None, None, None]

    def denormalise(self, latent: Tensor) -> Tensor:
        return latent * self.latent_std[:, None, None, None] + self.latent_mean[:, None, None, None]

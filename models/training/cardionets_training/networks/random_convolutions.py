"""Fixed random convolutions of the ECG in mV, pooled over time (after ROCKET, Dempster et al., DMKD 2020).

They cost 2 % of the encoder and need no training, so a linear layer on top of them can be solved in closed form. Where
the minutes for the transformer are few, they carry most of what the heads know.
"""

import torch
from torch import Tensor, nn

KERNELS, TAPS, MIXTURES, DILATIONS = 16, 9, 8, (1, 2, 4, 8)
LEVEL_MV, SMALL_MV = 0.05, 0.005


class RandomConvolutions(nn.Module):
    """`ecg` (B, 12, T) in [-1, 1] and `amplitude` (B, 12) log10 mV to `width` numbers per recording."""

    def __init__(self, leads: int = 12, seed: int = 20):
        super().__init__()
        rng = torch.Generator().manual_seed(seed)
        per = KERNELS // len(DILATIONS)
        kernels = torch.randn(len(DILATIONS), per, TAPS, generator=rng)
        # Half of the kernels see differences only, the other half keep their mean.
        kernels[:, : per // 2] -= kernels[:, : per // 2].mean(-1, keepdim=True)
        self.register_buffer("kernels", kernels / kernels.norm(dim=-1, keepdim=True), persistent=False)
        mixture = torch.randn(MIXTURES, leads, generator=rng)
        mixture = torch.cat([torch.eye(leads), mixture / mixture.norm(dim=1, keepdim=True)])
        self.register_buffer("mixture", mixture, persistent=False)
        channels = leads + MIXTURES
        self.width = 2 * (3 * KERNELS * channels + 4 * channels) + leads

    def forward(self, ecg: Tensor, amplitude: Tensor) -> Tensor:
        mv = (ecg - ecg.mean(-1, keepdim=True)) * (10**amplitude)[..., None] / 2  # (B, 12, T)
        x = self.mixture @ mv  # (B, 20, T)
        step = (x[..., 1:] - x[..., :-1]).abs().mean(-1)
        pooled = [x.amax(-1), -x.amin(-1), (x * x).mean(-1).sqrt(), step]
        for kernels, dilation in zip(self.kernels, DILATIONS):
            # Written as a product with shifted copies: a convolution of one channel is slow everywhere.
            length = x.shape[-1] - dilation * (TAPS - 1)
            shifted = torch.stack([x[..., i * dilation : i * dilation + length] for i in range(TAPS)], dim=2)
            y = kernels @ shifted  # (B, 20, 4, T')
            pooled += [p.flatten(1) for p in (y.amax(-1), -y.amin(-1), (y - LEVEL_MV).relu().mean(-1))]
        raw = torch.cat(pooled, dim=1)
        return torch.cat([raw, (raw.abs() + SMALL_MV).log(), amplitude], dim=1)

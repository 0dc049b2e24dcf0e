"""The task network: one ECG encoder with heads for phenotypes, diseases and subtypes (a7)."""

import torch
from torch import Tensor, nn

from ..config import DISEASES, SUBTYPES
from ..phenotypes import PHENOTYPES
from .ecg import EcgEncoder


class TaskNetwork(nn.Module):
    def __init__(self, encoder: EcgEncoder):
        super().__init__()
        d = encoder.sizes.width
        self.encoder = encoder
        self.phenotypes = nn.Linear(d, len(PHENOTYPES))
        self.diseases, self.subtypes = nn.Linear(d, len(DISEASES)), nn.Linear(d, len(SUBTYPES))
        for head in (self.phenotypes, self.diseases, self.subtypes):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        # Scaler of the training fold; the exported graph speaks physical units.
        self.register_buffer("target_mean", torch.tensor([p.mean for p in PHENOTYPES]))
        self.register_buffer("target_std", torch.tensor([p.sd for p in PHENOTYPES]))

    def heads(self, feat: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.phenotypes(feat), self.diseases(feat), self.subtypes(feat)

    def forward(self, ecg: Tensor, amplitude: Tensor, keep: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """`feat` (B, D), standardised phenotypes (B, 82), disease logits (B, 4), subtype logits (B, 3)."""
        feat, _ = self.encoder(ecg, amplitude, keep)
        return feat, *self.heads(feat)

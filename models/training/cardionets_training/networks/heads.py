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
        # Where the features of the training subjects lie: their mean, and the whitening that makes them a unit ball.
        self.register_buffer("familiar_mean", torch.zeros(d))
        self.register_buffer("familiar_whitening", torch.eye(d))

    def heads(self, feat: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.phenotypes(feat), self.diseases(feat), self.subtypes(feat)

    @torch.no_grad()
    def learn_familiar(self, feat: Tensor, shrinkage: float = 0.05) -> None:
        """Takes mean and covariance of the training features (n, D); the covariance is shrunk towards its mean variance."""
        mean, covariance = feat.double().mean(0), torch.cov(feat.double().T)
        average = covariance.diagonal().mean() * torch.eye(len(mean), dtype=covariance.dtype, device=covariance.device)
        values, vectors = torch.linalg.eigh((1 - shrinkage) * covariance + shrinkage * average)
        self.familiar_mean.copy_(mean)
        self.familiar_whitening.copy_(vectors / values.sqrt())

    def distance(self, feat: Tensor) -> Tensor:
        """Mahalanobis distance to the training subjects per square root of the width: (B,)."""
        z = (feat - self.familiar_mean) @ self.familiar_whitening
        return z.square().mean(-1).sqrt()

    def forward(self, ecg: Tensor, amplitude: Tensor, keep: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """`feat` (B, D), standardised phenotypes (B, 82), disease logits (B, 4), subtype logits (B, 3)."""
        feat, _ = self.encoder(ecg, amplitude, keep)
        return feat, *self.heads(feat)

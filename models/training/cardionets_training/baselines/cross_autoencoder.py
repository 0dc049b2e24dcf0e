"""Cross-modal autoencoder (Radhakrishnan et al., Nature Communications 2023): one latent space for ECG and cine.

Each modality has a convolutional encoder and decoder. Both are trained to rebuild their own modality from the shared
latent, and a contrastive term pulls the two latents of a subject together. A cine is synthesised from an ECG by
decoding the ECG's latent with the cine decoder.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import FRAMES
from ..data.batches import cine_batch, ecg_batch, on_device
from ..data.cohort import Cohort
from ..device import half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import contrastive_loss

STAGE, BATCH, LATENT, CONTRAST = "baseline-cross-ae", 64, 256, 0.05
ECG_STEPS, CINE_STEPS = 30, 6  # length and side of the coarsest feature maps


def _down(dimensions: int, source: int, target: int, kernel: int, stride: int) -> nn.Sequential:
    convolution = nn.Conv1d if dimensions == 1 else nn.Conv2d
    return nn.Sequential(convolution(source, target, kernel, stride, kernel // 2), nn.GroupNorm(8, target), nn.SiLU())


def _up(dimensions: int, source: int, target: int, factor: int) -> nn.Sequential:
    convolution = nn.Conv1d if dimensions == 1 else nn.Conv2d
    kernel = 7 if dimensions == 1 else 3
    return nn.Sequential(
        nn.Upsample(scale_factor=factor, mode="nearest"), convolution(source, target, kernel, padding=kernel // 2),
        nn.GroupNorm(8, target), nn.SiLU(),
    )  # fmt: skip


class CrossAutoencoder(nn.Module):
    """Latents lie on a sphere of radius sqrt(LATENT), so that both modalities reach the decoders at one scale."""

    def __init__(self):
        super().__init__()
        self.ecg_in = nn.Sequential(_down(1, 12, 32, 15, 5), _down(1, 32, 64, 9, 5), _down(1, 64, 128, 5, 3))
        self.ecg_latent = nn.Linear(128 * ECG_STEPS + 12, LATENT)
        self.ecg_start = nn.Linear(LATENT, 128 * ECG_STEPS)
        self.ecg_out = nn.Sequential(_up(1, 128, 64, 3), _up(1, 64, 32, 5), _up(1, 32, 32, 5), nn.Conv1d(32, 12, 1))
        widths = (64, 96, 128, 160)
        self.cine_in = nn.Sequential(*(_down(2, a, b, 3, 2) for a, b in zip((FRAMES, *widths), widths)))
        self.cine_latent = nn.Linear(widths[-1] * CINE_STEPS**2, LATENT)
        self.cine_start = nn.Linear(LATENT, widths[-1] * CINE_STEPS**2)
        back = widths[::-1]
        self.cine_out = nn.Sequential(*(_up(2, a, b, 2) for a, b in zip(back, (*back[1:], 64))), nn.Conv2d(64, FRAMES, 3, padding=1))

    def encode_ecg(self, ecg: Tensor, amplitude: Tensor) -> Tensor:  # (B, 12, 2250), (B, 12) -> (B, 256)
        x = torch.cat([self.ecg_in(ecg).flatten(1), amplitude], dim=1)
        return F.normalize(self.ecg_latent(x), dim=1) * LATENT**0.5

    def encode_cine(self, cine: Tensor) -> Tensor:  # (B, 50, 96, 96) in [0, 1] -> (B, 256)
        return F.normalize(self.cine_latent(self.cine_in(cine * 2 - 1).flatten(1)), dim=1) * LATENT**0.5

    def decode_ecg(self, latent: Tensor) -> Tensor:  # (B, 12, 2250) in [-1, 1]
        return self.ecg_out(self.ecg_start(latent).view(len(latent), -1, ECG_STEPS)).tanh()

    def decode_cine(self, latent: Tensor) -> Tensor:  # (B, 50, 96, 96) in [0, 1]
        return self.cine_out(self.cine_start(latent).view(len(latent), -1, CINE_STEPS, CINE_STEPS)).sigmoid()


def train(options) -> None:
    train_cohort, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    network = CrossAutoencoder()
    cines = on_device(train_cohort.cine[: options.pairs])
    ecgs = on_device(train_cohort.ecg[: len(cines)])
    plan = FitPlan.of(options, STAGE, 4000, 1e-3, BATCH, average=0.995)

    def losses(network: CrossAutoencoder, ecg: Tensor, amplitude: Tensor, cine: Tensor) -> dict[str, Tensor]:
        with half_precision(on_cpu=False):
            of_ecg, of_cine = network.encode_ecg(ecg, amplitude), network.encode_cine(cine)
            rebuilt_ecg, rebuilt_cine = network.decode_ecg(of_ecg), network.decode_cine(of_cine)
        ecg_error, cine_error = F.mse_loss(rebuilt_ecg.float(), ecg), F.mse_loss(rebuilt_cine.float(), cine)
        contrast = contrastive_loss(F.normalize(of_ecg.float(), dim=1), F.normalize(of_cine.float(), dim=1), 0.1)
        total = ecg_error + 10 * cine_error + CONTRAST * contrast
        return {"loss": total, "ecg": ecg_error.detach(), "cine": cine_error.detach(), "contrast": contrast.detach()}

    def loss(rng, step):
        rows = draw_rows(rng, len(cines), plan.batch)
        ecg, amplitude = ecg_batch(ecgs, rows, "crop", rng)
        return losses(network, ecg, amplitude, cine_batch(cines, rows))

    @torch.no_grad()
    def validate(averaged):
        rows = range(min(64, held_out.plan.cines))
        ecg, amplitude = ecg_batch(held_out.ecg, rows, None, None)
        net, cine = averaged["network"], cine_batch(held_out.cine, rows)
        synthesised = net.decode_cine(net.encode_ecg(ecg, amplitude))
        own = losses(net, ecg, amplitude, cine)
        return {"held_out_loss": float(own["loss"]), "held_out_cross_mse": float(F.mse_loss(synthesised, cine))}

    fit(plan, {"network": network}, loss, validate)

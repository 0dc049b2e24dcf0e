"""Multimodal contrastive learning (Turgut et al., Medical Image Analysis 2025): both encoders learn from the pairs.

The ECG transformer starts from masked pre-training; the cine is read by a residual network trained along with it. Unlike
`align` nothing is frozen, the projections have two layers of 128, and the temperature is 0.1.
"""

import torch
from torch import Tensor, nn

from ..config import FRAMES, EcgSizes
from ..data.batches import augment_cines, cine_batch, ecg_batch, on_device
from ..data.cohort import Cohort
from ..device import half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import contrastive_loss
from ..networks.ecg import EcgEncoder
from ..stages.finetune import start_encoder

STAGE, BATCH, TEMPERATURE, SHARED = "baseline-mmcl", 128, 0.1, 128
WIDTHS = (64, 128, 256)


class ResidualBlock(nn.Module):
    def __init__(self, source: int, target: int, stride: int):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(source, target, 3, stride, 1, bias=False), nn.GroupNorm(8, target), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(target, target, 3, 1, 1, bias=False), nn.GroupNorm(8, target))
        self.shortcut = nn.Conv2d(source, target, 1, stride, bias=False) if source != target else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return (self.second(self.first(x)) + self.shortcut(x)).relu()


class CineResNet(nn.Module):
    """(B, 50, 96, 96) in [0, 1] to `feat` (B, 256) and a grid of `tokens` (B, 144, 256)."""

    grid = 12

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(FRAMES, WIDTHS[0], 7, 2, 3, bias=False), nn.GroupNorm(8, WIDTHS[0]), nn.ReLU())
        pairs = zip((WIDTHS[0], *WIDTHS), WIDTHS)
        self.blocks = nn.Sequential(
            *(part for i, (a, b) in enumerate(pairs) for part in (ResidualBlock(a, b, 2 if i else 1), ResidualBlock(b, b, 1)))
        )

    def forward(self, cine: Tensor) -> tuple[Tensor, Tensor]:
        x = self.blocks(self.stem(cine * 2 - 1))  # (B, 256, 12, 12)
        return x.mean(dim=(2, 3)), x.flatten(2).transpose(1, 2)


class DeepProjection(nn.Module):
    """Two layers and unit length."""

    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(width, SHARED), nn.ReLU(), nn.Linear(SHARED, SHARED))

    def forward(self, feat: Tensor) -> Tensor:  # (..., D) -> (..., 128)
        return nn.functional.normalize(self.layers(feat), dim=-1)


def build(sizes: EcgSizes) -> dict[str, nn.Module]:
    return {
        "encoder": EcgEncoder(sizes),
        "ecg_projection": DeepProjection(sizes.width),
        "cmr": CineResNet(),
        "cmr_projection": DeepProjection(WIDTHS[-1]),
    }


def train(options) -> None:
    train_cohort, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    modules = build(options.profile.ecg)
    modules["encoder"] = start_encoder(options.profile, "pretrain-ecg")
    cines = on_device(train_cohort.cine[: options.pairs])
    ecgs = on_device(train_cohort.ecg[: len(cines)])
    plan = FitPlan.of(options, STAGE, 3000, 1e-3, BATCH, warmup=50, decay=0.05, average=0.995)

    def shared(parts: dict[str, nn.Module], ecg: Tensor, amplitude: Tensor, cine: Tensor) -> tuple[Tensor, Tensor]:
        with half_precision(on_cpu=False):
            of_ecg, of_cine = parts["encoder"](ecg, amplitude)[0], parts["cmr"](cine)[0]
        return parts["ecg_projection"](of_ecg.float()), parts["cmr_projection"](of_cine.float())

    def loss(rng, step):
        rows = draw_rows(rng, len(cines), plan.batch)
        ecg, amplitude = ecg_batch(ecgs, rows, "crop", rng)
        return {"loss": contrastive_loss(*shared(modules, ecg, amplitude, augment_cines(cine_batch(cines, rows))), TEMPERATURE)}

    @torch.no_grad()
    def validate(averaged):
        rows = range(min(100, held_out.plan.cines))
        h1, h2 = shared(averaged, *ecg_batch(held_out.ecg, rows, None, None), cine_batch(held_out.cine, rows))
        ranks = (h1 @ h2.T).argsort(1, descending=True).argsort(1).diagonal()
        return {
            "held_out_loss": float(contrastive_loss(h1, h2, TEMPERATURE)),
            "held_out_median_rank": float(ranks.float().median() + 1),
        }

    fit(plan, modules, loss, validate, rates={"encoder": 0.5})

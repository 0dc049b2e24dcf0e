"""One multi-task encoder from aligned weights: phenotypes, diseases and subtypes (a7)."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .. import measures
from ..assemble import load_weights, save_weights
from ..config import ENCODER_SAMPLES
from ..data.batches import ecg_batch, on_device, window_ids
from ..data.cohort import Cohort
from ..device import device, half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder
from ..networks.heads import TaskNetwork

STAGE, WINDOW, FAMILIAR_SUBJECTS = "finetune", 6, 10_000
DISEASE_WEIGHT, SUBTYPE_WEIGHT = 1.0, 0.3


def start_encoder(profile, origin: str) -> EcgEncoder:
    """An encoder with the weights of a stage, or of none (`scratch`)."""
    encoder = EcgEncoder(profile.ecg)
    if origin == "align":
        load_weights("align", {"encoder": encoder})
    elif origin == "pretrain-ecg":
        load_weights("pretrain-ecg", {"network": EcgMaskedAutoencoder(encoder)})
    return encoder.to(device())


def r2(truth: Tensor, prediction: Tensor) -> Tensor:
    """Coefficient of determination per column."""
    return 1 - (truth - prediction).square().sum(0) / (truth - truth.mean(0)).square().sum(0)


def ridge(feat: Tensor, target: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
    """Weights (K, D) and bias (K,) of least squares with a penalty per sample on standardised features."""
    x, y = feat.double(), target.double()
    mean, sd = x.mean(0), x.std(0).clamp_min(1e-6)
    x = (x - mean) / sd
    gram = x.T @ x + penalty * len(x) * torch.eye(x.shape[1], dtype=x.dtype, device=x.device)
    weight = torch.linalg.solve(gram, x.T @ (y - y.mean(0))).T / sd
    return weight.float(), (y.mean(0) - weight @ mean).float()


def train_task(options, stage: str, origin: str, subjects: int) -> TaskNetwork:
    """Fine-tunes on the first `subjects` of the training cohort, everything at once."""
    train, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    network = TaskNetwork(start_encoder(options.profile, origin)).to(device())
    phenotypes = torch.from_numpy(train.phenotypes[:subjects]).to(device())
    if not bool(phenotypes.isfinite().all()):
        raise ValueError(
            "the training cohort has no phenotypes (import-ecgs brings none), and a pack needs them; its disease tasks are "
            "trained and compared by `baseline` and `evaluate --part features tables`"
        )
    network.target_mean.copy_(phenotypes.mean(0))
    network.target_std.copy_(phenotypes.std(0))
    target = (phenotypes - network.target_mean) / network.target_std
    diseases = torch.from_numpy(train.subjects.recorded[:subjects].astype(np.float32)).to(device())
    subtype = torch.from_numpy(train.subjects.subtype[:subjects].astype(np.int64)).to(device())
    counts = torch.stack([(subtype == i).sum() for i in range(3)]).clamp_min(1).float()
    class_weight = counts.sum() / (3 * counts)
    rare = (len(diseases) / diseases.sum(0).clamp_min(1)).sqrt()
    stored, patches = on_device(train.array("ecg", subjects)), options.profile.ecg.patches
    held_out_ecg = on_device(held_out.ecg)
    held_out_z = (torch.from_numpy(held_out.phenotypes).to(device()) - network.target_mean) / network.target_std
    plan = FitPlan.of(
        options, stage, 6000, 1e-3, batch=16, warmup=60, decay=0.05, average=0.995, keep_best="held_out_error"
    )

    def loss(rng, step):
        rows = draw_rows(rng, subjects, plan.batch)
        ecg, amplitude = ecg_batch(stored, rows, "crop", rng)
        with half_precision(on_cpu=False):
            feat, _ = network.encoder(ecg, amplitude, window_ids(len(rows), patches, options.window or WINDOW, rng))
        pheno, dis, sub = network.heads(feat.float())
        regression = F.mse_loss(pheno, target[rows])
        classification = F.binary_cross_entropy_with_logits(dis, diseases[rows], pos_weight=rare)
        subtypes = F.cross_entropy(sub, subtype[rows].clamp_min(0), class_weight, reduction="none")
        subtypes = (subtypes * (subtype[rows] >= 0)).sum() / (subtype[rows] >= 0).sum().clamp_min(1)
        total = regression + DISEASE_WEIGHT * classification + SUBTYPE_WEIGHT * subtypes
        return {"loss": total, "phenotypes": regression.detach(), "diseases": classification.detach()}

    @torch.no_grad()
    def validate(averaged):
        net = averaged["network"]
        pheno, dis, _ = net.heads(features(net.encoder, held_out_ecg, len(held_out_z)))
        found = r2(held_out_z, pheno).mean()
        scores, labels = dis.cpu().numpy(), held_out.subjects.recorded
        areas = [measures.auc(labels[:, i], scores[:, i]) for i in range(scores.shape[1])]
        # One number to choose by: unexplained variance and one minus the mean area count alike.
        return {"held_out_r2": float(found), "held_out_auc": float(np.mean(areas)),
                "held_out_error": float(1 - found + 1 - np.mean(areas))}  # fmt: skip

    averaged = fit(plan, {"network": network}, loss, validate)["network"]
    averaged.learn_familiar(features(averaged.encoder, stored, min(subjects, FAMILIAR_SUBJECTS)))
    save_weights(stage, {"network": averaged})
    return averaged


@torch.no_grad()
def features(encoder: EcgEncoder, stored, count: int, start: int | None = None, chunk: int = 64) -> Tensor:
    """Features (n, D) of the centre crop, or of the crop that begins at sample `start`."""
    parts = []
    for first in range(0, count, chunk):
        rows = slice(first, min(first + chunk, count))
        part = stored[rows] if start is None else stored[rows][..., start : start + ENCODER_SAMPLES]
        parts.append(encoder(*ecg_batch(part, slice(None), None, None))[0])
    return torch.cat(parts)


def run(options) -> None:
    subjects = min(options.subjects or Cohort("train").plan.subjects, Cohort("train").plan.subjects)
    train_task(options, STAGE, options.start or "align", subjects)

"""One multi-task encoder from aligned weights: phenotypes, diseases and subtypes (a7).

The last layer of the phenotypes is then solved in closed form (ridge regression) on features of whole recordings: the
features are the expensive part, the best linear map on top of them is not.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..assemble import load_weights, save_weights
from ..data.batches import ecg_batch, window_ids
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder
from ..networks.heads import TaskNetwork
from .train_generator import features

STAGE, BATCH, KEEP, WHOLE_FROM = "finetune", 32, 10, 0.85
DISEASE_WEIGHT, SUBTYPE_WEIGHT = 1.0, 0.3


def start_encoder(profile, origin: str) -> EcgEncoder:
    """An encoder from `align`, from `pretrain-ecg`, or `scratch`."""
    encoder = EcgEncoder(profile.ecg)
    if origin == "align":
        load_weights("align", {"encoder": encoder})
    elif origin == "pretrain-ecg":
        network = EcgMaskedAutoencoder(encoder)
        load_weights("pretrain-ecg", {"network": network})
    return encoder


def r2(truth: Tensor, prediction: Tensor) -> Tensor:
    """Coefficient of determination per column."""
    return 1 - (truth - prediction).square().sum(0) / (truth - truth.mean(0)).square().sum(0)


def ridge(feat: Tensor, target: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
    """Weights (K, D) and bias (K,) of least squares with a penalty per sample on standardised features."""
    x, y = feat.double(), target.double()
    mean, sd = x.mean(0), x.std(0).clamp_min(1e-6)
    x = (x - mean) / sd
    gram = x.T @ x + penalty * len(x) * torch.eye(x.shape[1], dtype=x.dtype)
    weight = torch.linalg.solve(gram, x.T @ (y - y.mean(0))).T / sd
    return weight.float(), (y.mean(0) - weight @ mean).float()


def train_task(
    options, stage: str, origin: str, subjects: int, minutes: float | None, steps: int | None = None
) -> TaskNetwork:
    """Fine-tunes on the first `subjects` of the training cohort."""
    train, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    network = TaskNetwork(start_encoder(options.profile, origin))
    phenotypes = torch.from_numpy(train.phenotypes[:subjects])
    network.target_mean.copy_(phenotypes.mean(0))
    network.target_std.copy_(phenotypes.std(0))
    target = (phenotypes - network.target_mean) / network.target_std
    diseases = torch.from_numpy(train.subjects.recorded[:subjects].astype(np.float32))
    subtype = torch.from_numpy(train.subjects.subtype[:subjects].astype(np.int64))
    counts = torch.bincount(subtype[subtype >= 0], minlength=3).clamp_min(1).float()
    class_weight = counts.sum() / (3 * counts)
    rare = (len(diseases) / diseases.sum(0).clamp_min(1)).sqrt()
    stored, patches = train.ecg, options.profile.ecg.patches
    held_out_z = (torch.from_numpy(held_out.phenotypes) - network.target_mean) / network.target_std
    plan = FitPlan(stage, steps or 6000, options.rate or 1e-3, minutes, options.seed, decay=0.05, average=0.995)

    def loss(rng, step):
        rows = draw_rows(rng, subjects, BATCH)
        ecg, amplitude = ecg_batch(stored, rows, "crop", rng)
        ids = window_ids(len(rows), patches, KEEP, rng)
        feat, pheno, dis, sub = network(ecg, amplitude, ids)
        regression = F.mse_loss(pheno, target[rows])
        classification = F.binary_cross_entropy_with_logits(dis, diseases[rows], pos_weight=rare)
        subtypes = F.cross_entropy(sub, subtype[rows].clamp_min(0), class_weight, reduction="none")
        subtypes = (subtypes * (subtype[rows] >= 0)).sum() / (subtype[rows] >= 0).sum().clamp_min(1)
        total = regression + DISEASE_WEIGHT * classification + SUBTYPE_WEIGHT * subtypes
        return {"loss": total, "phenotypes": regression.detach(), "diseases": classification.detach()}

    def validate(averaged):
        net = averaged["network"]
        feat = features(net.encoder, held_out.ecg, min(400, len(held_out_z)))
        with torch.no_grad():
            return {"held_out_r2": float(r2(held_out_z[:400], net.phenotypes(feat)).mean())}

    averaged = fit(plan, {"network": network}, loss, validate, rates=None)["network"]
    refit_phenotypes(averaged, stored, target, subjects)
    save_weights(stage, {"network": averaged})
    return averaged


@torch.no_grad()
def refit_phenotypes(network: TaskNetwork, stored, target: Tensor, subjects: int) -> None:
    """Replaces the phenotype layer by ridge regression; the penalty is chosen on the last fifth of the subjects."""
    feat = features(network.encoder, stored, subjects)
    cut = subjects * 4 // 5
    scores = {}
    for penalty in (1e-4, 1e-3, 1e-2, 1e-1):
        weight, bias = ridge(feat[:cut], target[:cut], penalty)
        scores[penalty] = float(r2(target[cut:], feat[cut:] @ weight.T + bias).mean())
    best = max(scores, key=scores.get)
    weight, bias = ridge(feat, target, best)
    network.phenotypes.weight.copy_(weight)
    network.phenotypes.bias.copy_(bias)
    print(f"ridge penalty {best}: mean R2 {scores[best]:.3f} on the last fifth", flush=True)


def run(options) -> None:
    subjects = Cohort("train").plan.subjects
    train_task(options, STAGE, "align", subjects, options.minutes, options.steps)

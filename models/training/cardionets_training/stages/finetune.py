"""One multi-task encoder from aligned weights: phenotypes, diseases and subtypes (a7).

The last layers are then solved again on features of whole recordings, the phenotypes by ridge regression, the classes by
penalised logistic regression: the features are the expensive part, the best linear map on top of them is not.
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

STAGE, BATCH, KEEP, REFIT_SUBJECTS = "finetune", 16, 6, 4000
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

    averaged = fit(plan, {"network": network}, loss, validate)["network"]
    refit_heads(averaged, stored, target, diseases, subtype, min(subjects, REFIT_SUBJECTS))
    save_weights(stage, {"network": averaged})
    return averaged


def logistic(feat: Tensor, target: Tensor, penalty: float) -> tuple[Tensor, Tensor]:
    """Weights (K, D) and bias (K,) of softmax regression (K > 1 classes) or, for one column, logistic regression."""
    mean, sd = feat.mean(0), feat.std(0).clamp_min(1e-6)
    x = (feat - mean) / sd
    layer = torch.nn.Linear(x.shape[1], target.shape[1] if target.ndim == 2 else int(target.max()) + 1)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        y = layer(x)
        fit_loss = F.binary_cross_entropy_with_logits(y, target) if target.ndim == 2 else F.cross_entropy(y, target)
        total = fit_loss + penalty * layer.weight.square().sum()
        total.backward()
        return total

    with torch.enable_grad():
        optimiser.step(closure)
    weight = layer.weight.detach() / sd
    return weight, layer.bias.detach() - weight @ mean


@torch.no_grad()
def refit_heads(network: TaskNetwork, stored, target: Tensor, diseases: Tensor, subtype: Tensor, subjects: int) -> None:
    """Replaces the last layers; each penalty is chosen on the last fifth of the subjects."""
    feat = features(network.encoder, stored, subjects)
    cut = subjects * 4 // 5
    penalties = (1e-4, 1e-3, 1e-2, 1e-1)

    def ridge_score(p):
        weight, bias = ridge(feat[:cut], target[:cut], p)
        return float(r2(target[cut:subjects], feat[cut:] @ weight.T + bias).mean())

    def disease_loss(p, column):
        weight, bias = logistic(feat[:cut], diseases[:cut, column : column + 1], p)
        return float(F.binary_cross_entropy_with_logits((feat[cut:] @ weight.T + bias)[:, 0], diseases[cut:subjects, column]))

    best = max(penalties, key=ridge_score)
    print(f"ridge penalty {best}: mean R2 {ridge_score(best):.3f} on the last fifth", flush=True)
    replace(network.phenotypes, *ridge(feat, target[:subjects], best))
    columns = []
    for i in range(diseases.shape[1]):
        penalty = min(penalties, key=lambda p: disease_loss(p, i))
        columns.append(logistic(feat, diseases[:subjects, i : i + 1], penalty))
    replace(network.diseases, torch.cat([w for w, _ in columns]), torch.cat([b for _, b in columns]))
    ill = subtype[:subjects] >= 0
    replace(network.subtypes, *logistic(feat[ill], subtype[:subjects][ill], 1e-2))


def replace(layer: torch.nn.Linear, weight: Tensor, bias: Tensor) -> None:
    if layer.weight.shape == weight.shape:  # too few subjects may leave a class without a member
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)


def run(options) -> None:
    subjects = Cohort("train").plan.subjects
    train_task(options, STAGE, "align", subjects, options.minutes, options.steps)

"""One multi-task encoder from aligned weights: phenotypes, diseases and subtypes (a7).

Where the minutes are few, a linear layer on fixed convolutions that is solved in closed form knows more than the
transformer has learned; so the outputs are solved at the end, and the transformer's components stay in the feature.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..assemble import load_weights, save_weights
from ..data.batches import ecg_batch, window_ids
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..measures import fit_platt
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder
from ..networks.heads import TaskNetwork

STAGE, BATCH, KEEP, SOLVED_SUBJECTS = "finetune", 16, 6, 4000
DISEASE_WEIGHT, SUBTYPE_WEIGHT = 1.0, 0.3


def start_encoder(profile, origin: str) -> EcgEncoder:
    """An encoder with the weights of a stage, or of none (`scratch`)."""
    encoder = EcgEncoder(profile.ecg)
    if origin == "align":
        load_weights("align", {"encoder": encoder})
    elif origin == "finetune":
        task = TaskNetwork(encoder)
        load_weights("finetune", {"network": task})
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


def train_task(options, stage: str, origin: str, subjects: int) -> TaskNetwork:
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
    plan = FitPlan.of(options, stage, 6000, 1e-3, warmup=60, decay=0.05, average=0.995)

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
        feat = features_before_mix(net.encoder, held_out.ecg, min(200, len(held_out_z)))
        with torch.no_grad():
            return {"held_out_r2": float(r2(held_out_z[:200], net.phenotypes(feat)).mean())}

    averaged = fit(plan, {"network": network}, loss, validate)["network"]
    solve_heads(averaged, stored, target, diseases, subtype, min(subjects, SOLVED_SUBJECTS))
    save_weights(stage, {"network": averaged})
    return averaged


@torch.no_grad()
def shape_features(encoder: EcgEncoder, stored, count: int, chunk: int = 25) -> Tensor:
    """Pooled convolutions (n, width) of the centre crops, as the encoder standardises them."""
    parts = (ecg_batch(stored[i : min(i + chunk, count)], slice(None), None, None) for i in range(0, count, chunk))
    return torch.cat([encoder.shape_features(*part) for part in parts])


@torch.no_grad()
def solve_heads(network: TaskNetwork, stored, target: Tensor, diseases: Tensor, subtype: Tensor, subjects: int) -> None:
    """Ridge regression of every output on the fixed convolutions; the penalty is chosen on the last fifth.

    The feature becomes the solved outputs, followed by the leading principal components of the transformer; the heads
    read the outputs from it, the generator and the alignment use all of it.
    """
    encoder, cut = network.encoder, subjects * 4 // 5
    encoder.shape_mean.zero_()
    encoder.shape_sd.fill_(1)
    x = shape_features(encoder, stored, subjects)
    encoder.shape_mean.copy_(x.mean(0))
    encoder.shape_sd.copy_(x.std(0).clamp_min(1e-4))
    x = ((x - encoder.shape_mean) / encoder.shape_sd).clamp(-8, 8)
    # Subtypes, which only the ill have, are solved apart.
    y = torch.cat([target[:subjects], diseases[:subjects]], dim=1)
    classes = F.one_hot(subtype[:subjects].clamp_min(0), 3).float()
    ill = subtype[:subjects] >= 0
    scores = {}
    for penalty in (0.03, 0.1, 0.3, 1.0):
        weight, bias = ridge(x[:cut], y[:cut], penalty)
        scores[penalty] = float(r2(y[cut:, :82], (x[cut:] @ weight.T + bias)[:, :82]).mean())
    best = max(scores, key=scores.get)
    print(f"ridge penalty {best}: mean R2 {scores[best]:.3f} on the last fifth", flush=True)
    tested, tested_bias = ridge(x[:cut], y[:cut], best)
    train_ill, test_ill = ill.clone(), ill.clone()
    train_ill[cut:], test_ill[:cut] = False, False
    sub_weight, sub_bias = ridge(x[train_ill], classes[train_ill], 10 * best)
    # Scales from scores to logits, on subjects that the scores have not seen.
    disease_scale = logit_scales((x[cut:] @ tested.T + tested_bias)[:, 82:], diseases[cut:subjects])
    sub_scale = softmax_scale(x[test_ill] @ sub_weight.T + sub_bias, subtype[:subjects][test_ill])
    weight, bias = ridge(x, y, best)
    sub_weight, sub_bias = ridge(x[ill], classes[ill], 10 * best)
    solved, width = torch.cat([weight, sub_weight]), encoder.sizes.width
    some = features_before_mix(encoder, stored, min(subjects, 400))
    rest = width - len(solved)
    mean = some.mean(0)
    _, values, vectors = torch.linalg.svd(some - mean, full_matrices=False)
    rows = vectors[:rest] / (values[:rest, None] / len(some) ** 0.5).clamp_min(1e-3)
    mix = torch.zeros_like(encoder.mix.weight)
    mix[: len(solved), width:] = solved
    mix[len(solved) : len(solved) + len(rows), :width] = rows
    encoder.mix.weight.copy_(mix)
    encoder.mix.bias.zero_()
    encoder.mix.bias[: len(solved)] = torch.cat([bias, sub_bias])
    encoder.mix.bias[len(solved) : len(solved) + len(rows)] = -rows @ mean
    for layer, first, scale, shift in (
        (network.phenotypes, 0, torch.ones(82), torch.zeros(82)),
        (network.diseases, 82, *disease_scale),
        (network.subtypes, 86, sub_scale.expand(3), torch.zeros(3)),
    ):
        layer.weight.zero_()
        count = len(layer.bias)
        layer.weight[torch.arange(count), first + torch.arange(count)] = scale
        layer.bias.copy_(shift)


@torch.no_grad()
def features_before_mix(encoder: EcgEncoder, stored, count: int, chunk: int = 25) -> Tensor:
    """The transformer's own feature (n, D)."""
    everything = torch.arange(encoder.sizes.patches)
    parts = []
    for first in range(0, count, chunk):
        ecg, amplitude = ecg_batch(stored[first : min(first + chunk, count)], slice(None), None, None)
        parts.append(encoder(ecg, amplitude, everything.expand(len(ecg), 12, -1))[0])
    return torch.cat(parts)


def logit_scales(scores: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Slope and intercept per column of a logistic regression on one score."""
    fitted = [fit_platt(labels[:, i].numpy() > 0.5, scores[:, i].numpy()) for i in range(labels.shape[1])]
    return tuple(torch.tensor(values) for values in zip(*fitted))


def softmax_scale(scores: Tensor, labels: Tensor) -> Tensor:
    """The factor that makes softmax(scores) likeliest, from a grid."""
    grid = torch.logspace(-1, 2, 31)
    if not len(labels):
        return torch.tensor(1.0)
    return grid[torch.stack([F.cross_entropy(scores * g, labels) for g in grid]).argmin()]


def run(options) -> None:
    subjects = Cohort("train").plan.subjects
    train_task(options, STAGE, options.start or "align", subjects)

"""Fine-tuning of a whole encoder with one linear head for one task, as the article does (a7)."""

import copy

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from tqdm import tqdm

from ..config import Profile
from ..data.batches import on_device
from ..data.cohort import Cohort
from ..device import device, half_precision
from ..fitting import draw_rows
from ..measures import auc
from .arms import batch, load_reader, stored
from .labels import Part, kind, labels, outputs

BATCH, EPOCHS, HEAD_RATE, BODY_RATE, SMALLEST_STEPS = 64, 12, 3e-3, 3e-4, 200
# Looks at the held-out subjects: a look at 1,000 whole ECGs costs a CPU as much as thirty steps.
LOOKS, STEPS_BETWEEN_LOOKS = 12, 50


class Tuned(nn.Module):
    """A reader and a head; phenotypes leave it standardised."""

    def __init__(self, reader: nn.Module, count: int):
        super().__init__()
        self.reader, self.head = reader, nn.Linear(reader.width, count)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.head(self.reader(*inputs))


def fine_tune(
    arm: str, task: str, profile: Profile, cohorts: dict[str, Cohort], train: Part, held_out: Part, tests: dict[str, Part],
    seed: int, steps: int | None = None, window: int | None = None,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Predictions of each test part: phenotypes [n, 82] in their units, logits [n] or [n, 3].

    The state with the best validation value is kept (early stopping). AdamW, cosine, ten per cent warm-up.
    """
    reader = load_reader(arm, profile, seed)
    torch.manual_seed(seed)
    network = Tuned(reader, outputs(task)).to(device())
    target = torch.from_numpy(labels(task, cohorts[train.cohort], train.rows))
    mean, sd = (target.mean(0), target.std(0)) if task == "phenotypes" else (torch.zeros(1), torch.ones(1))
    target = ((target - mean) / sd if task == "phenotypes" else target).to(device())
    weight = _class_weight(task, target)
    steps = steps or max(SMALLEST_STEPS, EPOCHS * len(train) // BATCH)
    optimiser = torch.optim.AdamW(
        [{"params": network.reader.parameters(), "peak": BODY_RATE}, {"params": network.head.parameters(), "peak": HEAD_RATE}],
        lr=BODY_RATE, weight_decay=0.05,
    )  # fmt: skip
    array = _array(arm, cohorts[train.cohort], train.rows)
    truth = labels(task, cohorts[held_out.cohort], held_out.rows)
    every = max(1, steps // max(1, min(LOOKS, steps // STEPS_BETWEEN_LOOKS)))
    best, kept = -np.inf, None
    for step in tqdm(range(steps), f"{arm} {task}", mininterval=5):
        rng = np.random.default_rng([seed, step])
        share = min((step + 1) / (0.1 * steps), 0.5 * (1 + np.cos(np.pi * step / steps)))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * share
        rows = draw_rows(rng, len(train), BATCH)
        network.train()
        # Measured on a processor with bfloat16 units: a step of the CMR encoder takes two thirds of the time.
        with half_precision():
            answer = network(*batch(arm, array, train.rows[rows], True, rng, window)).float()
        loss = _loss(task, answer, target[torch.from_numpy(rows).to(target.device)], weight)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 3.0)
        optimiser.step()
        if (step + 1) % every == 0 or step + 1 == steps:
            value = _value(task, truth, _predict(network, arm, cohorts, held_out, mean, sd))
            if value > best:
                best, kept = value, copy.deepcopy(network.state_dict())
    network.load_state_dict(kept)
    return {name: _predict(network, arm, cohorts, part, mean, sd) for name, part in tests.items()}


def _array(arm: str, cohort: Cohort, rows: np.ndarray):
    return on_device(stored(arm, cohort, int(rows.max()) + 1))


@torch.no_grad()
def _predict(network, arm, cohorts, part: Part, mean: Tensor, sd: Tensor, chunk: int = 128) -> np.ndarray:
    network.eval()
    array = stored(arm, cohorts[part.cohort], int(part.rows.max()) + 1)
    parts = [network(*batch(arm, array, part.rows[i : i + chunk])) for i in range(0, len(part), chunk)]
    answer = torch.cat(parts).float().cpu()
    answer = answer * sd + mean if answer.shape[1] == 82 else answer
    return answer.squeeze(1).numpy()


def _class_weight(task: str, target: Tensor) -> Tensor | None:
    if kind(task) == "disease":
        return ((~target).sum() / target.sum().clamp_min(1)).sqrt()
    if task == "subtypes":
        counts = torch.bincount(target, minlength=3).clamp_min(1).float()
        return counts.sum() / (3 * counts)
    return None


def _loss(task: str, answer: Tensor, target: Tensor, weight: Tensor | None) -> Tensor:
    if task == "phenotypes":
        return F.mse_loss(answer, target)
    if task == "subtypes":
        return F.cross_entropy(answer, target, weight)
    return F.binary_cross_entropy_with_logits(answer[:, 0], target.float(), pos_weight=weight)


def _value(task: str, truth: np.ndarray, prediction: np.ndarray) -> float:
    """Larger is better; what early stopping looks at."""
    if task == "phenotypes":
        return float(1 - (np.square(truth - prediction).mean(0) / truth.var(0)).mean())
    if task == "subtypes":
        z = prediction - prediction.max(1, keepdims=True)
        return float((z[np.arange(len(truth)), truth] - np.log(np.exp(z).sum(1))).mean())
    return float(np.nan_to_num(auc(truth, prediction)))

"""The training loop of every stage: cosine rate, moving average of the weights, checkpoints, log and loss curve.

Everything random of a step is seeded by (seed, step), so a run that was killed goes on as if it had not been.
"""

import copy
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import matplotlib
import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from . import parallel
from .assemble import load_weights, save_weights
from .device import device, hardware
from .paths import RUNS, WEIGHTS

matplotlib.use("Agg")

CHECKPOINT_S = 60.0
LOOK_EVERY = 20  # steps between two looks at the losses


@dataclass(frozen=True)
class FitPlan:
    """A stage ends after `steps`, or after `minutes` of training where given; the rate follows whichever is nearer."""

    stage: str
    steps: int
    rate: float
    batch: int
    minutes: float | None = None
    seed: int = 0
    warmup: int = 100
    floor: float = 0.02
    decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.95)
    clip: float = 3.0
    average: float = 0.999
    validate_every_s: float = 120.0
    # Starts from the weights that an earlier sitting of the stage has saved, with a fresh optimiser.
    again: bool = False
    # A validated number: the averaged weights at its lowest value are kept, not the last ones.
    keep_best: str | None = None

    @classmethod
    def of(cls, options, stage: str, steps: int, rate: float, batch: int, **settings) -> "FitPlan":
        """The plan of a stage as the command line changes it."""
        steps = steps if options.steps is None else options.steps
        # A short sitting looks at the held-out subjects more often, so that `keep_best` has something to choose from.
        every = 120.0 if options.minutes is None else max(5.0, min(120.0, options.minutes * 60 / 15))
        return cls(
            stage, steps, options.rate or rate, options.batch or batch, options.minutes, options.seed,
            again=options.again, validate_every_s=every, **settings,
        )  # fmt: skip


def fit(
    plan: FitPlan,
    modules: dict[str, nn.Module],
    loss: Callable[[np.random.Generator, int], dict[str, Tensor]],
    validate: Callable[[dict[str, nn.Module]], dict[str, float]] | None = None,
    rates: dict[str, float] | None = None,
) -> dict[str, nn.Module]:
    """Trains and returns the averaged modules, saved as weights of the stage.

    `loss(rng, step)` gives named losses; `loss` is minimised. `rates` multiplies the learning rate per module; a module
    with rate 0 is frozen.
    """
    folder = RUNS / plan.stage
    folder.mkdir(parents=True, exist_ok=True)
    rates = rates or {}
    for module in modules.values():
        module.to(device())
    if plan.again:
        load_weights(plan.stage, modules)
    groups = [
        {"params": list(m.parameters()), "factor": rates.get(name, 1.0)}
        for name, m in modules.items()
        if rates.get(name, 1.0) > 0 and any(True for _ in m.parameters())
    ]
    fused = device().type == "cuda"
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, betas=plan.betas, weight_decay=plan.decay, fused=fused)
    averaged = {name: copy.deepcopy(m).eval().requires_grad_(False) for name, m in modules.items()}
    now_parameters, kept_parameters = ([p for m in ms.values() for p in m.parameters()] for ms in (modules, averaged))
    now_buffers, kept_buffers = ([b for m in ms.values() for b in m.buffers()] for ms in (modules, averaged))
    step, spent, log = 0, 0.0, []
    best: dict = {"value": float("inf"), "averaged": None}
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False, map_location=device())
        if state["plan"] == asdict(plan) and all(_fits(m, state["modules"].get(n)) for n, m in modules.items()):
            step, spent, log, best = state["step"], state["spent"], state["log"], state["best"]
            optimiser.load_state_dict(state["optimiser"])
            for name in modules:
                modules[name].load_state_dict(state["modules"][name])
                averaged[name].load_state_dict(state["averaged"][name])

    def save() -> None:
        if not parallel.first():
            return
        temporary = checkpoint.with_suffix(".tmp")
        torch.save(
            {"plan": asdict(plan), "step": step, "spent": spent, "log": log, "best": best, "optimiser": optimiser.state_dict(),
             "modules": {n: m.state_dict() for n, m in modules.items()},
             "averaged": {n: m.state_dict() for n, m in averaged.items()}},
            temporary,
        )  # fmt: skip
        os.replace(temporary, checkpoint)
        (folder / "log.json").write_text(json.dumps({"plan": asdict(plan), "log": log}, indent=1))
        draw_curve(folder / "loss.png", plan.stage, log)

    def check() -> None:
        if not parallel.first():
            return
        found = validate(averaged)
        log.append({"step": step, "minutes": round(spent / 60, 3), **found})
        print(plan.stage, log[-1], flush=True)
        if plan.keep_best and found[plan.keep_best] < best["value"]:
            kept = {n: {k: v.clone() for k, v in m.state_dict().items()} for n, m in averaged.items()}
            best.update(value=found[plan.keep_best], averaged=kept)

    for name, module in modules.items():
        module.train(rates.get(name, 1.0) > 0)
    last_save = last_check = mark = time.monotonic()
    running: dict[str, float] = {}
    waiting: list[dict[str, Tensor]] = []
    bar = tqdm(total=plan.steps, initial=step, desc=plan.stage, mininterval=5, disable=not parallel.first())
    joined = parallel.joined(modules, loss)
    limit = float("inf") if plan.minutes is None else plan.minutes * 60
    while step < plan.steps and spent < limit:
        progress = max(step / plan.steps, spent / limit)
        cosine = plan.floor + (1 - plan.floor) * 0.5 * (1 + np.cos(np.pi * progress))
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * group["factor"] * min(1.0, (step + 1) / plan.warmup) * cosine
        torch.manual_seed(plan.seed * 1_000_003 + step)
        losses = joined(parallel.generator(plan.seed, step), step)
        optimiser.zero_grad(set_to_none=True)
        losses["loss"].backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], plan.clip)
        optimiser.step()
        decay = min(plan.average, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(kept_parameters, now_parameters, 1 - decay)
            for kept, now in zip(kept_buffers, now_buffers):
                kept.copy_(now)
        step += 1
        waiting.append({key: value.detach() for key, value in losses.items()})
        if len(waiting) == LOOK_EVERY or step == plan.steps:
            _look(plan, waiting, running, step)
            waiting.clear()
            log.append({"step": step, "minutes": round(spent / 60, 3), **{k: round(v, 5) for k, v in running.items()}})
            bar.set_postfix({k: f"{v:.3f}" for k, v in running.items()}, refresh=False)
        bar.update()
        now = time.monotonic()
        spent, mark = spent + now - mark, now
        if plan.minutes is not None:
            spent = parallel.from_first(spent)
        if validate and now - last_check > plan.validate_every_s:
            check()
            last_check = mark = time.monotonic()
        if now - last_save > CHECKPOINT_S:
            save()
            last_save = mark = time.monotonic()
    bar.close()
    if validate:
        check()
    save()
    if best["averaged"]:
        for name, state in best["averaged"].items():
            averaged[name].load_state_dict(state)
    parallel.spread_from_first(averaged)
    save_weights(plan.stage, averaged, WEIGHTS)
    if parallel.first():
        record_sitting(plan, step, spent / 60)
    return averaged


def _look(plan: FitPlan, waiting: list[dict[str, Tensor]], running: dict[str, float], step: int) -> None:
    """Moves the losses of the last steps into the running means; a GPU waits here, and only here."""
    for key in waiting[0]:
        values = torch.stack([losses[key].float() for losses in waiting])
        for value in parallel.mean_over_processes(values).tolist():
            if key == "loss" and not np.isfinite(value):
                raise FloatingPointError(f"{plan.stage}: the loss is {value} before step {step}; lower --rate")
            running[key] = 0.95 * running.get(key, value) + 0.05 * value


def record_sitting(plan: FitPlan, steps: int, minutes: float) -> None:
    """Adds this sitting to the history of the saved weights; a fresh start forgets the earlier ones."""
    path = RUNS / plan.stage / "sittings.json"
    earlier = json.loads(path.read_text()) if plan.again and path.exists() else []
    path.write_text(json.dumps([*earlier, {"steps": steps, "minutes": round(minutes, 2), "rate": plan.rate, "hardware": hardware()}], indent=1))


def _fits(module: nn.Module, state: dict | None) -> bool:
    """Whether a checkpoint belongs to a network of these sizes."""
    shapes = {key: value.shape for key, value in module.state_dict().items()}
    return state is not None and shapes == {key: value.shape for key, value in state.items()}


def draw_curve(path, title: str, log: list[dict]) -> None:
    """Every logged quantity over the steps, on one picture."""
    import matplotlib.pyplot as plt

    names = sorted({k for row in log for k in row} - {"step", "minutes"})
    figure, axes = plt.subplots(max(1, len(names)), 1, figsize=(7, 2 * max(1, len(names))), sharex=True, squeeze=False)
    for axis, name in zip(axes[:, 0], names):
        rows = [(r["step"], r[name]) for r in log if name in r]
        axis.plot(*zip(*rows), marker="." if len(rows) < 30 else "")
        axis.set_ylabel(name)
        axis.grid(alpha=0.3)
    axes[-1, 0].set_xlabel("step")
    axes[0, 0].set_title(title)
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    plt.close(figure)


def draw_rows(rng: np.random.Generator | parallel.ShareOfDraws, count: int, batch: int) -> np.ndarray:
    """This process's rows of one batch, without repetition, ascending (memory-mapped arrays read faster so)."""
    return parallel.share(np.sort(rng.choice(count, min(batch, count), replace=False)))

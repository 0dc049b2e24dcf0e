"""Masked autoregressive generator on cached latents, conditioned on the frozen aligned ECG encoder (a6)."""

import numpy as np
import torch
from torch import Tensor

from ..assemble import load_weights, save_weights
from ..config import ENCODER_SAMPLES
from ..data.batches import cine_batch
from ..data.cohort import ECG_SHAPE, Cohort
from ..device import device, half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.diffusion import decoding_schedule, spacing
from ..networks.ecg import EcgEncoder
from ..networks.generator import MaskedGenerator, TokenDiffusion
from ..networks.tokens import TokenSpace
from ..networks.vae import CineAutoencoder
from ..parallel import save_arrays
from ..paths import RUNS
from .finetune import features

STAGE, VIEWS = "train-generator", 3


@torch.no_grad()
def latents(vae: CineAutoencoder, stored, chunk: int = 16) -> Tensor:
    """Normalised latents (n, z, 25, 12, 12) of 8-bit cines."""
    parts = [vae.encode(cine_batch(stored, slice(i, i + chunk)))[0] for i in range(0, len(stored), chunk)]
    return vae.normalise(torch.cat(parts))


def cached_latents(vae: CineAutoencoder, cohort: Cohort, count: int | None) -> Tensor:
    """Latents of a cohort's first cines (all by default), computed once for each state of the autoencoder."""
    count = min(count or cohort.plan.cines, cohort.plan.cines)
    state = np.array([float(sum(p.double().sum() for p in vae.parameters())), cohort.plan.seed, count])
    path = RUNS / STAGE / f"latents-{cohort.name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if stored["state"].tolist() == state.tolist():
                return torch.from_numpy(stored["latents"]).to(device())
    result = latents(vae, cohort.cine[:count])
    save_arrays(path, latents=result.cpu().numpy(), state=state)
    return result


def mask_order(rng: np.random.Generator, batch: int, tokens: int) -> Tensor:
    return torch.from_numpy(np.argsort(rng.random((batch, tokens)), axis=1).astype(np.int32)).to(device())


def run(options) -> None:
    profile = options.profile
    sizes = profile.generator
    train, held_out = Cohort("train"), Cohort("validation")
    vae, encoder = CineAutoencoder(profile.vae), EcgEncoder(profile.ecg)
    load_weights("train-vae", {"vae": vae})
    load_weights("align", {"encoder": encoder})
    vae.to(device()).eval(), encoder.to(device()).eval()
    torch.manual_seed(options.seed)
    space = TokenSpace(sizes).to(device())
    latent = cached_latents(vae, train, options.pairs)
    kept = space.fit(latent)
    print(f"{sizes.dimensions} components keep {kept:.1%} of the latent variance", flush=True)
    tokens, held_out_tokens = space.encode(latent), space.encode(cached_latents(vae, held_out, None))
    # Several crops of each recording: the feature moves with the crop, and the generator must not learn it by heart.
    starts = np.linspace(0, ECG_SHAPE[1] - ENCODER_SAMPLES, options.views or VIEWS).astype(int)
    condition = torch.stack([features(encoder, train.ecg, len(tokens), int(s)) for s in starts], dim=1)  # (n, views, D)
    held_out_condition = features(encoder, held_out.ecg, len(held_out_tokens))
    generator, diffusion = MaskedGenerator(sizes, profile.ecg.width), TokenDiffusion(sizes).to(device())
    weight = space.scale.sqrt()  # variance to the power 1/4
    diffusion.weight.copy_(weight / weight.mean())
    schedule = decoding_schedule(sizes.tokens, sizes.steps)
    plan = FitPlan.of(
        options, STAGE, 20_000, 1e-3, batch=16, warmup=100, floor=0.03, average=0.995, keep_best="unexplained"
    )

    def loss(rng, step):
        rows = draw_rows(rng, len(tokens), plan.batch)
        # A uniformly drawn step of the decoding schedule, so that its late states are seen as often as the early ones.
        visible = schedule[int(rng.integers(len(schedule)))][0]
        order = mask_order(rng, len(rows), sizes.tokens)
        ids_vis, ids_pred = order[:, :visible], order[:, visible:]
        y = tokens[rows]
        given = condition[rows, rng.integers(0, condition.shape[1], len(rows))]
        with half_precision():
            z = generator(y, ids_vis, ids_pred, given)
        z = z.float().flatten(0, 1)
        target = y.gather(1, ids_pred.long()[..., None].expand(-1, -1, y.shape[-1])).flatten(0, 1)
        spread, noise = diffusion.loss(z, target)
        return {"loss": spread + noise, "spread": spread.detach(), "noise": noise.detach()}

    @torch.no_grad()
    def validate(averaged):
        g, d = averaged["generator"], averaged["diffusion"]
        result = {}
        for name, step in (("unexplained_at_0", 0), ("unexplained_at_14", 14)):
            visible = schedule[step][0]
            order = mask_order(np.random.default_rng(1), len(held_out_tokens), sizes.tokens)
            ids = order[:, visible:]
            mean = d.spread(g(held_out_tokens, order[:, :visible], ids, held_out_condition))[0]
            y = held_out_tokens.gather(1, ids.long()[..., None].expand(-1, -1, mean.shape[-1]))
            w = space.scale.square()
            result[name] = float(((mean - y).square() * w).sum() / (y.square() * w).sum())
        result["unexplained"] = 0.5 * (result["unexplained_at_0"] + result["unexplained_at_14"])
        return result

    averaged = fit(plan, {"generator": generator, "diffusion": diffusion}, loss, validate)
    save_weights(STAGE, {**averaged, "space": space})


@torch.no_grad()
def generate(generator, diffusion, feat: Tensor, rng: np.random.Generator, temperature: float = 1.0, steps: int = 25) -> Tensor:
    """Tokens (B, N, C) sampled for the features, as the application decodes them."""
    sizes = generator.sizes
    plan = spacing(steps)
    order = mask_order(rng, len(feat), sizes.tokens)
    tok = torch.zeros(len(feat), sizes.tokens, sizes.dimensions, device=feat.device)
    masked = sizes.tokens
    for visible, predicted in decoding_schedule(sizes.tokens, sizes.steps):
        ids_vis, ids_pred = order[:, masked:], order[:, masked - predicted : masked]
        z = generator(tok, ids_vis, ids_pred, feat).flatten(0, 1)
        x = torch.from_numpy(rng.standard_normal((len(z), sizes.dimensions)).astype(np.float32)).to(feat.device)
        y = diffusion.sample(z, x, plan, tau=temperature).view(len(feat), predicted, -1)
        tok.scatter_(1, ids_pred.long()[..., None].expand(-1, -1, sizes.dimensions), y)
        masked -= predicted
    return tok

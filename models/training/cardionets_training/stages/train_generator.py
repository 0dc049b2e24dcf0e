"""Masked autoregressive generator on cached latents, conditioned on the frozen aligned ECG encoder (a6)."""

import numpy as np
import torch
from torch import Tensor

from ..assemble import load_weights, save_weights
from ..data.batches import cine_batch, ecg_batch
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..networks.diffusion import decoding_schedule, spacing
from ..networks.ecg import EcgEncoder
from ..networks.generator import MaskedGenerator, TokenDiffusion
from ..networks.tokens import TokenSpace
from ..networks.vae import CineAutoencoder
from ..paths import RUNS

STAGE, BATCH = "train-generator", 16


@torch.no_grad()
def latents(vae: CineAutoencoder, stored, chunk: int = 4) -> Tensor:
    """Normalised latents (n, z, 25, 12, 12) of 8-bit cines."""
    parts = [vae.encode(cine_batch(stored, range(i, min(i + chunk, len(stored)))))[0] for i in range(0, len(stored), chunk)]
    return vae.normalise(torch.cat(parts))


def cached_latents(vae: CineAutoencoder, cohort: Cohort, count: int | None) -> Tensor:
    """Latents of a cohort's first cines (all by default), computed once for each state of the autoencoder."""
    count = min(count or cohort.plan.cines, cohort.plan.cines)
    state = np.array([float(sum(p.double().sum() for p in vae.parameters())), cohort.plan.seed, count])
    path = RUNS / STAGE / f"latents-{cohort.name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if stored["state"].tolist() == state.tolist():
                return torch.from_numpy(stored["latents"])
    result = latents(vae, cohort.cine[:count])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, latents=result.numpy(), state=state)
    return result


@torch.no_grad()
def features(encoder: EcgEncoder, stored, count: int, shift: int = 0, chunk: int = 32) -> Tensor:
    """Features (n, D) of the centre crop, moved by `shift` samples."""
    parts = []
    for first in range(0, count, chunk):
        x = np.roll(np.asarray(stored[first : min(first + chunk, count)]), -shift, axis=-1)
        parts.append(encoder(*ecg_batch(x, slice(None), None, None))[0])
    return torch.cat(parts)


def mask_order(rng: np.random.Generator, batch: int, tokens: int) -> Tensor:
    return torch.from_numpy(np.argsort(rng.random((batch, tokens)), axis=1).astype(np.int32))


def run(options) -> None:
    profile = options.profile
    sizes = profile.generator
    train, held_out = Cohort("train"), Cohort("validation")
    vae, encoder = CineAutoencoder(profile.vae), EcgEncoder(profile.ecg)
    load_weights("train-vae", {"vae": vae})
    load_weights("align", {"encoder": encoder})
    vae.eval(), encoder.eval()
    torch.manual_seed(options.seed)
    space = TokenSpace(sizes)
    latent = cached_latents(vae, train, options.pairs)
    kept = space.fit(latent)
    print(f"{sizes.dimensions} components keep {kept:.1%} of the latent variance", flush=True)
    tokens, held_out_tokens = space.encode(latent), space.encode(cached_latents(vae, held_out, 20))
    condition = features(encoder, train.ecg, len(tokens))
    held_out_condition = features(encoder, held_out.ecg, len(held_out_tokens))
    generator, diffusion = MaskedGenerator(sizes, profile.ecg.width), TokenDiffusion(sizes)
    weight = space.scale.sqrt()  # variance to the power 1/4
    diffusion.weight.copy_(weight / weight.mean())
    schedule = decoding_schedule(sizes.tokens, sizes.steps)

    def loss(rng, step):
        rows = draw_rows(rng, len(tokens), BATCH)
        # A uniformly drawn step of the decoding schedule, so that its late states are seen as often as the early ones.
        visible = schedule[int(rng.integers(len(schedule)))][0]
        order = mask_order(rng, len(rows), sizes.tokens)
        ids_vis, ids_pred = order[:, :visible], order[:, visible:]
        y = tokens[rows]
        with torch.autocast("cpu", torch.bfloat16):
            z = generator(y, ids_vis, ids_pred, condition[rows])
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
        return result

    plan = FitPlan.of(options, STAGE, 20_000, 1e-3, warmup=50, floor=0.03, average=0.99)
    averaged = fit(plan, {"generator": generator, "diffusion": diffusion}, loss, validate)
    save_weights(STAGE, {**averaged, "space": space})


@torch.no_grad()
def generate(generator, diffusion, feat: Tensor, rng: np.random.Generator, temperature: float = 1.0, steps: int = 25) -> Tensor:
    """Tokens (B, N, C) sampled for the features, as the application decodes them."""
    sizes = generator.sizes
    plan = spacing(steps)
    order = mask_order(rng, len(feat), sizes.tokens)
    tok = torch.zeros(len(feat), sizes.tokens, sizes.dimensions)
    masked = sizes.tokens
    for visible, predicted in decoding_schedule(sizes.tokens, sizes.steps):
        ids_vis, ids_pred = order[:, masked:], order[:, masked - predicted : masked]
        z = generator(tok, ids_vis, ids_pred, feat).flatten(0, 1)
        x = torch.from_numpy(rng.standard_normal((len(z), sizes.dimensions)).astype(np.float32))
        y = diffusion.sample(z, x, plan, tau=temperature).view(len(feat), predicted, -1)
        tok.scatter_(1, ids_pred.long()[..., None].expand(-1, -1, sizes.dimensions), y)
        masked -= predicted
    return tok

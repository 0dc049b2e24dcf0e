"""Latent video diffusion with ECG cross-attention (after ModelScope text-to-video, Wang et al. 2023), called Vgen.

A U-Net over the latents of the same autoencoder that the masked generator uses: convolutions in space, then in time,
attention in space to the ECG's tokens and in time to the other frames. 1000 training steps, 50 DDIM steps. v-prediction,
because noise prediction saturates at the last steps of a cosine schedule; no guidance, as for the masked generator.
"""

import numpy as np
import torch
import torch.nn.functional as F
from einops import rearrange
from torch import Tensor, nn

from ..assemble import load_weights
from ..config import Profile
from ..data.batches import ecg_batch
from ..data.cohort import Cohort
from ..device import device, half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.diffusion import TRAIN_STEPS, cosine_alpha_bar, spacing
from ..networks.ecg import EcgEncoder
from ..networks.transformer import sincos
from ..networks.vae import CineAutoencoder
from ..parallel import randint, randn_like
from ..stages.train_generator import cached_latents

STAGE, BATCH, WIDTHS, DDIM_STEPS, CLAMP = "baseline-vgen", 32, (32, 64, 64), 50, 5.0


class VideoBlock(nn.Module):
    """Residual convolutions of each frame with the diffusion time as scale and shift, then one over three frames."""

    def __init__(self, source: int, target: int, time_width: int):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = nn.GroupNorm(8, source), nn.GroupNorm(8, target), nn.GroupNorm(8, target)
        self.space1, self.space2 = (nn.Conv2d(n, target, 3, padding=1) for n in (source, target))
        self.modulation = nn.Linear(time_width, 2 * target)
        self.time = nn.Conv1d(target, target, 3, padding=1, padding_mode="circular")
        self.shortcut = nn.Conv2d(source, target, 1) if source != target else nn.Identity()
        for part in (self.space2, self.time):
            nn.init.zeros_(part.weight)
            nn.init.zeros_(part.bias)

    def forward(self, x: Tensor, when: Tensor, frames: int) -> Tensor:  # (B * T, C, H, W), (B, time_width)
        h = self.space1(F.silu(self.norm1(x)))
        scale, shift = self.modulation(when).repeat_interleave(frames, 0)[..., None, None].chunk(2, dim=1)
        x = self.shortcut(x) + self.space2(F.silu(self.norm2(h) * (1 + scale) + shift))
        height = x.shape[2]
        y = rearrange(F.silu(self.norm3(x)), "(b t) c h w -> (b h w) c t", t=frames)
        return x + rearrange(self.time(y), "(b h w) c t -> (b t) c h w", h=height, w=height)


class VideoAttention(nn.Module):
    """Attention of the positions of a frame to the ECG's tokens, then of each position to the other frames."""

    def __init__(self, width: int, context: int, heads: int = 4):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask, self.answer, self.cross_out = nn.Linear(width, width), nn.Linear(context, 2 * width), nn.Linear(width, width)
        self.qkv, self.time_out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        for part in (self.cross_out, self.time_out):
            nn.init.zeros_(part.weight)
            nn.init.zeros_(part.bias)

    def attend(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        q, k, v = (rearrange(x, "b n (h d) -> b h n d", h=self.heads) for x in (q, k, v))
        return rearrange(F.scaled_dot_product_attention(q, k, v), "b h n d -> b n (h d)")

    def forward(self, x: Tensor, context: Tensor, frames: int) -> Tensor:  # (B * T, C, H, W), (B, K, context)
        height = x.shape[2]
        y = rearrange(x, "(b t) c h w -> b (t h w) c", t=frames)
        y = y + self.cross_out(self.attend(self.ask(self.norm1(y)), *self.answer(context).chunk(2, dim=-1)))
        y = rearrange(y, "b (t h w) c -> (b h w) t c", t=frames, h=height)
        y = y + self.time_out(self.attend(*self.qkv(self.norm2(y)).chunk(3, dim=-1)))
        return rearrange(y, "(b h w) t c -> (b t) c h w", h=height, w=height)


class LatentVideoUNet(nn.Module):
    """v of a noisy latent (B, z, 25, 12, 12) at training step `times`, given the ECG's tokens (B, K, D)."""

    def __init__(self, channels: int, context: int):
        super().__init__()
        when, (a, b, c) = 4 * WIDTHS[0], WIDTHS
        self.when = nn.Sequential(nn.Linear(WIDTHS[0], when), nn.SiLU(), nn.Linear(when, when))
        self.frame = nn.Linear(WIDTHS[0], a)
        self.enter = nn.Conv2d(channels, a, 3, padding=1)
        self.down = nn.ModuleList([VideoBlock(a, a, when), VideoBlock(a, b, when), VideoBlock(b, c, when)])
        self.down_attention = nn.ModuleList(VideoAttention(w, context) for w in WIDTHS)
        self.shrink = nn.ModuleList(nn.Conv2d(w, w, 3, 2, 1) for w in (a, b))
        self.middle = nn.ModuleList([VideoBlock(c, c, when), VideoBlock(c, c, when)])
        self.middle_attention = VideoAttention(c, context)
        self.up = nn.ModuleList([VideoBlock(2 * c, b, when), VideoBlock(2 * b, a, when), VideoBlock(2 * a, a, when)])
        self.up_attention = nn.ModuleList(VideoAttention(w, context) for w in (b, a, a))
        self.norm, self.leave = nn.GroupNorm(8, a), nn.Conv2d(a, channels, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: Tensor, times: Tensor, context: Tensor) -> Tensor:
        frames = x.shape[2]
        when = self.when(sincos(times, WIDTHS[0]).to(x.device))
        place = self.frame(sincos(torch.arange(frames), WIDTHS[0]).to(x.device))  # (T, C)
        h = self.enter(rearrange(x, "b z t h w -> (b t) z h w")) + place.repeat(len(x), 1)[..., None, None]
        kept = []
        for i, (block, attention) in enumerate(zip(self.down, self.down_attention)):
            h = attention(block(h, when, frames), context, frames)
            kept.append(h)
            h = self.shrink[i](h) if i < len(self.shrink) else h
        h = self.middle[1](self.middle_attention(self.middle[0](h, when, frames), context, frames), when, frames)
        for block, attention in zip(self.up, self.up_attention):
            beside = kept.pop()
            h = F.interpolate(h, size=beside.shape[-2:], mode="nearest") if h.shape[-1] != beside.shape[-1] else h
            h = attention(block(torch.cat([h, beside], dim=1), when, frames), context, frames)
        return rearrange(self.leave(F.silu(self.norm(h))), "(b t) z h w -> b z t h w", t=frames)


@torch.no_grad()
def ecg_context(encoder: EcgEncoder, stored, count: int, chunk: int = 64) -> Tensor:
    """What the video attends to, (n, 13, D): the feature and the mean token of each lead, of the frozen aligned encoder."""
    parts = []
    for first in range(0, count, chunk):
        feat, tokens = encoder(*ecg_batch(stored, range(first, min(first + chunk, count)), None, None))
        parts.append(torch.cat([feat[:, None], tokens.mean(2)], dim=1))
    return torch.cat(parts)


def build(profile: Profile) -> LatentVideoUNet:
    return LatentVideoUNet(profile.generator.latent[0], profile.ecg.width)


def train(options) -> None:
    profile = options.profile
    train_cohort, held_out = Cohort("train"), Cohort("validation")
    vae, encoder = CineAutoencoder(profile.vae), EcgEncoder(profile.ecg)
    load_weights("train-vae", {"vae": vae})
    load_weights("align", {"encoder": encoder})
    vae.eval().to(device()), encoder.eval().to(device())
    torch.manual_seed(options.seed)
    network = build(profile)
    latents = cached_latents(vae, train_cohort, options.pairs)
    held_out_latents = cached_latents(vae, held_out, 20)
    context = ecg_context(encoder, train_cohort.ecg, len(latents))
    held_out_context = ecg_context(encoder, held_out.ecg, len(held_out_latents))
    bar = torch.from_numpy(cosine_alpha_bar()).float().to(latents.device)
    plan = FitPlan.of(options, STAGE, 20_000, 1e-3, BATCH, average=0.995)

    def denoising_loss(network: LatentVideoUNet, x: Tensor, tokens: Tensor) -> Tensor:
        times = randint(TRAIN_STEPS, len(x), x.device)
        signal, noise = (f[:, None, None, None, None] for f in (bar[times].sqrt(), (1 - bar[times]).sqrt()))
        epsilon = randn_like(x)
        with half_precision():
            v = network(signal * x + noise * epsilon, times, tokens)
        return F.mse_loss(v.float(), signal * epsilon - noise * x)

    def loss(rng, step):
        rows = torch.from_numpy(draw_rows(rng, len(latents), plan.batch)).to(latents.device)
        return {"loss": denoising_loss(network, latents[rows], context[rows])}

    @torch.no_grad()
    def validate(averaged):
        torch.manual_seed(1)
        return {"held_out_loss": float(denoising_loss(averaged["network"], held_out_latents, held_out_context))}

    fit(plan, {"network": network}, loss, validate)


@torch.no_grad()
def generate(network: LatentVideoUNet, context: Tensor, shape: tuple[int, ...], rng: np.random.Generator, steps: int = DDIM_STEPS) -> Tensor:
    """Normalised latents (B, *shape) by DDIM."""
    plan = spacing(steps)
    x = torch.from_numpy(rng.standard_normal((len(context), *shape)).astype(np.float32)).to(context.device)
    for time, a, b in zip(plan.times.tolist(), plan.alpha_bar.tolist(), plan.alpha_bar_next.tolist()):
        v = network(x, torch.full((len(x),), time, device=x.device), context)
        x0 = (a**0.5 * x - (1 - a) ** 0.5 * v).clamp(-CLAMP, CLAMP)
        x = b**0.5 * x0 + ((1 - b) / (1 - a)) ** 0.5 * (x - a**0.5 * x0)
    return x

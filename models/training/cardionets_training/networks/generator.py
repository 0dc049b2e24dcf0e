"""Masked autoregressive generator: transformer over tokens and a diffusion head per token (MAR, Li et al. 2024; a6).

Differences from the article in profiles S and M, all measured in a probe (a6): tube tokens in a PCA space, a mean head
and a log-sigma head, v-prediction of the standardised residual, separable modulation, positions by factorised cosines
with a distance bias. A masked token attends to the prefix, the visible tokens and itself, never to other masked ones:
its condition is then the same whichever other tokens are predicted beside it, so inference may leave them out.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import GeneratorSizes
from ..parallel import randint, randn_like
from .diffusion import TRAIN_STEPS, cosine_alpha_bar
from .transformer import Block, initialise, sincos

HIDDEN = -1e4
CLAMP = 5.0


class MaskedGenerator(nn.Module):
    """Visible tokens and the ECG feature to the condition z of the tokens to predict."""

    def __init__(self, sizes: GeneratorSizes, feature_width: int):
        super().__init__()
        d = sizes.width
        self.sizes = sizes
        self.enter = nn.Linear(sizes.dimensions, d)
        self.prefix = nn.Linear(feature_width, d)
        # Beside the article's prefix token, the masked tokens themselves carry the condition (not in profile P).
        self.condition = nn.Sequential(nn.Linear(feature_width, d), nn.SiLU(), nn.Linear(d, d)) if sizes.separable else None
        self.enter_norm, self.encoder_norm, self.decoder_norm = (nn.LayerNorm(d) for _ in range(3))
        self.encoder = nn.ModuleList(Block(d, sizes.heads) for _ in range(sizes.encoder_layers))
        self.between = nn.Linear(d, d)
        self.decoder = nn.ModuleList(Block(d, sizes.heads) for _ in range(sizes.decoder_layers))
        initialise(self)
        self.mask_token = nn.Parameter(0.02 * torch.randn(d))
        self.encoder_position, self.decoder_position, self.head_position = (
            nn.Parameter(0.02 * torch.randn(sizes.tokens + 1, d)) for _ in range(3)
        )
        coordinates = torch.cartesian_prod(*(torch.arange(n) for n in sizes.grid)).float()  # (N, 3)
        fixed = 0.6 * sum(sincos(coordinates[:, i] * 4, d, 100.0) for i in range(3) if sizes.grid[i] > 1)
        # Row 0 is the prefix, row n + 1 token n.
        self.register_buffer("grid_position", F.pad(fixed, (0, 0, 1, 0)), persistent=False)
        distance = (coordinates[:, None] - coordinates[None]).abs().sum(-1)
        slopes = torch.cat([torch.zeros(1), 0.5 * 2.0 ** torch.arange(sizes.heads - 1)])[: sizes.heads].clamp_max(2)
        bias = -slopes[:, None, None] * F.pad(distance, (1, 0, 1, 0))
        self.register_buffer("distance_bias", bias, persistent=False)  # (H, N + 1, N + 1)
        self.register_buffer("rows", torch.arange(sizes.tokens + 1, dtype=torch.int32), persistent=False)

    def select(self, ids: Tensor) -> Tensor:
        """One-hot rows (B, K, N + 1) in float: exact under MatMul and free of int64 on every provider."""
        return (ids[..., None] == self.rows).to(self.mask_token.dtype)

    def bias(self, chosen: Tensor) -> Tensor:  # (B, K, N + 1) -> (B, H, K, K)
        pick = chosen[:, None]
        return pick @ self.distance_bias @ pick.transpose(-2, -1)

    def forward(self, tok: Tensor, ids_vis: Tensor, ids_pred: Tensor, feat: Tensor) -> Tensor:
        """`tok` (B, N, C), `ids_vis` (B, V) and `ids_pred` (B, Q) int32, `feat` (B, D) -> z (B, Q, d)."""
        seen, asked = self.select(ids_vis + 1), self.select(ids_pred + 1)
        first = self.select(ids_pred[:, :1] * 0)  # the prefix row, (B, 1, N + 1)
        known = torch.cat([first, seen], dim=1)

        x = self.enter(seen[..., 1:] @ tok)  # (B, V, d)
        x = torch.cat([self.prefix(feat)[:, None], x], dim=1)
        x = self.enter_norm(x + known @ (self.encoder_position + self.grid_position))
        bias = self.bias(known)
        for block in self.encoder:
            x = block(x, bias)
        x = self.between(self.encoder_norm(x))  # (B, 1 + V, d)

        everything = torch.cat([known, asked], dim=1)
        mask = self.mask_token if self.condition is None else (self.mask_token + self.condition(feat))[:, None]
        mask = mask + asked[..., :1]  # (B, Q, d); that column is zero
        x = torch.cat([x, mask], dim=1) + everything @ (self.decoder_position + self.grid_position)
        same = everything @ everything.transpose(-2, -1)
        is_asked = torch.cat([known.sum(-1) * 0, asked.sum(-1)], dim=1)  # (B, 1 + V + Q)
        bias = self.bias(everything) + HIDDEN * (is_asked[:, None] * (1 - same))[:, None]
        for block in self.decoder:
            x = block(x, bias)
        x = self.decoder_norm(x)[:, known.shape[1] :]
        return x + asked @ self.head_position


class TokenDiffusion(nn.Module):
    """Mean, spread and denoiser of one token given its condition z."""

    def __init__(self, sizes: GeneratorSizes):
        super().__init__()
        c, d, w = sizes.dimensions, sizes.width, sizes.mlp_width
        self.sizes = sizes
        self.mean, self.log_sigma = nn.Linear(d, c), nn.Linear(d, c)
        self.enter, self.from_condition = nn.Linear(c, w), nn.Linear(d, w)
        self.time = nn.Sequential(nn.Linear(256, w), nn.SiLU(), nn.Linear(w, w))
        blocks = range(sizes.mlp_blocks)
        self.hidden = nn.ModuleList(nn.Sequential(nn.Linear(w, w), nn.SiLU(), nn.Linear(w, w)) for _ in blocks)
        self.leave = nn.Linear(w, c)
        initialise(self)
        # (shift, scale, gate) of each block, then (shift, scale) of the last norm; zero at the start, as is the output.
        count = 3 * sizes.mlp_blocks + 2
        self.time_modulation, self.token_modulation = nn.Linear(w, count * w), nn.Linear(w, count * w)
        for part in (self.time_modulation, self.token_modulation, self.leave, self.log_sigma):
            nn.init.zeros_(part.weight)
            nn.init.zeros_(part.bias)
        bar = torch.from_numpy(cosine_alpha_bar())
        self.register_buffer("signal", bar.sqrt().float(), persistent=False)
        self.register_buffer("noise", (1 - bar).sqrt().float(), persistent=False)
        self.register_buffer("weight", torch.ones(c))

    def spread(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and sigma (N, C) of a token."""
        return self.mean(z), self.log_sigma(z).clamp(-4, 2).exp()

    def time_table(self, times: Tensor) -> Tensor:  # (T,) -> (T, count * w)
        return self.time_modulation(F.silu(self.time(sincos(times, 256).to(self.leave.weight))))

    def predict(self, x: Tensor, time_rows: Tensor, token_rows: Tensor) -> Tensor:
        """v of noisy residuals x (N, C), with modulation rows of the step and of the token (N, count * w)."""
        w = self.sizes.mlp_width
        m = (time_rows + token_rows).split(w, dim=-1)
        h = self.enter(x)
        for i, hidden in enumerate(self.hidden):
            shift, scale, gate = m[3 * i : 3 * i + 3]
            h = h + gate * hidden(F.layer_norm(h, (w,)) * (1 + scale) + shift)
        return self.leave(F.layer_norm(h, (w,)) * (1 + m[-1]) + m[-2])

    def token_rows(self, z: Tensor) -> Tensor:
        return self.token_modulation(F.silu(self.from_condition(z)))

    def loss(self, z: Tensor, y: Tensor, draws: int = 64) -> tuple[Tensor, Tensor]:
        """beta-NLL (beta = .5) of mean and spread, and the v loss of the standardised residual; z (N, d), y (N, C)."""
        mean, sigma = self.spread(z)
        nll = 0.5 * ((y - mean) / sigma).square() + sigma.log()
        spread_loss = (sigma.detach() * nll * self.weight).mean()
        residual = ((y - mean.detach()) / sigma.detach()).clamp(-CLAMP, CLAMP)
        # Stratified times, so that the table has few rows and every batch covers the schedule.
        at = y.device
        part = (torch.arange(draws, device=at) + torch.rand(draws, device=at)) / draws
        times = (part * TRAIN_STEPS).long().clamp_max(TRAIN_STEPS - 1)
        rows = randint(draws, len(y), at)
        a, s = self.signal[times[rows]][:, None], self.noise[times[rows]][:, None]
        epsilon = randn_like(residual)
        v = self.predict(a * residual + s * epsilon, self.time_table(times)[rows], self.token_rows(z))
        return spread_loss, ((v - (a * epsilon - s * residual)).square() * self.weight).mean()

    def sample(self, z: Tensor, x: Tensor, plan, noise: Tensor | None = None, tau: float = 1.0) -> Tensor:
        """Runs the spacing `plan` from x (N, C): DDIM, or DDPM where step noise (T, N, C) is given."""
        mean, sigma = self.spread(z)
        token_rows, table = self.token_rows(z), self.time_table(torch.from_numpy(plan.times).to(z.device))
        variance, alpha = plan.posterior_variance, plan.alpha
        x = tau * x
        for i in range(len(plan.times)):
            a, b = float(plan.alpha_bar[i]), float(plan.alpha_bar_next[i])
            v = self.predict(x, table[i : i + 1], token_rows)
            x0 = (a**0.5 * x - (1 - a) ** 0.5 * v).clamp(-CLAMP, CLAMP)
            if noise is None:
                x = b**0.5 * x0 + ((1 - b) / (1 - a)) ** 0.5 * (x - a**0.5 * x0)
            else:
                keep = float(alpha[i]) ** 0.5 * (1 - b) / (1 - a)
                x = b**0.5 * (1 - float(alpha[i])) / (1 - a) * x0 + keep * x
                x = x + tau * float(variance[i]) ** 0.5 * noise[i]
        return mean + sigma * x

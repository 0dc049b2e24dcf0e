"""Schedule and samplers against closed forms."""

import numpy as np
import pytest
import torch

from cardionets_training.config import PROFILES
from cardionets_training.networks import diffusion as d
from cardionets_training.networks.generator import TokenDiffusion


def test_cosine_schedule_at_four_steps():
    def f(t):
        return np.cos((t / 1000 + 0.008) / 1.008 * np.pi / 2) ** 2

    bar = d.cosine_alpha_bar()
    for t in (0, 250, 500):
        assert bar[t] == pytest.approx(f(t + 1) / f(0), rel=1e-12)
    # The last beta is clipped at .999.
    assert bar[999] == pytest.approx(bar[998] * 0.001, rel=1e-12)


def test_re_spaced_steps_keep_the_cumulative_products():
    plan, bar = d.spacing(100), d.cosine_alpha_bar()
    assert len(plan.times) == 100 and plan.times[0] == 999 and plan.times[-1] == 0
    assert np.allclose(np.cumprod(plan.alpha[::-1])[::-1], bar[plan.times], rtol=1e-12)
    beta = 1 - plan.alpha
    expected = beta * (1 - plan.alpha_bar / plan.alpha) / (1 - plan.alpha_bar)
    assert np.allclose(plan.posterior_variance, expected, rtol=0, atol=1e-12)
    assert plan.posterior_variance[-1] == 0


MEAN, SD = 0.7, 0.4


def gaussian_denoiser(plan):
    """The exact E[x_0 | x_t] of data N(MEAN, SD^2)."""

    def denoise(x, i):
        a = plan.alpha_bar[i]
        gain = np.sqrt(a) * SD**2 / (a * SD**2 + 1 - a)
        return MEAN + gain * (x - np.sqrt(a) * MEAN)

    return denoise


def test_equation_7_follows_the_linear_recursion_of_a_gaussian():
    plan = d.spacing(100)
    denoise = gaussian_denoiser(plan)
    mean, variance = 0.0, 1.0
    for i, (a, alpha) in enumerate(zip(plan.alpha_bar, plan.alpha)):
        at_zero, at_one = (
            (x - (1 - alpha) / (1 - a) * (x - np.sqrt(a) * denoise(x, i))) / np.sqrt(alpha) for x in (0.0, 1.0)
        )
        mean, variance = at_zero + (at_one - at_zero) * mean, (at_one - at_zero) ** 2 * variance + plan.posterior_variance[i]
    quiet = d.ddpm(denoise, np.zeros(1), np.zeros((100, 1)), plan)
    assert quiet[0] == pytest.approx(mean, abs=1e-9)
    assert mean == pytest.approx(MEAN, abs=1e-3)
    rng = np.random.default_rng(0)
    # The variance of 200,000 draws is known to .3 %.
    sample = d.ddpm(denoise, rng.standard_normal(200_000), rng.standard_normal((100, 200_000)), plan)
    assert sample.var() == pytest.approx(variance, rel=0.01)
    assert sample.mean() == pytest.approx(mean, abs=0.005)


def test_deterministic_samplers_converge_to_one_sample():
    x = np.linspace(-2, 2, 9)
    reference_plan = d.spacing(1000)
    reference = d.ddim(gaussian_denoiser(reference_plan), x, reference_plan)
    for sampler in (d.ddim, d.dpm_solver_2m):
        errors = []
        for steps in (10, 25, 50, 100):
            plan = d.spacing(steps)
            errors.append(np.abs(sampler(gaussian_denoiser(plan), x, plan) - reference).max())
        assert all(later < earlier for earlier, later in zip(errors, errors[1:])), (sampler.__name__, errors)


@pytest.mark.parametrize("stochastic", [False, True])
def test_the_network_sampler_is_the_reference_sampler(stochastic):
    torch.manual_seed(0)
    net = TokenDiffusion(PROFILES["S"].generator).eval()
    for part in (net.leave, net.token_modulation, net.time_modulation, net.log_sigma):
        torch.nn.init.normal_(part.weight, std=0.05)
    plan = d.spacing(25)
    z, x, noise = torch.randn(5, 128), torch.randn(5, 48), torch.randn(25, 5, 48)
    with torch.no_grad():
        token_rows, table = net.token_rows(z), net.time_table(torch.from_numpy(plan.times))

        def denoise(value, i):
            a = plan.alpha_bar[i]
            v = net.predict(torch.from_numpy(value).float(), table[i : i + 1], token_rows).numpy()
            return np.clip(np.sqrt(a) * value - np.sqrt(1 - a) * v, -5, 5)

        mean, sigma = (t.numpy() for t in net.spread(z))
        start = 0.7 * x.numpy().astype(np.float64)
        if stochastic:
            expected = d.ddpm(denoise, start, noise.numpy(), plan, 0.7)
        else:
            expected = d.ddim(denoise, start, plan)
        actual = net.sample(z, x, plan, noise if stochastic else None, 0.7).numpy()
    assert np.abs(actual - (mean + sigma * expected)).max() < 2e-4


def test_without_training_the_sampler_draws_from_the_spread_heads():
    """The output layer starts at zero, so v = 0 and the residual is the start noise itself, shrunk or not by no step."""
    torch.manual_seed(0)
    net = TokenDiffusion(PROFILES["S"].generator).eval()
    z = torch.randn(1, 128).expand(4000, -1)
    with torch.no_grad():
        y = net.sample(z, torch.randn(4000, 48), d.spacing(25))
        mean, sigma = net.spread(z[:1])
    assert (y.mean(0) - mean[0]).abs().max() < 0.1
    assert ((y.std(0) / sigma[0]) - 1).abs().max() < 0.1


@pytest.mark.parametrize("steps", [1, 4, 8, 16, 32, 64])
def test_decoding_counts_add_up(steps):
    counts = d.decoding_schedule(180, steps)
    assert sum(p for _, p in counts) == 180
    assert all(p >= 1 for _, p in counts)
    assert [v for v, _ in counts] == [sum(p for _, p in counts[:k]) for k in range(len(counts))]


def test_decoding_counts_of_the_specification():
    assert d.decoding_schedule(180, 16) == [
        (0, 1), (1, 3), (4, 4), (8, 6), (14, 8), (22, 9), (31, 10), (41, 12), (53, 13), (66, 14), (80, 16), (96, 16),
        (112, 16), (128, 17), (145, 18), (163, 17),
    ]  # fmt: skip
    assert d.decoding_schedule(36, 16) == [
        (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 2), (7, 2), (9, 2), (11, 3), (14, 2), (16, 4), (20, 3), (23, 3),
        (26, 3), (29, 4), (33, 3),
    ]  # fmt: skip

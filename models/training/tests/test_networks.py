"""Laws of the networks: token order, block order, masking, pruning, sizes."""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from cardionets_training.config import PROFILES
from cardionets_training.networks.cmr import CmrEncoder, CmrMaskedAutoencoder, contrastive_loss
from cardionets_training.networks.ecg import EcgEncoder
from cardionets_training.networks.generator import MaskedGenerator
from cardionets_training.networks.heads import TaskNetwork
from cardionets_training.networks.image_losses import ssim
from cardionets_training.networks.tokens import TokenSpace, to_latent, to_tokens
from cardionets_training.networks.vae import CineAutoencoder
from cardionets_training.phenotypes import PHENOTYPES

S, P = PROFILES["S"], PROFILES["P"]


def count(module) -> int:
    return sum(p.numel() for p in module.parameters())


@pytest.mark.parametrize("profile", [S, P])
def test_latents_survive_the_way_to_tokens_and_back(profile):
    sizes = profile.generator
    x = torch.randn(2, *sizes.latent)
    assert torch.equal(to_latent(to_tokens(x, sizes.patch), sizes), x)


@pytest.mark.parametrize("name", ["S", "P"])
def test_every_number_of_a_latent_stands_where_the_golden_file_says(name):
    golden = json.loads((Path(__file__).parent / "golden" / "tokens.json").read_text())[name]
    sizes = PROFILES[name].generator
    assert (list(sizes.latent), list(sizes.patch)) == (golden["latent"], golden["patch"])
    places = to_tokens(torch.arange(math.prod(sizes.latent)).view(1, *sizes.latent), sizes.patch)[0].numpy().astype("<i4")
    assert list(places.shape) == golden["shape"]
    for token, inner, latent in golden["token_inner_latent"]:
        assert places[token, inner] == latent, (token, inner)
    assert hashlib.sha256(places.tobytes()).hexdigest() == golden["sha256"]


def test_token_and_inner_order():
    sizes = P.generator
    x = torch.arange(math.prod(sizes.latent)).view(1, *sizes.latent)
    tokens = to_tokens(x, sizes.patch)
    assert tokens.shape == (1, 180, 320)
    t, h, w, c, dt, dh, dw = 3, 2, 4, 11, 1, 0, 1
    expected = x[0, c, 5 * t + dt, 2 * h + dh, 2 * w + dw]
    assert tokens[0, (t * 6 + h) * 6 + w, ((c * 5 + dt) * 2 + dh) * 2 + dw] == expected


def test_the_token_space_keeps_everything_that_its_basis_spans():
    torch.manual_seed(0)
    space = TokenSpace(S.generator)
    low_rank = torch.randn(300, 36, 48) @ torch.randn(48, 400)
    latents = to_latent(low_rank + torch.randn(36, 400), S.generator)
    assert space.fit(latents) == pytest.approx(1, abs=1e-6)
    y = space.encode(latents)
    assert (space.decode(y) - latents).abs().max() < 1e-2
    assert (y.reshape(-1, 48).std(0) - 1).abs().max() < 0.05


def test_separators_do_not_enter_the_mean():
    torch.manual_seed(0)
    encoder = EcgEncoder(S.ecg).eval()
    ecg, amplitude = torch.randn(2, 12, 2250), torch.randn(2, 12)
    feat, tokens = encoder(ecg, amplitude)
    assert tokens.shape == (2, 12, 30, 128)
    assert torch.allclose(feat, encoder.norm(tokens.mean(dim=(1, 2))))


def test_leads_that_move_with_their_embeddings_leave_the_feature_unchanged():
    torch.manual_seed(0)
    encoder = EcgEncoder(S.ecg).eval()
    ecg, amplitude, order = torch.randn(1, 12, 2250), torch.randn(1, 12), torch.randperm(12)
    before, _ = encoder(ecg, amplitude)
    with torch.no_grad():
        encoder.lead.copy_(encoder.lead[order])
        encoder.amplitude.weight.copy_(encoder.amplitude.weight[:, order])
    after, _ = encoder(ecg[:, order], amplitude[:, order])
    assert torch.allclose(before, after, atol=1e-5)


def test_all_patches_kept_is_the_whole_recording():
    torch.manual_seed(0)
    encoder = EcgEncoder(S.ecg).eval()
    ecg, amplitude = torch.randn(2, 12, 2250), torch.randn(2, 12)
    keep = torch.arange(30).expand(2, 12, 30)
    assert torch.allclose(encoder(ecg, amplitude)[0], encoder(ecg, amplitude, keep)[0], atol=1e-6)


def test_the_masked_loss_does_not_look_at_visible_patches():
    torch.manual_seed(0)
    network = CmrMaskedAutoencoder(CmrEncoder(S.cmr)).eval()
    cine = torch.rand(1, 50, 96, 96)
    from cardionets_training.networks import cmr as module
    from cardionets_training.networks.transformer import normalised_patch_loss

    seen = []
    original = normalised_patch_loss

    def spy(prediction, patches, mask):
        changed = patches + (1 - mask)[..., None] * torch.randn_like(patches)
        seen.append(tuple(float(original(prediction, x, mask).detach()) for x in (patches, changed)))
        return original(prediction, patches, mask)

    module.normalised_patch_loss = spy
    try:
        network(cine)
    finally:
        module.normalised_patch_loss = original
    assert seen[0][0] == seen[0][1]


def test_contrastive_loss_of_a_fixed_matrix():
    h1 = torch.eye(4)
    h2 = torch.tensor([[0.8, 0.6, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0.6, 0, 0, 0.8]])
    logits = (h1 @ h2.T / 0.05).double().numpy()

    def cross_entropy(x):
        return np.mean(np.log(np.exp(x).sum(1)) - np.diag(x))

    expected = 0.5 * cross_entropy(logits) + 0.5 * cross_entropy(logits.T)
    assert float(contrastive_loss(h1, h2)) == pytest.approx(expected, abs=1e-5)
    assert float(contrastive_loss(h1, h2)) == pytest.approx(float(contrastive_loss(h2, h1)), abs=1e-7)
    same = torch.ones(32, 8) / 8**0.5
    assert float(contrastive_loss(same, same)) == pytest.approx(math.log(32), abs=1e-6)


def test_a_predicted_token_does_not_depend_on_what_else_is_predicted():
    torch.manual_seed(0)
    generator = MaskedGenerator(S.generator, 128).eval()
    tok, feat, ids = torch.randn(1, 36, 48), torch.randn(1, 128), torch.randperm(36).int()[None]
    everything = generator(tok, ids[:, :10], ids[:, 10:], feat)
    alone = generator(tok, ids[:, :10], ids[:, 13:14], feat)
    assert torch.allclose(everything[:, 3], alone[:, 0], atol=1e-5)
    # Values of tokens that are not visible never enter.
    changed = tok.clone()
    changed[0, ids[0, 10:].long()] += 5
    assert torch.equal(generator(changed, ids[:, :10], ids[:, 10:], feat), everything)


def test_the_autoencoder_commutes_with_the_cycle_when_circular():
    torch.manual_seed(0)
    vae = CineAutoencoder(S.vae).eval()
    for block in [*vae.coarse_out, *vae.fine_out]:
        torch.nn.init.normal_(block.time.weight, std=0.05)
    latent = torch.randn(1, 4, 25, 12, 12)
    with torch.no_grad():
        cine, rolled = vae.decode(latent), vae.decode(latent.roll(3, dims=2))
    assert torch.allclose(cine.roll(6, dims=1), rolled, atol=1e-5)


def test_ssim_agrees_with_scikit_image():
    metrics = pytest.importorskip("skimage.metrics")
    rng = np.random.default_rng(0)
    a = rng.random((96, 96)).astype(np.float32)
    b = np.clip(a + 0.2 * rng.standard_normal((96, 96)), 0, 1).astype(np.float32)
    _, full = metrics.structural_similarity(
        a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1, full=True, win_size=11
    )
    assert float(ssim(torch.from_numpy(a)[None], torch.from_numpy(b)[None])) == pytest.approx(full[5:-5, 5:-5].mean(), abs=1e-4)


def test_sizes_of_profile_p_are_those_of_the_article():
    with torch.device("meta"):
        expected = {"ecg": 85.2e6, "cmr": 94.9e6, "generator": 172e6}
        modules = {"ecg": EcgEncoder(P.ecg), "cmr": CmrEncoder(P.cmr), "generator": MaskedGenerator(P.generator, 768)}
    for name, module in modules.items():
        assert count(module) == pytest.approx(expected[name], rel=0.005), name


def test_the_table_of_phenotypes_is_the_one_of_the_simulator():
    from cardionets_training.simulator.phenotype_table import PHENOTYPES as SIMULATED

    assert [(p.id, p.unit) for p in PHENOTYPES] == [tuple(row) for row in SIMULATED]
    assert [p.field for p in PHENOTYPES] == list(range(24100, 24182))
    assert len({p.zh for p in PHENOTYPES}) == 82


def test_the_distance_to_the_training_subjects_is_one_for_them_and_grows_with_strangeness():
    torch.manual_seed(0)
    network = TaskNetwork(EcgEncoder(PROFILES["S"].ecg))
    spread = torch.diag(torch.linspace(0.2, 3.0, 128)) @ torch.linalg.qr(torch.randn(128, 128))[0]
    feat = torch.randn(4000, 128) @ spread + 2
    network.learn_familiar(feat, shrinkage=0.0)
    assert abs(float(network.distance(feat).square().mean()) - 1) < 1e-2
    along = torch.linalg.eigh(torch.cov(feat.T))[1][:, 0]
    strange = feat.mean(0) + 30 * along * float((feat @ along).std())
    assert abs(float(network.distance(strange[None])) - 30 / 128**0.5) < 0.05

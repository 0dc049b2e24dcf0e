"""The generators that the tables compare, each as a function from ECGs to cines."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..assemble import load_weights
from ..baselines import cross_autoencoder, video_diffusion
from ..config import GENERATORS, Profile
from ..device import device
from ..networks.ecg import EcgEncoder
from ..networks.generator import MaskedGenerator, TokenDiffusion
from ..networks.tokens import TokenSpace
from ..networks.vae import CineAutoencoder
from ..stages.train_generator import generate

TEMPERATURE, COOL = 1.0, 0.7
Draw = Callable[[Tensor, Tensor, np.random.Generator], Tensor]  # (ecg, amplitude, rng) -> cines in [0, 1]


@dataclass(frozen=True)
class Generator:
    title: str
    draw: Draw
    random: bool = True
    # Subjects whose cines are generated on a CPU; all where None.
    most_on_cpu: int | None = None


def load_vae(profile: Profile) -> CineAutoencoder:
    vae = CineAutoencoder(profile.vae)
    load_weights("train-vae", {"vae": vae})
    return vae.to(device()).eval()


class MaskedGenerators:
    """CardioNets: aligned encoder, masked autoregressive tokens, decoder."""

    def __init__(self, profile: Profile):
        self.vae, self.encoder = load_vae(profile), EcgEncoder(profile.ecg)
        parts = {
            "generator": MaskedGenerator(profile.generator, profile.ecg.width),
            "diffusion": TokenDiffusion(profile.generator),
            "space": TokenSpace(profile.generator),
        }
        load_weights("align", {"encoder": self.encoder})
        load_weights("train-generator", parts)
        for part in (self.encoder, *parts.values()):
            part.to(device()).eval()
        self.generator, self.diffusion, self.space = parts.values()

    def from_features(self, feat: Tensor, rng: np.random.Generator, temperature: float) -> Tensor:
        tokens = generate(self.generator, self.diffusion, feat, rng, temperature)
        return self.vae.decode(self.vae.denormalise(self.space.decode(tokens)))

    def at(self, temperature: float) -> Draw:
        return lambda ecg, amplitude, rng: self.from_features(self.encoder(ecg, amplitude)[0], rng, temperature)


def _video(profile: Profile) -> Draw:
    vae, encoder, network = load_vae(profile), EcgEncoder(profile.ecg), video_diffusion.build(profile)
    load_weights("align", {"encoder": encoder})
    load_weights(video_diffusion.STAGE, {"network": network})
    encoder.to(device()).eval(), network.to(device()).eval()

    def draw(ecg: Tensor, amplitude: Tensor, rng: np.random.Generator) -> Tensor:
        feat, tokens = encoder(ecg, amplitude)
        context = torch.cat([feat[:, None], tokens.mean(2)], dim=1)
        return vae.decode(vae.denormalise(video_diffusion.generate(network, context, profile.generator.latent, rng)))

    return draw


def _cross(profile: Profile) -> Draw:
    network = cross_autoencoder.CrossAutoencoder()
    load_weights(cross_autoencoder.STAGE, {"network": network})
    network.to(device()).eval()
    return lambda ecg, amplitude, rng: network.decode_cine(network.encode_ecg(ecg, amplitude))


# 50 passes of a U-Net over 50 frames: seconds a cine on a CPU.
VIDEO_ON_CPU = 96


def load_generators(profile: Profile, names: tuple[str, ...] = GENERATORS) -> dict[str, Generator]:
    """Those of `names` whose weights are there; the others are named on the screen."""
    makers = {
        "cardionets": ("CardioNets, τ = 1", lambda: MaskedGenerators(profile).at(TEMPERATURE), True, None),
        "cardionets-cool": (f"CardioNets, τ = {COOL}", lambda: MaskedGenerators(profile).at(COOL), True, None),
        "cross-ae": ("Cross-AE", lambda: _cross(profile), False, None),
        "vgen": ("latent video diffusion", lambda: _video(profile), True, VIDEO_ON_CPU),
    }
    found = {}
    for name, (title, make, *rest) in ((name, makers[name]) for name in names):
        try:
            found[name] = Generator(title, make(), *rest)
        except FileNotFoundError as error:
            print(f"evaluate: {title} not run: {error}", flush=True)
    return found


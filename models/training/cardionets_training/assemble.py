"""All networks of a pack, initial weights seeded, trained weights loaded where a stage has left them."""

import torch
from safetensors.torch import load_file, save_file

from .config import PROJECTION, Profile
from .export import Networks
from .networks.cmr import CmrEncoder, Projection
from .networks.ecg import EcgEncoder
from .networks.generator import MaskedGenerator, TokenDiffusion
from .networks.heads import TaskNetwork
from .networks.tokens import TokenSpace
from .networks.vae import CineAutoencoder
from .parallel import first
from .paths import WEIGHTS


def build_networks(profile: Profile, seed: int = 0) -> Networks:
    torch.manual_seed(seed)
    return Networks(
        task=TaskNetwork(EcgEncoder(profile.ecg)),
        aligned=EcgEncoder(profile.ecg),
        ecg_projection=Projection(profile.ecg.width, PROJECTION),
        cmr=CmrEncoder(profile.cmr),
        cmr_projection=Projection(profile.cmr.width, PROJECTION),
        vae=CineAutoencoder(profile.vae),
        space=TokenSpace(profile.generator),
        generator=MaskedGenerator(profile.generator, profile.ecg.width),
        diffusion=TokenDiffusion(profile.generator),
    )


def save_weights(stage: str, modules: dict[str, torch.nn.Module], folder=WEIGHTS) -> None:
    """Weights of a finished stage, fp16, once: weights/<stage>.safetensors; of several processes the first one writes."""
    if not first():
        return
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        f"{name}.{key}": value.detach().half().contiguous() if value.ndim > 1 and value.numel() >= 1024 else value.detach().contiguous()
        for name, module in modules.items()
        for key, value in module.state_dict().items()
    }
    save_file(tensors, folder / f"{stage}.safetensors")


def load_weights(stage: str, modules: dict[str, torch.nn.Module], folder=WEIGHTS) -> None:
    """Loads what `save_weights` wrote; a missing stage is an error that names the command to run."""
    path = folder / f"{stage}.safetensors"
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is missing: run `cardionets-train {stage}` first")
    tensors = load_file(path)
    for name, module in modules.items():
        part = {k[len(name) + 1 :]: v.float() for k, v in tensors.items() if k.startswith(f"{name}.")}
        module.load_state_dict(part)

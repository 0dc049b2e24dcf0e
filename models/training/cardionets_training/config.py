"""Sizes of the networks and settings of the stages, one frozen dataclass each.

Profile S is the reference: trained on two CPU cores and shipped. Profile M is for one GPU. Profile P has the sizes of
the CardioNets article and is built only to count and to load weights supplied by a user.
"""

from dataclasses import dataclass, field

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
DISEASES = ("cad", "hf", "cm", "ph")
SUBTYPES = ("dcm", "hcm", "rcm")
ECG_RATE_HZ = 500
ENCODER_RATE_HZ = 250
ENCODER_SAMPLES = 2250
FRAMES = 50
SIZE = 96
PROJECTION = 256
PIXEL_SPACING_MM = 2.0


@dataclass(frozen=True)
class EcgSizes:
    width: int
    layers: int
    heads: int
    patch: int = 75
    patches: int = 30
    decoder_width: int = 256
    decoder_layers: int = 4
    amplitude: bool = True


@dataclass(frozen=True)
class CmrSizes:
    width: int
    layers: int
    heads: int
    patch: int
    decoder_width: int
    decoder_layers: int
    size: int = SIZE


@dataclass(frozen=True)
class VaeSizes:
    fine: int
    coarse: int
    channels: int


@dataclass(frozen=True)
class GeneratorSizes:
    width: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    mlp_width: int
    mlp_blocks: int
    # Latent patch (time, height, width) and, where the tokens live in a PCA space, its dimensions.
    patch: tuple[int, int, int]
    components: int | None
    steps: int = 16
    latent: tuple[int, int, int, int] = (4, 25, 12, 12)
    separable: bool = True

    @property
    def grid(self) -> tuple[int, int, int]:
        return tuple(n // p for n, p in zip(self.latent[1:], self.patch))

    @property
    def tokens(self) -> int:
        t, h, w = self.grid
        return t * h * w

    @property
    def raw_dimensions(self) -> int:
        t, h, w = self.patch
        return self.latent[0] * t * h * w

    @property
    def dimensions(self) -> int:
        return self.components or self.raw_dimensions


@dataclass(frozen=True)
class Profile:
    name: str
    ecg: EcgSizes
    cmr: CmrSizes
    vae: VaeSizes
    generator: GeneratorSizes = field()


# What `evaluate` compares: the pack at two temperatures, and the baselines that generate.
GENERATORS = ("cardionets", "cardionets-cool", "cross-ae", "vgen")

PROFILES = {
    "S": Profile(
        "S",
        EcgSizes(128, 6, 4, decoder_width=96, decoder_layers=2),
        CmrSizes(192, 6, 3, patch=8, decoder_width=128, decoder_layers=2),
        VaeSizes(48, 96, channels=4),
        GeneratorSizes(128, 4, 3, 3, 256, 3, patch=(25, 2, 2), components=48),
    ),
    "M": Profile(
        "M",
        EcgSizes(384, 12, 6),
        CmrSizes(384, 12, 6, patch=8, decoder_width=256, decoder_layers=4),
        VaeSizes(64, 128, channels=16),
        GeneratorSizes(384, 6, 6, 6, 768, 3, patch=(5, 2, 2), components=None, latent=(16, 25, 12, 12)),
    ),
    "P": Profile(
        "P",
        EcgSizes(768, 12, 12, amplitude=False),
        CmrSizes(768, 12, 12, patch=16, decoder_width=512, decoder_layers=8),
        VaeSizes(64, 128, channels=16),
        GeneratorSizes(
            768, 12, 12, 12, 1024, 3, patch=(5, 2, 2), components=None, latent=(16, 25, 12, 12), separable=False
        ),
    ),
}

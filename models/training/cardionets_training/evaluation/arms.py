"""The models that the tables compare, and the features that each gives of a cohort, computed once."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from ..assemble import load_weights
from ..baselines import cross_autoencoder, mmcl
from ..config import EcgSizes, Profile
from ..cost import Cost, Meter
from ..data.batches import augment_cines, cine_batch, ecg_batch, window_ids
from ..data.cohort import Cohort
from ..device import device, hardware
from ..networks.cmr import CmrEncoder, CmrMaskedAutoencoder
from ..networks.ecg import EcgEncoder
from ..parallel import save_arrays
from ..paths import RUNS
from ..stages.finetune import start_encoder


@dataclass(frozen=True)
class Arm:
    """`source` is what the model reads; `trainable` where fine-tuning of the whole encoder is part of the tables."""

    title: str
    source: str = "ecg"
    trainable: bool = False


ARMS = {
    "simple": Arm("simple numbers of each lead"),
    "scratch": Arm("Scratch", trainable=True),
    "ssl": Arm("SSL (masked ECG)", trainable=True),
    "cross-ae": Arm("Cross-AE"),
    "mmcl": Arm("MMCL"),
    "aligned": Arm("CardioNets (aligned)", trainable=True),
    "cmr": Arm("CMR-based", source="cine", trainable=True),
}
PATCHES = EcgSizes.patches


class Reader(nn.Module):
    """An encoder as a function from a batch to one feature vector (B, `width`)."""

    def __init__(self, encoder: nn.Module, width: int, read: str = "forward"):
        super().__init__()
        self.encoder, self.width, self.read = encoder, width, read

    def forward(self, *batch: Tensor) -> Tensor:
        found = getattr(self.encoder, self.read)(*batch)
        return found[0] if isinstance(found, tuple) else found


def load_reader(arm: str, profile: Profile, seed: int = 0) -> Reader:
    """The encoder of an arm with the weights of its stage; `scratch` is drawn from the seed."""
    torch.manual_seed(seed)
    if arm in ("scratch", "ssl", "aligned"):
        origin = {"scratch": "scratch", "ssl": "pretrain-ecg", "aligned": "align"}[arm]
        return Reader(start_encoder(profile, origin), profile.ecg.width).to(device())
    if arm == "cmr":
        network = CmrMaskedAutoencoder(CmrEncoder(profile.cmr))
        load_weights("pretrain-cmr", {"network": network})
        return Reader(network.encoder, profile.cmr.width).to(device())
    if arm == "mmcl":
        encoder = EcgEncoder(profile.ecg)
        load_weights(mmcl.STAGE, {"encoder": encoder})
        return Reader(encoder, profile.ecg.width).to(device())
    if arm == "cross-ae":
        network = cross_autoencoder.CrossAutoencoder()
        load_weights(cross_autoencoder.STAGE, {"network": network})
        return Reader(network, cross_autoencoder.LATENT, "encode_ecg").to(device())
    raise ValueError(f"evaluate: there is no model '{arm}'; choose one of {', '.join(ARMS)}")


def stored(arm: str, cohort: Cohort, count: int | None = None) -> np.ndarray:
    """The array of a cohort that an arm reads, `count` rows at least. Raises FileNotFoundError where they are not there."""
    kind = "ecg" if ARMS[arm].source == "ecg" else "cine"
    array = cohort.array(kind, count)
    if count and len(array) < count:
        raise FileNotFoundError(f"cohort '{cohort.name}' has {len(array)} rows of {kind}, {count} are needed: run `cardionets-train simulate`")
    return array


def batch(
    arm: str, array, rows, augment: bool = False, rng: np.random.Generator | None = None, window: int | None = None
) -> tuple[Tensor, ...]:
    """The inputs of one batch; augmented as the article does for training. `window` patches of each lead, where given."""
    if ARMS[arm].source == "ecg":
        inputs = ecg_batch(array, rows, "crop" if augment else None, rng)
        return inputs if window is None else (*inputs, window_ids(len(inputs[0]), PATCHES, window, rng))
    cine = cine_batch(array, rows)
    return (augment_cines(cine) if augment else cine,)


def simple_numbers(array: np.ndarray) -> np.ndarray:
    """What a reader of four numbers per lead knows: minimum, maximum, mean and deviation in mV (leak test 2), [n, 48]."""
    x = np.asarray(array, dtype=np.float32)
    return np.concatenate([x.min(-1), x.max(-1), x.mean(-1), x.std(-1)], axis=1)


class FeatureStore:
    """Features of one arm for the subjects of one cohort: computed when first asked for, kept in runs/evaluate/features."""

    def __init__(self, arm: str, profile: Profile, cohort: Cohort, seed: int = 0):
        self.arm, self.cohort = arm, cohort
        self.reader = None if arm == "simple" else load_reader(arm, profile, seed).eval()
        weights = 0.0 if self.reader is None else float(sum(p.detach().double().abs().sum() for p in self.reader.parameters()))
        # Rounded, because devices add in different orders.
        self.state = f"{weights:.9g} {cohort.plan}"
        self.path = RUNS / "evaluate" / "features" / f"{cohort.name}-{arm}-{seed}.npz"
        self.rows, self.features, self.cost = np.zeros(0, int), None, Cost()
        if self.path.exists():
            with np.load(self.path) as kept:
                if str(kept["state"]) == self.state:
                    self.rows, self.features, self.cost = kept["rows"], kept["features"], Cost.of(kept)

    def get(self, rows: np.ndarray) -> np.ndarray:
        """float32 [len(rows), width], kept in half precision."""
        missing = np.setdiff1d(rows, self.rows)
        if len(missing):
            meter = Meter()
            found = self._compute(missing)
            self.rows = np.concatenate([self.rows, missing])
            self.features = found if self.features is None else np.concatenate([self.features, found])
            order = np.argsort(self.rows)
            self.rows, self.features = self.rows[order], self.features[order]
            self.cost += meter.keep()
            save_arrays(
                self.path, rows=self.rows, features=self.features, state=np.array(self.state), cost=self.cost.array(), hardware=np.array(hardware()),
            )  # fmt: skip
        return self.features[np.searchsorted(self.rows, rows)].astype(np.float32)

    @torch.no_grad()
    def _compute(self, rows: np.ndarray, chunk: int = 128) -> np.ndarray:
        array = stored(self.arm, self.cohort, int(rows.max()) + 1)
        parts = []
        for first in tqdm(range(0, len(rows), chunk), f"{self.arm} features of {self.cohort.name}", mininterval=5):
            some = rows[first : first + chunk]
            if self.reader is None:
                parts.append(simple_numbers(array[some]))
            else:
                parts.append(self.reader(*batch(self.arm, array, some)).float().cpu().numpy())
        return np.concatenate(parts).astype(np.float16)

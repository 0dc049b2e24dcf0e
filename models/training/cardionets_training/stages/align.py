"""Contrastive alignment (equations 1 to 4): the CMR encoder stays frozen, its projection and the ECG branch learn.

CMR features are cached once, from the cine as it is and from augmented copies, so that a step costs one ECG pass.
"""

import os

import numpy as np
import torch
from torch import Tensor

from ..assemble import load_weights
from ..config import PROJECTION
from ..data.batches import augment_cines, cine_batch, ecg_batch, window_ids
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import CmrEncoder, CmrMaskedAutoencoder, Projection, contrastive_loss
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder
from ..paths import RUNS

STAGE, BATCH, KEEP = "align", 64, 6
# Views of each cine whose features are cached: the first as it is, further ones augmented (each costs a CMR pass).
COPIES = int(os.environ.get("CARDIONETS_ALIGN_VIEWS", "1"))


@torch.no_grad()
def cmr_features(encoder: CmrEncoder, stored, copies: int, seed: int, chunk: int = 32) -> Tensor:
    """(n, copies, D): copy 0 of the cine as it is, the others augmented."""
    torch.manual_seed(seed)
    encoder.eval()
    rows = []
    for first in range(0, len(stored), chunk):
        cine = cine_batch(stored, range(first, min(first + chunk, len(stored))))
        views = [cine] + [augment_cines(cine) for _ in range(copies - 1)]
        rows.append(torch.stack([encoder(view)[0] for view in views], dim=1))
    return torch.cat(rows)


def cached_cmr_features(encoder: CmrEncoder, cohort: Cohort, copies: int, seed: int) -> Tensor:
    """Features of a cohort's cines, computed once for each state of the encoder."""
    state = [float(sum(p.double().sum() for p in encoder.parameters())), cohort.plan.cines, copies, seed]
    path = RUNS / STAGE / f"cmr-features-{cohort.name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if stored["state"].tolist() == state:
                return torch.from_numpy(stored["features"])
    features = cmr_features(encoder, cohort.cine, copies, seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, features=features.numpy(), state=np.array(state, dtype=np.float64))
    return features


def run(options) -> None:
    train, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    ecg_network, cmr_network = EcgMaskedAutoencoder(EcgEncoder(options.profile.ecg)), CmrMaskedAutoencoder(CmrEncoder(options.profile.cmr))
    load_weights("pretrain-ecg", {"network": ecg_network})
    load_weights("pretrain-cmr", {"network": cmr_network})
    encoder, cmr = ecg_network.encoder, cmr_network.encoder.requires_grad_(False)
    features = cached_cmr_features(cmr, train, COPIES, options.seed)
    held_out_features = cmr_features(cmr, held_out.cine, 1, 0)[:, 0]
    modules = {
        "encoder": encoder,
        "ecg_projection": Projection(options.profile.ecg.width, PROJECTION),
        "cmr_projection": Projection(options.profile.cmr.width, PROJECTION),
    }
    stored = train.ecg[: len(features)]
    patches = options.profile.ecg.patches
    plan = FitPlan(STAGE, options.steps or 3000, options.rate or 1e-3, options.minutes, options.seed, decay=0.05, average=0.99)

    def loss(rng, step):
        rows = draw_rows(rng, len(stored), BATCH)
        ecg, amplitude = ecg_batch(stored, rows, "crop", rng)
        feat, _ = encoder(ecg, amplitude, window_ids(len(rows), patches, KEEP, rng))
        h1 = modules["ecg_projection"](feat)
        h2 = modules["cmr_projection"](features[rows, rng.integers(0, COPIES, len(rows))])
        return {"loss": contrastive_loss(h1, h2)}

    @torch.no_grad()
    def validate(averaged):
        ecg, amplitude = ecg_batch(held_out.ecg, range(len(held_out_features)), None, None)
        feat = torch.cat([averaged["encoder"](e, a)[0] for e, a in zip(ecg.split(50), amplitude.split(50))])
        h1, h2 = averaged["ecg_projection"](feat), averaged["cmr_projection"](held_out_features)
        ranks = (h1 @ h2.T).argsort(1, descending=True).argsort(1).diagonal()
        return {"held_out_loss": float(contrastive_loss(h1, h2)), "held_out_median_rank": float(ranks.float().median() + 1)}

    # The frozen CMR encoder is saved beside the rest: the pack and the heat map need the pair.
    fit(plan, {**modules, "cmr": cmr}, loss, validate, rates={"cmr": 0.0, "encoder": 0.5})

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
from ..paths import RUNS
from .finetune import start_encoder
from .train_generator import features

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


def cached_cmr_features(encoder: CmrEncoder, cohort: Cohort, copies: int, seed: int, pairs: int | None = None) -> Tensor:
    """Features of a cohort's first cines (all by default), computed once for each state of the encoder."""
    count = min(pairs or cohort.plan.cines, cohort.plan.cines)
    state = [float(sum(p.double().sum() for p in encoder.parameters())), count, copies, seed]
    path = RUNS / STAGE / f"cmr-features-{cohort.name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if stored["state"].tolist() == state:
                return torch.from_numpy(stored["features"])
    features = cmr_features(encoder, cohort.cine[:count], copies, seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, features=features.numpy(), state=np.array(state, dtype=np.float64))
    return features


def run(options) -> None:
    train, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    origin = options.start or "pretrain-ecg"
    # A task encoder stays as it is: only the two projections learn, on features computed once.
    locked = origin == "finetune"
    encoder = start_encoder(options.profile, origin).requires_grad_(not locked)
    cmr_network = CmrMaskedAutoencoder(CmrEncoder(options.profile.cmr))
    load_weights("pretrain-cmr", {"network": cmr_network})
    cmr = cmr_network.encoder.requires_grad_(False)
    cmr_features_train = cached_cmr_features(cmr, train, COPIES, options.seed, options.pairs)
    cmr_features_held_out = cached_cmr_features(cmr, held_out, 1, 0)[:, 0]
    modules = {
        "encoder": encoder,
        "ecg_projection": Projection(options.profile.ecg.width, PROJECTION),
        "cmr_projection": Projection(options.profile.cmr.width, PROJECTION),
    }
    count, patches = len(cmr_features_train), options.profile.ecg.patches
    stored = train.ecg[:count]
    encoder.eval()
    ready = features(encoder, stored, count) if locked else None
    ready_held_out = features(encoder, held_out.ecg, len(cmr_features_held_out)) if locked else None
    plan = FitPlan.of(options, STAGE, 1500 if locked else 3000, 1e-3, warmup=50, decay=0.05, average=0.99)

    def loss(rng, step):
        rows = draw_rows(rng, count, BATCH)
        if locked:
            feat = ready[rows]
        else:
            ecg, amplitude = ecg_batch(stored, rows, "crop", rng)
            feat, _ = encoder(ecg, amplitude, window_ids(len(rows), patches, KEEP, rng))
        h1 = modules["ecg_projection"](feat)
        h2 = modules["cmr_projection"](cmr_features_train[rows, rng.integers(0, cmr_features_train.shape[1], len(rows))])
        return {"loss": contrastive_loss(h1, h2)}

    @torch.no_grad()
    def validate(averaged):
        feat = ready_held_out if locked else features(averaged["encoder"], held_out.ecg, len(cmr_features_held_out))
        h1, h2 = averaged["ecg_projection"](feat), averaged["cmr_projection"](cmr_features_held_out)
        ranks = (h1 @ h2.T).argsort(1, descending=True).argsort(1).diagonal()
        return {"held_out_loss": float(contrastive_loss(h1, h2)), "held_out_median_rank": float(ranks.float().median() + 1)}

    # The frozen CMR encoder is saved beside the rest: the pack and the heat map need the pair.
    fit(plan, {**modules, "cmr": cmr}, loss, validate, rates={"cmr": 0.0, "encoder": 0.0 if locked else 0.5})

"""Contrastive alignment (equations 1 to 4): the CMR encoder stays frozen, its projection and the ECG branch learn.

CMR features are cached once, from the cine as it is and from augmented copies, so that a step costs one ECG pass.
"""

import numpy as np
import torch
from torch import Tensor

from ..assemble import load_weights
from ..config import PROJECTION
from ..data.batches import augment_cines, cine_batch, ecg_batch, on_device, window_ids
from ..data.cohort import Cohort
from ..device import device, half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import CmrEncoder, CmrMaskedAutoencoder, Projection, contrastive_loss
from ..parallel import save_arrays
from ..paths import RUNS
from .finetune import features, start_encoder

STAGE, WINDOW, VIEWS = "align", 6, 1


@torch.no_grad()
def cmr_features(encoder: CmrEncoder, stored, views: int, seed: int, chunk: int = 32) -> Tensor:
    """(n, views, D): view 0 of the cine as it is, the others augmented."""
    torch.manual_seed(seed)
    encoder.eval()
    rows = []
    for first in range(0, len(stored), chunk):
        cine = cine_batch(stored, slice(first, first + chunk))
        seen = [cine] + [augment_cines(cine) for _ in range(views - 1)]
        rows.append(torch.stack([encoder(view)[0] for view in seen], dim=1))
    return torch.cat(rows)


def cached_cmr_features(encoder: CmrEncoder, cohort: Cohort, views: int, seed: int, pairs: int | None = None) -> Tensor:
    """Features of a cohort's first cines (all by default), computed once for each state of the encoder."""
    count = min(pairs or cohort.plan.cines, cohort.plan.cines)
    state = [float(sum(p.double().sum() for p in encoder.parameters())), count, views, seed]
    path = RUNS / STAGE / f"cmr-features-{cohort.name}.npz"
    if path.exists():
        with np.load(path) as stored:
            if stored["state"].tolist() == state:
                return torch.from_numpy(stored["features"]).to(device())
    features = cmr_features(encoder, cohort.cine[:count], views, seed)
    save_arrays(path, features=features.cpu().numpy(), state=np.array(state, dtype=np.float64))
    return features


def load_frozen_cmr(profile) -> CmrEncoder:
    """The pre-trained CMR encoder; no gradient reaches it."""
    network = CmrMaskedAutoencoder(CmrEncoder(profile.cmr))
    load_weights("pretrain-cmr", {"network": network})
    return network.encoder.to(device()).eval().requires_grad_(False)


def run(options) -> None:
    train, held_out = Cohort("train"), Cohort("validation")
    torch.manual_seed(options.seed)
    encoder = start_encoder(options.profile, options.start or "pretrain-ecg")
    cmr = load_frozen_cmr(options.profile)
    cmr_train = cached_cmr_features(cmr, train, options.views or VIEWS, options.seed, options.pairs)
    cmr_held_out = cached_cmr_features(cmr, held_out, 1, 0)[:, 0]
    modules = {
        "encoder": encoder,
        "ecg_projection": Projection(options.profile.ecg.width, PROJECTION),
        "cmr_projection": Projection(options.profile.cmr.width, PROJECTION),
    }
    count, patches = len(cmr_train), options.profile.ecg.patches
    stored, held_out_ecg = on_device(train.ecg[:count]), held_out.ecg
    plan = FitPlan.of(options, STAGE, 3000, 1e-3, batch=64, warmup=50, decay=0.05, average=0.99, keep_best="held_out_loss")

    def loss(rng, step):
        rows = draw_rows(rng, count, plan.batch)
        ecg, amplitude = ecg_batch(stored, rows, "crop", rng)
        with half_precision(on_cpu=False):
            feat, _ = encoder(ecg, amplitude, window_ids(len(rows), patches, options.window or WINDOW, rng))
        h1 = modules["ecg_projection"](feat.float())
        h2 = modules["cmr_projection"](cmr_train[rows, rng.integers(0, cmr_train.shape[1], len(rows))])
        return {"loss": contrastive_loss(h1, h2)}

    @torch.no_grad()
    def validate(averaged):
        feat = features(averaged["encoder"], held_out_ecg, len(cmr_held_out))
        h1, h2 = averaged["ecg_projection"](feat), averaged["cmr_projection"](cmr_held_out)
        ranks = (h1 @ h2.T).argsort(1, descending=True).argsort(1).diagonal()
        return {"held_out_loss": float(contrastive_loss(h1, h2)), "held_out_median_rank": float(ranks.float().median() + 1)}

    # The frozen CMR encoder is saved beside the rest: the pack and the heat map need the pair.
    fit(plan, {**modules, "cmr": cmr}, loss, validate, rates={"cmr": 0.0, "encoder": 0.5})

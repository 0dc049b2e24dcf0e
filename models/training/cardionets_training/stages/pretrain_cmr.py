"""Masked autoencoding of cines: 75 % of the patches hidden in all frames."""

import torch

from ..data.batches import augment_cines, cine_batch
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import CmrEncoder, CmrMaskedAutoencoder

STAGE, BATCH = "pretrain-cmr", 16


def run(options) -> None:
    stored, held_out = Cohort("train").cine, Cohort("validation").cine
    torch.manual_seed(options.seed)
    network = CmrMaskedAutoencoder(CmrEncoder(options.profile.cmr))

    def loss(rng, step):
        return {"loss": network(augment_cines(cine_batch(stored, draw_rows(rng, len(stored), BATCH))))}

    @torch.no_grad()
    def validate(averaged):
        torch.manual_seed(1)
        return {"held_out_loss": float(averaged["network"](cine_batch(held_out, range(min(64, len(held_out))))))}

    plan = FitPlan.of(options, STAGE, 4000, 1e-3, average=0.995)
    fit(plan, {"network": network}, loss, validate)

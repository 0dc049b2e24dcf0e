"""Masked autoencoding of cines: 75 % of the patches hidden in all frames."""

import torch

from ..data.batches import augment_cines, cine_batch, on_device
from ..data.cohort import Cohort
from ..device import half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.cmr import CmrEncoder, CmrMaskedAutoencoder

STAGE = "pretrain-cmr"


def run(options) -> None:
    stored, held_out = on_device(Cohort("train").array("cine", options.pairs)), Cohort("validation").cine[:128]
    torch.manual_seed(options.seed)
    network = CmrMaskedAutoencoder(CmrEncoder(options.profile.cmr))
    plan = FitPlan.of(options, STAGE, 4000, 1e-3, batch=16, average=0.995)

    def loss(rng, step):
        cine = augment_cines(cine_batch(stored, draw_rows(rng, len(stored), plan.batch)))
        with half_precision(on_cpu=False):
            return {"loss": network(cine)}

    @torch.no_grad()
    def validate(averaged):
        torch.manual_seed(1)
        return {"held_out_loss": float(averaged["network"](cine_batch(held_out, slice(None))))}

    fit(plan, {"network": network}, loss, validate)

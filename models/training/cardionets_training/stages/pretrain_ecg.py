"""Masked autoencoding of unlabelled ECGs (ST-MEM): 75 % of each lead hidden."""

import torch

from ..data.batches import ecg_batch, on_device
from ..data.cohort import Cohort
from ..device import half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder

STAGE = "pretrain-ecg"


def run(options) -> None:
    stored, held_out = on_device(Cohort("train").ecg), Cohort("validation").ecg[:512]
    torch.manual_seed(options.seed)
    network = EcgMaskedAutoencoder(EcgEncoder(options.profile.ecg))
    plan = FitPlan.of(options, STAGE, 3000, 1e-3, batch=32)

    def loss(rng, step):
        ecg, amplitude = ecg_batch(stored, draw_rows(rng, len(stored), plan.batch), "flip", rng)
        with half_precision(on_cpu=False):
            return {"loss": network(ecg, amplitude)}

    @torch.no_grad()
    def validate(averaged):
        torch.manual_seed(1)
        ecg, amplitude = ecg_batch(held_out, slice(None), None, None)
        return {"held_out_loss": float(averaged["network"](ecg, amplitude))}

    fit(plan, {"network": network}, loss, validate)

"""Masked autoencoding of unlabelled ECGs (ST-MEM): 75 % of each lead hidden."""

import torch

from ..data.batches import ecg_batch
from ..data.cohort import Cohort
from ..fitting import FitPlan, draw_rows, fit
from ..networks.ecg import EcgEncoder, EcgMaskedAutoencoder

STAGE, BATCH = "pretrain-ecg", 32


def run(options) -> None:
    stored, held_out = Cohort("train").ecg, Cohort("validation").ecg
    torch.manual_seed(options.seed)
    network = EcgMaskedAutoencoder(EcgEncoder(options.profile.ecg))

    def loss(rng, step):
        ecg, amplitude = ecg_batch(stored, draw_rows(rng, len(stored), BATCH), "flip", rng)
        return {"loss": network(ecg, amplitude)}

    @torch.no_grad()
    def validate(averaged):
        torch.manual_seed(1)
        ecg, amplitude = ecg_batch(held_out, range(min(128, len(held_out))), None, None)
        return {"held_out_loss": float(averaged["network"](ecg, amplitude))}

    plan = FitPlan.of(options, STAGE, 3000, 1e-3)
    fit(plan, {"network": network}, loss, validate)

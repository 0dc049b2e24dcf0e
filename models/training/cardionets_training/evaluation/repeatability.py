"""How much an output changes when the same heart is recorded again: simulated test and retest.

The second recording is another visit of the same subject (`simulator.record_ecg`): electrodes placed anew, other beats,
breath and noise. Body, heart rate and disease stay, so what is found is the least that two recordings differ by; days
between them add to it.
"""

import numpy as np
import torch

from ..config import DISEASES
from ..data.cohort import Cohort
from ..networks.heads import TaskNetwork
from ..phenotypes import PHENOTYPES
from ..preprocessing import preprocess
from ..simulator import record_ecg
from ..stages.finetune import features

REPEATED = 500
# Nineteen in twenty pairs of recordings differ by less.
COVERAGE = 0.95


def repeatability(network: TaskNetwork, cohort: Cohort, count: int, calibration: dict[str, dict]) -> dict:
    """The 95 % quantile of the absolute change: phenotypes in their units, diseases in calibrated logits."""
    first = _outputs(network, cohort.ecg[:count])
    second = _outputs(network, _second_visit(cohort, count))
    phenotypes, diseases = (np.quantile(np.abs(b - a), COVERAGE, axis=0) for a, b in zip(first, second))
    return {
        "subjects": count,
        "phenotypes": {p.id: float(value) for p, value in zip(PHENOTYPES, phenotypes)},
        # The calibration is a line: its slope scales a change, its intercept does not.
        "diseases": {name: float(value * calibration[name]["a"]) for name, value in zip(DISEASES, diseases)},
    }


def _second_visit(cohort: Cohort, count: int) -> np.ndarray:
    recorded = record_ecg(cohort.subjects[:count], visit=1)
    rows = (preprocess(samples, rate) for samples, rate in zip(recorded.samples_mv, recorded.heart_rate_bpm))
    return np.stack(list(rows)).astype(np.float16)


@torch.no_grad()
def _outputs(network: TaskNetwork, ecg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    pheno, dis, _ = network.heads(features(network.encoder, ecg, len(ecg)))
    pheno = pheno * network.target_std + network.target_mean
    return pheno.float().cpu().numpy(), dis.float().cpu().numpy()

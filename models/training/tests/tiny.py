"""The command line on tiny cohorts: what the tests start, alone or under torchrun."""

import sys

from cardionets_training import cli, fitting
from cardionets_training.data import cohort

PLANS = {
    "train": cohort.CohortPlan(seed=1, subjects=96, cines=6),
    "validation": cohort.CohortPlan(seed=2, subjects=80, cines=3),
    "test": cohort.CohortPlan(seed=3, subjects=80, cines=3),
    "test-cardiomyopathy": cohort.CohortPlan(seed=4, subjects=40, cines=0, mode="cardiomyopathy"),
    "external-device": cohort.CohortPlan(seed=5, subjects=40, cines=0, shift="external-device"),
    "external-older": cohort.CohortPlan(seed=6, subjects=40, cines=0, shift="external-older"),
    "external-placement": cohort.CohortPlan(seed=7, subjects=40, cines=0, shift="external-placement"),
}

if __name__ == "__main__":
    cohort.PLANS.update(PLANS)
    fitting.LOOK_EVERY = 1
    sys.exit(cli.main(sys.argv[1:]))

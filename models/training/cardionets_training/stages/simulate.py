"""Fills the cache with the simulated cohorts."""

from ..data.cohort import PLANS, Cohort


def run(options) -> None:
    for name in PLANS:
        if not options.only or name in options.only:
            Cohort(name).simulate(kinds=tuple(options.kinds))

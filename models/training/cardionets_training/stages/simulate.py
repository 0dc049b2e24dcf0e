"""Fills the cache with the simulated cohorts."""

from ..data.cohort import PLANS, Cohort


def run(options) -> None:
    for name in options.only or PLANS:
        Cohort(name).simulate(kinds=tuple(options.kinds), workers=options.workers)

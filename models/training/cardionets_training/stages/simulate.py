"""Fills the cache with the simulated cohorts."""

from ..data.cohort import PLANS, Cohort, is_imported


def run(options) -> None:
    # `run` does all stages in turn, on imported recordings too.
    if options.stage == "run" and is_imported():
        return
    for name in options.only or PLANS:
        Cohort(name).simulate(kinds=tuple(options.kinds), workers=options.workers)

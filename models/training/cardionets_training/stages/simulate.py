"""Fills the cache with the simulated cohorts; `--subjects` and `--pairs` make them small, to try the kit out."""

import json
from dataclasses import asdict, replace

from ..data.cohort import PLANS, Cohort, CohortPlan, is_imported, plan_of
from ..paths import CACHE


def run(options) -> None:
    # `run` does all stages in turn, on imported recordings too.
    if options.stage == "run" and is_imported():
        return
    for name in options.only or PLANS:
        if name not in PLANS:
            raise ValueError(f"there is no cohort '{name}'; choose from {', '.join(PLANS)}")
        if not is_imported():
            _keep_plan(name, smaller(PLANS[name], options.subjects, options.pairs))
        Cohort(name).simulate(kinds=tuple(options.kinds), workers=options.workers)


def smaller(plan: CohortPlan, subjects: int | None, pairs: int | None) -> CohortPlan:
    """The first subjects of a cohort, and the first pairs of them: the same as in the whole cohort."""
    count = min(plan.subjects, subjects or plan.subjects)
    return replace(plan, subjects=count, cines=min(plan.cines, pairs or plan.cines, count))


def _keep_plan(name: str, plan: CohortPlan) -> None:
    """Every later stage reads the plan of a small cohort; without one the whole cohort is meant."""
    path, there = CACHE / name / "plan.json", plan_of(name)
    if path.parent.exists() and (there.subjects > plan.subjects or there.cines > plan.cines):
        raise ValueError(
            f"cohort '{name}' of this home has {there.subjects:,} subjects and {there.cines:,} cines; a smaller one needs a home of its own "
            "(CARDIONETS_HOME)"
        )
    if plan == PLANS[name]:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(plan)), encoding="utf-8")

"""What the evaluation is measured against (sections f5 and g), and what it found."""

from collections.abc import Callable

from .report_numbers import NOT_RUN, number

DISEASE_LOWER_ENDS = {"cad": 0.75, "hf": 0.70, "cm": 0.88, "ph": 0.85}
SPEARMAN_LOWER_ENDS = {"LVM": 0.3, "LVEDV": 0.3, "LVEF": 0.2}
Test = Callable[[float], bool] | None


class Targets:
    def __init__(self):
        self.rows: list[list[str]] = []

    def add(self, what: str, goal: str, value: float | None, test: Test, digits: int = 3) -> None:
        met = "–" if test is None or value is None else ("yes" if test(value) else "no")
        self.rows.append([what, goal, number(value, digits), met])


def target_rows(results: dict) -> list[list[str]]:
    """[quantity, target, measured, met] for each target; a part that was not run says so."""
    targets = Targets()
    if results.get("tables"):
        _phenotype_rows(targets, results["tables"])
    if results.get("task"):
        _pack_rows(targets, results["task"]["metrics"])
    if results.get("tables"):
        _label_rows(targets, results["tables"])
    if results.get("cines"):
        _cine_rows(targets, results["cines"])
    return targets.rows or [["everything", "", NOT_RUN, "–"]]


def mean_r2_of(tables: dict) -> dict[str, float | None]:
    """Mean R2 of each model on the held-out subjects: the fine-tuned one where it was run."""
    cells = tables["held_out"]["test"].get("phenotypes", {})
    return {arm: (c.get("fine-tuned") or c["frozen"])["mean_r2"] for arm, c in cells.items()}


def ratio(a: float | None, b: float | None) -> float | None:
    return None if a is None or not b else a / b


def _phenotype_rows(targets: Targets, tables: dict) -> None:
    means = mean_r2_of(tables)
    own, simple = means.get("aligned"), means.get("simple")
    if simple is not None:
        goal = max(0.20, simple + 0.03)
        targets.add("mean R², 82 phenotypes, aligned", f"≥ {goal:.3f} (at least .20, and simple numbers + .03)", own, lambda v: v >= goal)
    targets.add("mean R²: aligned / Scratch", "> 1, aim 1.25", ratio(own, means.get("scratch")), lambda v: v > 1, 2)
    targets.add("mean R²: aligned / SSL", "> 1, aim 1.12", ratio(own, means.get("ssl")), lambda v: v > 1, 2)
    targets.add("mean R²: CMR-based / aligned", "≥ 1", ratio(means.get("cmr"), own), lambda v: v >= 1, 2)


def _pack_rows(targets: Targets, metrics: dict) -> None:
    mean = metrics["phenotypes"]["mean_r2"]
    targets.add("mean R², network of the pack", "≥ .20", mean, lambda v: v >= 0.20)
    for name, low in DISEASE_LOWER_ENDS.items():
        targets.add(f"AUC {name.upper()}, network of the pack", f"≥ {low}", metrics["diseases"][name]["auc"], lambda v, low=low: v >= low)
    rcm = metrics["subtypes"]["rcm"]["auc"]
    targets.add("AUC RCM against the other subtypes, network of the pack", "≥ .85", rcm, lambda v: v >= 0.85)
    targets.add("coverage of the 90 % intervals", ".88 to .92", metrics["phenotypes"]["mean_coverage_90"], lambda v: 0.88 <= v <= 0.92)


def _label_rows(targets: Targets, tables: dict) -> None:
    few, scratch = tables["fewer_labels"].get("phenotypes", {}), mean_r2_of(tables).get("scratch")
    if scratch is not None:
        reached = [float(share) for share, cells in few.items() if (cells.get("aligned", {}).get("value") or -1) >= scratch]
        share = min(reached) if reached else 1.0
        targets.add("share of labels at which frozen aligned features reach Scratch with all", "≤ .25", share, lambda v: bool(reached) and v <= 0.25, 2)
    for task, ratios in tables["imbalance"].items():
        ends = [ratios.get(key, {}).get("aligned", {}).get("auc") for key in ("1", "10")]
        drop = None if None in ends else ends[0] - ends[1]
        targets.add(f"{task.upper()}: AUC lost from 1:1 to 10:1, aligned", "≤ .02", drop, lambda v: v <= 0.02)


def _cine_rows(targets: Targets, cines: dict) -> None:
    generation, heat = cines["generation"], cines["heat_maps"]["models"]
    targets.add("reconstruction SSIM of the autoencoder", "≥ .95", generation["pixels"]["autoencoder"]["ssim"]["one_seed"], lambda v: v >= 0.95)
    medians = {name: row["ks"]["median"] for name, row in generation["features"].items()}
    other = medians.get("cross-ae")
    targets.add(
        "feature KS, median, generated against acquired", "≤ .10 and below Cross-AE", medians.get("cardionets"),
        lambda v: v <= 0.10 and (other is None or v < other),
    )  # fmt: skip
    targets.add("feature KS, median, Cross-AE", "–", other, None)
    for name, low in SPEARMAN_LOWER_ENDS.items():
        value = generation["phenotypes"].get("cardionets", {}).get(name, {}).get("spearman")
        targets.add(f"Spearman of {name} on generated cines", f"≥ {low}", value, lambda v, low=low: v >= low, 2)
    for name in ("ssl", "scratch"):
        areas = [heat.get(arm, {}).get("mask_auc") for arm in ("aligned", name)]
        targets.add(f"heat map: mask AUC, aligned minus {name}", "> 0", None if None in areas else areas[0] - areas[1], lambda v: v > 0)

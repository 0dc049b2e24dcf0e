"""What the evaluation is measured against (sections f5 and g), and what it found."""

from .report_numbers import NOT_RUN, number

DISEASE_LOWER_ENDS = {"cad": 0.75, "hf": 0.70, "cm": 0.88, "ph": 0.85}


def target_rows(results: dict) -> list[list[str]]:
    """[quantity, target, measured, met] for each target; a part that was not run says so."""
    tables, task, cines = results.get("tables"), results.get("task"), results.get("cines")
    rows = []

    def add(what: str, goal: str, value: float | None, met: bool | None, digits: int = 3) -> None:
        rows.append([what, goal, number(value, digits), "–" if met is None or value is None else ("yes" if met else "no")])

    held_out = (tables or {}).get("held_out", {}).get("test", {})
    means = {arm: _best(cells)["mean_r2"] for arm, cells in held_out.get("phenotypes", {}).items()}
    own = means.get("aligned")
    if own is not None and "simple" in means:
        goal = max(0.20, means["simple"] + 0.03)
        add("mean R², 82 phenotypes, aligned", f"≥ {goal:.3f} (simple numbers + .03)", own, own >= goal)
    for arm, factor in (("scratch", 1.15), ("ssl", 1.10)):
        if own is not None and means.get(arm):
            add(f"mean R²: aligned / {arm}", f"> 1, aim {factor}", own / means[arm], own > means[arm], 2)
    if own is not None and "cmr" in means:
        add("mean R²: CMR-based / aligned", "≥ 1", means["cmr"] / own, means["cmr"] >= own, 2)
    if task:
        for name, low in DISEASE_LOWER_ENDS.items():
            area = task["metrics"]["diseases"][name]["auc"]
            add(f"AUC {name.upper()}, network of the pack", f"≥ {low}", area, area >= low)
        rcm = task["metrics"]["subtypes"]["rcm"]["auc"]
        add("AUC RCM against the other subtypes, network of the pack", "≥ .85", rcm, rcm >= 0.85)
        coverage = task["metrics"]["phenotypes"]["mean_coverage_90"]
        add("coverage of the 90 % intervals", ".88 to .92", coverage, 0.88 <= coverage <= 0.92)
    _label_rows(add, tables, means)
    if cines:
        _cine_rows(add, cines)
    return rows or [["everything", "", NOT_RUN, "–"]]


def _best(cells: dict) -> dict:
    return cells.get("fine-tuned") or cells["frozen"]


def _label_rows(add, tables: dict | None, means: dict) -> None:
    if not tables:
        return
    few = tables["fewer_labels"].get("phenotypes", {})
    if "scratch" in means:
        enough = [float(f) for f, cells in few.items() if cells.get("aligned", {}).get("value", -1) >= means["scratch"]]
        add("share of labels at which aligned reaches scratch with all", "≤ .25", min(enough) if enough else None, bool(enough) and min(enough) <= 0.25, 2)
    for task, ratios in tables["imbalance"].items():
        if "aligned" in ratios.get("1", {}):
            drop = ratios["1"]["aligned"]["auc"] - ratios["10"]["aligned"]["auc"]
            add(f"{task.upper()}: AUC lost from 1:1 to 10:1, aligned", "≤ .02", drop, drop <= 0.02)


def _cine_rows(add, cines: dict) -> None:
    generation, heat = cines["generation"], cines["heat_maps"]["models"]
    ssim = generation["pixels"]["autoencoder"]["ssim"]["one_seed"]
    add("reconstruction SSIM of the autoencoder", "≥ .95", ssim, ssim >= 0.95)
    own = generation["features"].get("cardionets")
    if own:
        other = generation["features"].get("cross-ae")
        median = own["ks"]["median"]
        better = other is None or median < other["ks"]["median"]
        add("feature KS, median, generated against acquired", "≤ .10 and below Cross-AE", median, median <= 0.10 and better)
        if other:
            add("feature KS, median, Cross-AE", "–", other["ks"]["median"], None)
        for name, low in (("LVM", 0.3), ("LVEDV", 0.3), ("LVEF", 0.2)):
            value = generation["phenotypes"]["cardionets"][name]["spearman"]
            add(f"Spearman of {name} on generated cines", f"≥ {low}", value, value >= low, 2)
    for name in ("ssl", "scratch"):
        if "aligned" in heat and name in heat:
            add(f"heat map: mask AUC, aligned minus {name}", "> 0", heat["aligned"]["mask_auc"] - heat[name]["mask_auc"], heat["aligned"]["mask_auc"] > heat[name]["mask_auc"])

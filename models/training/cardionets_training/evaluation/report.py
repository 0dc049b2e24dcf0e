"""The report, from the file of results alone: tables and figures of the same form as the article's."""

from pathlib import Path

from . import figures
from .arms import ARMS
from .document import Document
from .report_cines import add_cines
from .report_costs import add_costs
from .report_numbers import NOT_RUN, gain, number, p_value, percent, plus_minus, with_interval
from .report_task import add_task_network
from .targets import target_rows

BANNERS = {
    "simulated cohort": "Every number here comes from the simulated cohort. None of it was measured on patients.",
    "imported data": "Every number here comes from the imported data that this home holds.",
}
DISEASE_TITLES = {"cad": "CAD", "hf": "HF", "cm": "CM", "ph": "PH"}
MEASURES = ("accuracy", "sensitivity", "specificity", "ppv", "npv", "f1", "balanced_accuracy", "map")


def write_report(results: dict, folder: Path) -> None:
    document = Document("CardioNets: evaluation", BANNERS[results["data"]], results["data"])
    note = results["form"]["statement"]
    document.text(f"{note}. Written {results['written']}; what computed it, and how long, is at the end.")
    document.heading("Targets")
    document.table(["quantity", "target", "measured", "met"], target_rows(results), note)
    tables = results.get("tables")
    if tables:
        add_tables(document, tables, note)
    else:
        document.text(f"Tables of models against tasks: {NOT_RUN}.")
    if results.get("task"):
        add_task_network(document, results["task"]["metrics"], note)
    if results.get("cines"):
        add_cines(document, results["cines"], results.get("slides"), note)
    else:
        document.text(f"Generated cines: {NOT_RUN}.")
    add_costs(document, results)
    document.write(folder)


def add_tables(document: Document, tables: dict, note: str) -> None:
    arms = [arm for arm in ARMS if arm in tables["arms"]]
    missing = [ARMS[arm].title for arm in ARMS if arm not in tables["arms"]]
    if missing:
        document.text(f"{NOT_RUN}: {', '.join(missing)}.")
    document.heading("Screening of diseases, five folds (as Fig. 3a)")
    document.figure("fig-3a", figures.five_fold_bars(tables["five_fold"], arms), "AUC, mean and SD of five folds")
    _five_fold_table(document, tables, arms, note)
    document.heading("Screening of diseases, held-out (as Fig. 3b)")
    document.figure("fig-3b", figures.roc_curves(tables["curves"]["roc"], arms), "ROC curves on held-out subjects")
    _held_out_table(document, tables["held_out"]["test"], arms, note)
    document.heading("Gain of the aligned model (as Fig. 3c)")
    document.figure("fig-3c", figures.gains(tables["comparisons"]), "Gain of the aligned model with 95 % interval")
    _comparison_table(document, tables["comparisons"], note)
    document.heading("82 phenotypes (as Fig. 4)")
    cells = tables["held_out"]["test"].get("phenotypes")
    if cells:
        _phenotypes(document, tables, cells, arms, note)
    else:
        document.text(f"{NOT_RUN}: the data have no phenotypes.")
    document.heading("Fewer labels (as Extended Fig. 1)")
    document.figure("ext-1", figures.label_curves(tables["fewer_labels"], arms), "Held-out result over the share of labels")
    _grid(document, tables["fewer_labels"], arms, "share of labels", lambda c: f"{number(c['value'])} ({c['labels']} labels)", note)
    document.heading("Class imbalance (as Extended Fig. 2)")
    document.figure("ext-2", figures.imbalance_curves(tables["imbalance"], arms), "AUC at 1 to 10 controls for each patient")
    _grid(document, tables["imbalance"], arms, "controls : patients", lambda c: f"{plus_minus(c['auc'], c['auc_sd'])} (n {c['n']}; mAP {number(c['map'], 2)})", note)
    document.heading("External cohorts, inference only (as Extended Fig. 3)")
    document.figure("ext-3", figures.external_bars(tables["held_out"], arms), "The same models on shifted cohorts")
    _external_table(document, tables["held_out"], arms, note)
    document.heading("Subtypes of cardiomyopathy (as Extended Fig. 4)")
    subtypes = tables["held_out"]["test"].get("subtypes", {})
    document.figure("ext-4", figures.confusions(subtypes, arms), "Confusion matrices, rows are the truth")
    _subtype_table(document, subtypes, arms, note)


def _phenotypes(document: Document, tables: dict, cells: dict, arms: list[str], note: str) -> None:
    document.figure("fig-4a", figures.phenotype_bars(cells, arms), "R² of every phenotype")
    document.figure("fig-4b", figures.scatter(tables["curves"]["scatter"]), "True and predicted values of held-out subjects")
    _phenotype_tables(document, tables, arms, note)


def _methods(cells: dict, arms: list[str]):
    """(title, method, cell) of each model in a held-out table; both methods where both were run."""
    for arm in arms:
        for method in ("frozen", "fine-tuned"):
            cell = cells.get(arm, {}).get(method)
            if cell or method == "frozen" or ARMS[arm].trainable:
                yield ARMS[arm].title, method, cell


def _held_out_table(document: Document, held_out: dict, arms: list[str], note: str) -> None:
    rows = []
    for task, title in DISEASE_TITLES.items():
        for name, method, cell in _methods(held_out.get(task, {}), arms):
            if cell is None:
                rows.append([title, name, method, *[NOT_RUN] * (5 + len(MEASURES))])
                continue
            rows.append([title, name, method, str(cell["n"]), str(cell["positives"]), str(cell["labels"]),
                         with_interval(cell["auc"], cell["delong_95"]), with_interval(cell["auc"], cell["wilson_95"]),
                         *(number(cell[m]) for m in MEASURES)])  # fmt: skip
    document.table(
        ["disease", "model", "form", "n", "patients", "labels", "AUC (DeLong 95 %)", "as in the article (Wilson)", *MEASURES], rows,
        f"{note}. Threshold by Youden's index on the validation subjects.",
    )  # fmt: skip


def _five_fold_table(document: Document, tables: dict, arms: list[str], note: str) -> None:
    rows = []
    for task, title in DISEASE_TITLES.items():
        for arm in arms:
            cell = tables["five_fold"].get(task, {}).get(arm)
            rows.append(
                [title, ARMS[arm].title, cell["method"], str(cell["n"]), str(cell["positives"]), plus_minus(cell["mean"], cell["sd"]),
                 with_interval(cell["auc"], cell["delong_95"]), with_interval(cell["auc"], cell["wilson_95"]), *(number(cell[m]) for m in MEASURES)]
                if cell else [title, ARMS[arm].title, *[NOT_RUN] * (6 + len(MEASURES))]
            )  # fmt: skip
    columns = ["disease", "model", "form", "n", "patients", "AUC, mean ± SD of folds", "pooled AUC (DeLong 95 %)", "as in the article (Wilson)", *MEASURES]
    document.table(columns, rows, f"{note}. Five folds of the test subjects, statistics on the pooled folds.")


def _comparison_table(document: Document, comparisons: list[dict], note: str) -> None:
    rows = [
        [row["table"], row["task"], ARMS[row["against"]].title, row["method"], str(row["n"]), row["measure"], number(row.get("value")), number(row.get("other")),
         with_interval(row.get("difference"), row.get("interval_95")), gain(row.get("gain_percent")), p_value(row.get("p")),
         p_value(row.get("p_balanced_accuracy")), p_value(row.get("p_map")), number(row.get("effect_size"), 2)]
        for row in comparisons
    ]  # fmt: skip
    document.table(
        ["table", "task", "against", "form", "n", "measure", "aligned", "other", "Δ (95 %)", "gain", "p", "p of BA", "p of mAP", "effect size"], rows,
        f"{note}. p: DeLong for AUC, bootstrap of 10,000 for mean R²; BA and mAP by 10,000 permutations. Effect size: difference of the binormal d' of the "
        "AUCs, or Cohen's d of the paired squared errors. No correction for the number of comparisons.",
    )  # fmt: skip


def _phenotype_tables(document: Document, tables: dict, arms: list[str], note: str) -> None:
    cells = tables["held_out"]["test"]["phenotypes"]
    rows = []
    for name, method, cell in _methods(cells, arms):
        rows.append([name, method, str(cell["n"]), str(cell["labels"]), with_interval(cell["mean_r2"], cell["bootstrap_95"]), number(cell["mean_pearson"])] if cell else [name, method, *[NOT_RUN] * 4])
    document.table(["model", "form", "n", "labels", "mean R² (bootstrap 95 %)", "mean Pearson r"], rows, note)
    folds = tables["five_fold"]["phenotypes"]
    rows = [[ARMS[arm].title, str(c["n"]), plus_minus(c["mean"], c["sd"]), with_interval(c["mean_r2"], c["bootstrap_95"])] for arm, c in folds.items()]
    document.table(["model, five folds", "n", "mean R², mean ± SD", "pooled mean R² (bootstrap 95 %)"], rows, note)
    best = {arm: c.get("fine-tuned") or c["frozen"] for arm, c in cells.items()}
    shown = [arm for arm in ("scratch", "ssl", "aligned", "cmr") if arm in best]
    rows = [
        [name, *(number(best[a]["each"][name]["r2"], 2) for a in shown), *(number(best["aligned"]["each"][name][m], 3) for m in ("pearson", "mae", "rmse"))]
        for name in best["aligned"]["each"]
    ]  # fmt: skip
    document.table(
        ["phenotype", *(f"R² {ARMS[a].title}" for a in shown), "r aligned", "MAE aligned", "RMSE aligned"], rows,
        f"{note}. The fine-tuned model where it was run, else the frozen one.",
    )  # fmt: skip


def _grid(document: Document, table: dict, arms: list[str], what: str, show, note: str) -> None:
    for task, lines in table.items():
        rows = [[key, *(show(cells[arm]) if arm in cells else NOT_RUN for arm in arms)] for key, cells in lines.items()]
        document.table([f"{DISEASE_TITLES.get(task, task)}: {what}", *(ARMS[a].title for a in arms)], rows, f"{note}. Mean of up to three draws of subjects.")


def _external_table(document: Document, held_out: dict, arms: list[str], note: str) -> None:
    rows = []
    for cohort, tasks in held_out.items():
        for task, cells in tasks.items():
            if task == "subtypes":
                continue
            for name, method, cell in _methods(cells, arms):
                absent = "no cines" if cohort != "test" and name == ARMS["cmr"].title else NOT_RUN
                value = absent if cell is None else with_interval(*((cell["mean_r2"], cell["bootstrap_95"]) if task == "phenotypes" else (cell["auc"], cell["delong_95"])))
                rows.append([cohort, DISEASE_TITLES.get(task, "mean R²"), name, method, str(cell["n"]) if cell else absent, value])
    document.table(["cohort", "task", "model", "form", "n", "AUC or mean R² (95 %)"], rows, f"{note}. `test` is the cohort without a shift.")


def _subtype_table(document: Document, cells: dict, arms: list[str], note: str) -> None:
    rows = []
    for name, method, cell in _methods(cells, arms):
        if cell is None:
            rows.append([name, method, *[NOT_RUN] * 7])
            continue
        areas = [with_interval(v["auc"], v["delong_95"]) for v in cell["each"].values()]
        rows.append([name, method, str(cell["n"]), str(cell["labels"]), *areas, percent(cell["accuracy"]), percent(cell["balanced_accuracy"])])
    document.table(
        ["model", "form", "n", "labels", "DCM", "HCM", "RCM", "accuracy", "balanced accuracy"], rows,
        f"{note}. AUC of each subtype against the others (DeLong 95 %). The CMR-based model is tested on the recorded cardiomyopathies among the test pairs.",
    )  # fmt: skip

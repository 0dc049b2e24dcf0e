"""Figures of the tables, drawn from the file of results."""

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from .arms import ARMS  # noqa: E402

COLOURS = dict(zip(ARMS, ("#b8b8b8", "#8c8c8c", "#4f8fc0", "#7b6cb0", "#58a05c", "#d1495b", "#1d3557")))
DISEASES = {"cad": "CAD", "hf": "HF", "cm": "CM", "ph": "PH"}
GROUP_ENDS = (6, 10, 14, 18, 24, 41, 58, 75, 82)
GROUP_NAMES = ("LV", "RV", "LA", "RA", "aorta", "wall thickness", "Ecc", "Err", "Ell")


def _bars(axis, groups: list[str], arms: list[str], value, error=None) -> None:
    """Grouped bars; `value(group, arm)` may be None where a cell was not run."""
    width = 0.8 / max(1, len(arms))
    for k, arm in enumerate(arms):
        places, heights, spans = [], [], []
        for g, group in enumerate(groups):
            height = value(group, arm)
            if height is not None:
                places.append(g + (k - (len(arms) - 1) / 2) * width)
                heights.append(height)
                spans.append(error(group, arm) if error else 0)
        axis.bar(places, heights, width * 0.92, yerr=np.array(spans).T if error else None, color=COLOURS[arm], label=ARMS[arm].title, capsize=2)
    axis.set_xticks(range(len(groups)), groups)
    axis.grid(axis="y", alpha=0.3)


def _legend(figure) -> None:
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=4, bbox_to_anchor=(0.5, -0.12), frameon=False, fontsize=8)


def five_fold_bars(five_fold: dict, arms: list[str]):
    tasks = [t for t in DISEASES if t in five_fold]
    figure, axis = plt.subplots(figsize=(9, 3.6))
    cell = lambda group, arm: five_fold[_id(group)].get(arm)  # noqa: E731
    _bars(axis, [DISEASES[t] for t in tasks], arms, lambda g, a: cell(g, a) and cell(g, a)["mean"], lambda g, a: cell(g, a)["sd"] or 0)
    axis.set_ylim(0.4, 1)
    axis.set_ylabel("AUC")
    _legend(figure)
    return figure


def _id(title: str) -> str:
    return next(key for key, value in DISEASES.items() if value == title)


def roc_curves(roc: dict, arms: list[str]):
    tasks = [t for t in DISEASES if t in roc]
    figure, axes = plt.subplots(1, max(1, len(tasks)), figsize=(3.2 * max(1, len(tasks)), 3.2), squeeze=False)
    for axis, task in zip(axes[0], tasks):
        for arm in arms:
            for method, line in roc[task].get(arm, {}).items():
                style = "-" if method == "fine-tuned" else "--"
                axis.plot(line["alarms"], line["hits"], style, color=COLOURS[arm], label=f"{ARMS[arm].title}, {method}", linewidth=1.2)
        axis.plot([0, 1], [0, 1], ":", color="#999999", linewidth=0.8)
        axis.set_title(DISEASES[task])
        axis.set_xlabel("1 − specificity")
    axes[0, 0].set_ylabel("sensitivity")
    found = {label: handle for axis in axes[0] for handle, label in zip(*axis.get_legend_handles_labels())}
    figure.legend(found.values(), found.keys(), loc="lower center", ncols=4, bbox_to_anchor=(0.5, -0.25), frameon=False, fontsize=7)
    figure.tight_layout()
    return figure


def gains(comparisons: list[dict]):
    rows = [r for r in comparisons if r["table"] in ("test", "five-fold") and r.get("interval_95") and None not in (*r["interval_95"], r.get("difference"))]
    figure, axis = plt.subplots(figsize=(8, 1 + 0.22 * max(1, len(rows))))
    for i, row in enumerate(rows[::-1]):
        low, high = row["interval_95"]
        axis.plot([low, high], [i, i], color=COLOURS[row["against"]], linewidth=1.5)
        axis.plot(row["difference"], i, "o", color=COLOURS[row["against"]], markersize=4)
    axis.axvline(0, color="#666666", linewidth=0.8)
    names = [f"{DISEASES.get(r['task'], r['task'])}, {r['table']}, {r['method']}: against {ARMS[r['against']].title} (n {r['n']})" for r in rows[::-1]]
    for i in range(1, len(rows)):
        if rows[i]["task"] != rows[i - 1]["task"] or rows[i]["table"] != rows[i - 1]["table"]:
            axis.axhline(len(rows) - i - 0.5, color="#cccccc", linewidth=0.6)
    axis.set_ylim(-0.8, len(rows) - 0.2)
    axis.set_yticks(range(len(rows)), names, fontsize=6)
    axis.set_xlabel("aligned minus other: AUC or mean R²")
    figure.tight_layout()
    return figure


def phenotype_bars(cells: dict, arms: list[str]):
    figure, axes = plt.subplots(2, 1, figsize=(12, 6), gridspec_kw={"height_ratios": [1, 1.6]})
    best = {arm: c.get("fine-tuned") or c["frozen"] for arm, c in cells.items()}
    shown = [a for a in arms if a in best]
    values = {arm: np.array([v["r2"] for v in best[arm]["each"].values()], float) for arm in shown}
    starts = (0, *GROUP_ENDS[:-1])
    means = {arm: [values[arm][s:e].mean() for s, e in zip(starts, GROUP_ENDS)] + [values[arm].mean()] for arm in shown}
    groups = [*GROUP_NAMES, "all 82"]
    _bars(axes[0], groups, shown, lambda g, a: float(max(-0.1, means[a][groups.index(g)])))
    axes[0].set_ylabel("mean R²")
    names = list(best[shown[0]]["each"])
    for arm in [a for a in ("scratch", "ssl", "aligned", "cmr") if a in shown]:
        axes[1].plot(values[arm], ".", color=COLOURS[arm], label=ARMS[arm].title)
    axes[1].set_xticks(range(len(names)), names, rotation=90, fontsize=5)
    axes[1].set_ylim(-0.1, 1)
    axes[1].set_ylabel("R²")
    axes[1].grid(alpha=0.3)
    figure.tight_layout()
    _legend(figure)
    return figure


def scatter(found: dict):
    pairs = found.get("fine-tuned") or found.get("frozen") or {}
    figure, axes = plt.subplots(1, max(1, len(pairs)), figsize=(2.4 * max(1, len(pairs)), 2.6), squeeze=False)
    for axis, (name, rows) in zip(axes[0], pairs.items()):
        truth, said = np.array(rows, float).T
        axis.plot(truth, said, ".", color=COLOURS["aligned"], markersize=2, alpha=0.6)
        low, high = truth.min(), truth.max()
        axis.plot([low, high], [low, high], color="#666666", linewidth=0.8)
        axis.set_title(name, fontsize=9)
        axis.set_xlabel("true", fontsize=8)
        axis.tick_params(labelsize=6)
    axes[0, 0].set_ylabel("predicted", fontsize=8)
    figure.tight_layout()
    return figure


def _curves(table: dict, arms: list[str], value: str, spread: str, label: str, log: bool):
    tasks = list(table)
    figure, axes = plt.subplots(1, max(1, len(tasks)), figsize=(3.1 * max(1, len(tasks)), 3), squeeze=False)
    for axis, task in zip(axes[0], tasks):
        for arm in arms:
            points = [(float(key), cells[arm][value], cells[arm][spread]) for key, cells in table[task].items() if arm in cells]
            if points:
                x, y, s = np.array(points, float).T
                axis.errorbar(x, y, s, marker="o", markersize=3, color=COLOURS[arm], label=ARMS[arm].title, capsize=2, linewidth=1)
        axis.set_title(DISEASES.get(task, task), fontsize=9)
        axis.set_xlabel(label)
        axis.grid(alpha=0.3)
        if log:
            axis.set_xscale("log")
        if task == "phenotypes":
            axis.set_ylim(-0.15, None)
    figure.tight_layout()
    _legend(figure)
    return figure


def label_curves(table: dict, arms: list[str]):
    return _curves(table, arms, "value", "sd", "share of labels", True)


def imbalance_curves(table: dict, arms: list[str]):
    return _curves(table, arms, "auc", "auc_sd", "controls for each patient", False)


def external_bars(held_out: dict, arms: list[str]):
    cohorts = list(held_out)
    tasks = [t for t in ("phenotypes", *DISEASES) if t in held_out[cohorts[0]]]
    figure, axes = plt.subplots(1, len(tasks), figsize=(3 * len(tasks), 3.2), squeeze=False)
    for axis, task in zip(axes[0], tasks):
        measure = "mean_r2" if task == "phenotypes" else "auc"

        def value(cohort: str, arm: str) -> float | None:
            cells = held_out[cohort].get(task, {}).get(arm, {})
            cell = cells.get("fine-tuned") or cells.get("frozen")
            return None if not cell or cell[measure] is None else max(-0.1, cell[measure])

        _bars(axis, cohorts, [a for a in arms if ARMS[a].source == "ecg"], value)
        axis.set_xticks(range(len(cohorts)), [c.replace("external-", "") for c in cohorts], fontsize=7)
        axis.set_title(DISEASES.get(task, "mean R²"), fontsize=9)
        if task != "phenotypes":
            axis.set_ylim(0.4, 1)
    figure.tight_layout()
    _legend(figure)
    return figure


def confusions(cells: dict, arms: list[str]):
    shown = [(arm, m, c) for arm in arms for m, c in cells.get(arm, {}).items()]
    columns = min(5, max(1, len(shown)))
    lines = -(-max(1, len(shown)) // columns)
    figure, axes = plt.subplots(lines, columns, figsize=(1.9 * columns, 2.3 * lines), squeeze=False)
    for axis in axes.flat[len(shown) :]:
        axis.axis("off")
    for axis, (arm, method, cell) in zip(axes.flat, shown):
        matrix = np.array(cell["confusion_rows_true"], float)
        share = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
        axis.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for (i, j), count in np.ndenumerate(matrix):
            axis.text(j, i, f"{count:.0f}", ha="center", va="center", fontsize=8, color="white" if share[i, j] > 0.5 else "black")
        axis.set_xticks(range(3), ("DCM", "HCM", "RCM"), fontsize=6)
        axis.set_yticks(range(3), ("DCM", "HCM", "RCM"), fontsize=6)
        axis.set_title(f"{ARMS[arm].title}\n{method}", fontsize=7)
    figure.tight_layout()
    return figure

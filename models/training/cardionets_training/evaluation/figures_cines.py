"""Figures of generated cines and heat maps, drawn from the file of results."""

import textwrap

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from .pictures import unpack_frames  # noqa: E402

REAL, MADE = "#1d3557", "#d1495b"
ORDER = ("truth", "cardionets", "cardionets-cool", "vgen", "cross-ae", "mean-image", "autoencoder", "noise-ceiling", "random-real")


def contact_sheet(frames: dict, titles: dict[str, str]):
    """Rows are generators, columns subjects, end diastole and end systole side by side."""
    names = [n for n in ORDER if n in frames]
    pictures = {name: unpack_frames(frames[name]) for name in names}
    columns = len(pictures[names[0]])
    figure, axes = plt.subplots(len(names), columns, figsize=(columns, len(names) * 1.05), squeeze=False)
    for r, name in enumerate(names):
        for c in range(columns):
            _picture(axes[r, c], pictures[name][c])
        axes[r, 0].set_ylabel(textwrap.fill(titles.get(name, name), 18), fontsize=5, rotation=0, ha="right", va="center")
    figure.subplots_adjust(wspace=0.02, hspace=0.02)
    return figure


def _picture(axis, image: np.ndarray, **settings) -> None:
    axis.imshow(image, **{"cmap": "gray", "vmin": 0, "vmax": 255, **settings})
    axis.set_xticks([])
    axis.set_yticks([])


def feature_views(views: dict, titles: dict[str, str]):
    figure, axes = plt.subplots(3, len(views), figsize=(3 * len(views), 8), squeeze=False)
    for column, (name, view) in enumerate(views.items()):
        for key, colour, label in (("tsne_real", REAL, "acquired"), ("tsne_generated", MADE, "generated")):
            axes[0, column].plot(*np.array(view[key]).T, ".", color=colour, markersize=2, alpha=0.6, label=label)
        axes[0, column].set_title(titles.get(name, name), fontsize=8)
        axes[0, column].set_xticks([])
        axes[0, column].set_yticks([])
        edges = np.array(view["edges"])
        for counts, cdf, colour in zip(view["histogram"], view["cdf"], (REAL, MADE)):
            counts = np.array(counts, float)
            axes[1, column].stairs(counts / max(1, counts.sum()), edges, color=colour)
            axes[2, column].plot(edges, cdf, color=colour)
    axes[0, 0].legend(fontsize=7)
    for row, label in enumerate(("t-SNE", "share", "cumulative")):
        axes[row, 0].set_ylabel(label)
    figure.tight_layout()
    return figure


def measured_scatter(measured: dict):
    names = list(next(iter(measured.values())))
    rows = [(key, title) for key, title in (("noise-ceiling", "acquired"), ("cardionets", "generated")) if key in measured]
    figure, axes = plt.subplots(len(rows), len(names), figsize=(2.1 * len(names), 2.2 * len(rows)), squeeze=False)
    for r, (key, title) in enumerate(rows):
        for c, name in enumerate(names):
            truth, read = np.array(measured[key][name], float).T
            axes[r, c].plot(truth, read, ".", markersize=2, color=MADE if key == "cardionets" else REAL)
            low, high = truth.min(), truth.max()
            axes[r, c].plot([low, high], [low, high], color="#888888", linewidth=0.7)
            axes[r, c].tick_params(labelsize=6)
            axes[0, c].set_title(name, fontsize=8)
        axes[r, 0].set_ylabel(f"read off {title}", fontsize=7)
    figure.tight_layout()
    return figure


def slide(name: str, found: dict):
    frames, steps = unpack_frames(found["frames"]), found["steps"]
    figure, axes = plt.subplots(2, len(steps), figsize=(1.6 * len(steps), 3.6), squeeze=False)
    for column, (step, value) in enumerate(zip(steps, found["measured"])):
        for row in range(2):
            _picture(axes[row, column], frames[2 * column + row])
        axes[0, column].set_title(f"{step:+d} SD\n{name} read: {value:.0f} {found['unit']}", fontsize=7)
    axes[0, 0].set_ylabel("end diastole", fontsize=7)
    axes[1, 0].set_ylabel("end systole", fontsize=7)
    figure.tight_layout()
    return figure


def heat_maps(frames: dict):
    names = ["cine", *(n for n in frames if n != "cine")]
    pictures = {name: unpack_frames(frames[name]) for name in names}
    columns = len(pictures["cine"])
    figure, axes = plt.subplots(len(names), columns, figsize=(1.3 * columns, 1.35 * len(names)), squeeze=False)
    for r, name in enumerate(names):
        for c in range(columns):
            _picture(axes[r, c], pictures[name][c], cmap="gray" if name == "cine" else "inferno")
        axes[r, 0].set_ylabel(name, fontsize=7)
    figure.subplots_adjust(wspace=0.02, hspace=0.05)
    return figure

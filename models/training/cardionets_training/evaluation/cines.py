"""Generated cines of the test subjects against their own: pixels, features, phenotypes (section g)."""

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from ..config import GENERATORS
from ..data.batches import cine_batch, ecg_batch
from ..data.cohort import is_imported
from ..device import device
from ..measures import feature_ks, spearman
from ..phenotypes import INDEX
from .arms import load_reader
from .cells import Bench
from .generators import Generator, MaskedGenerators, load_generators, load_vae
from .heads import fit_head
from .image_quality import MEASURES, align_rigidly, distances
from .labels import LABELLED, Part
from .pictures import pack_frames

MEASURED = ("LVM", "LVEDV", "LVEF", "WT_global", "RVEDV", "LAV_max")
SHOWN, CYCLE_FRAMES = 6, (0, 18)
# One cine of every subject for features and phenotypes; pixel by pixel, and in several seeds, the first subjects only.
SEEDS, SEEDED = 4, 192
CHUNK_CPU, CHUNK_GPU = 16, 128  # subjects at a time


class CineReader:
    """Features of cines by the frozen CMR encoder, and the phenotypes that a ridge regression reads from them."""

    def __init__(self, bench: Bench):
        self.network = load_reader("cmr", bench.profile).eval()
        count = min(bench.count("cmr", "train"), LABELLED)
        train, held_out = Part("train", np.arange(count)), Part("validation", np.arange(bench.count("cmr", "validation")))
        self.head = fit_head(
            "phenotypes", bench.features("cmr", "train", train.rows), bench.labels("phenotypes", train),
            bench.features("cmr", "validation", held_out.rows), bench.labels("phenotypes", held_out),
        )  # fmt: skip

    def features(self, cines: Tensor) -> np.ndarray:
        return self.network(cines).float().cpu().numpy()

    def phenotypes(self, features: np.ndarray) -> np.ndarray:
        return self.head(features)[:, [INDEX[name] for name in MEASURED]]


@torch.no_grad()
def evaluate_generation(bench: Bench) -> dict:
    """Every generator that is asked for and whose weights are there, beside the references that need none."""
    count, test = bench.pairs(), bench.cohorts["test"]
    reader, vae = CineReader(bench), load_vae(bench.profile)
    generators = load_generators(bench.profile, bench.generators or GENERATORS)
    mean_image = _mean_image(bench)
    rows, features, shown = {}, {}, {}
    chunk = CHUNK_CPU if device().type == "cpu" else CHUNK_GPU
    for first in tqdm(range(0, count, chunk), "cines", mininterval=5):
        some = np.arange(first, min(first + chunk, count))
        real, clean = cine_batch(test.cine, some), cine_batch(test.array("clean"), some)
        images, compared = {"noise-ceiling": [real]}, first < SEEDED
        if compared:
            mask = torch.from_numpy(np.asarray(test.array("mask")[some]) > 0).to(clean.device)
        if compared and not bench.generators:
            images["random-real"] = [cine_batch(test.array("clean"), (some + 1) % count)]
            images["mean-image"] = [mean_image.expand_as(clean)]
            images["autoencoder"] = [vae.decode(vae.encode(real)[0])]
        ecg = ecg_batch(test.ecg, some, None, None)
        for name, generator in generators.items():
            if device().type == "cpu" and first >= (generator.most_on_cpu or count):
                continue
            seeds = SEEDS if generator.random and compared else 1
            images[name] = [generator.draw(*ecg, np.random.default_rng([s, first])) for s in range(seeds)]
        for name, draws in images.items():
            # A real cine has no noise-free twin that it could be compared with.
            if compared and not (name == "noise-ceiling" and is_imported()):
                values = torch.stack([distances(image, clean) for image in draws], dim=1)  # (B, seeds, 4)
                aligned = distances(align_rigidly(draws[0], clean, mask), clean, mask)
                rows.setdefault(name, []).append(torch.cat([values.flatten(1), aligned], dim=1).cpu().numpy())
            features.setdefault(name, []).append(reader.features(draws[0]))
            if first == 0:
                shown[name] = draws[0][:SHOWN, CYCLE_FRAMES]
        if first == 0:
            shown["truth"] = clean[:SHOWN, CYCLE_FRAMES]
        features.setdefault("truth", []).append(reader.features(clean))
    features = {name: np.concatenate(parts) for name, parts in features.items()}
    truth = test.phenotypes[:count, [INDEX[name] for name in MEASURED]]
    real = features["noise-ceiling"]
    titles = {name: g.title for name, g in generators.items()}
    return {
        "n": count, "subjects": {name: len(values) for name, values in features.items()}, "compared": min(count, -(-SEEDED // chunk) * chunk), "seeds": SEEDS, "titles": titles,
        "pixels": {name: _pixel_table(np.concatenate(parts)) for name, parts in rows.items()},
        "features": {
            name: {"ks": feature_ks(real, features[name]), "ks_noise_free": feature_ks(features["truth"], features[name])}
            for name in (*generators, "autoencoder", "mean-image") if name in features
        } | {"real halves": {"ks": feature_ks(real[::2], real[1::2])}},
        "phenotypes": {
            name: {
                m: {"spearman": spearman(reader.phenotypes(values)[:, i], truth[: len(values), i]),
                    "pearson": float(np.corrcoef(reader.phenotypes(values)[:, i], truth[: len(values), i])[0, 1])}
                for i, m in enumerate(MEASURED)
            }
            for name, values in features.items() if name != "mean-image"
        },
        "measured": {name: _measured(reader, features[name], truth) for name in ("cardionets", "noise-ceiling") if name in features},
        "views": {name: feature_view(real, features[name]) for name in generators},
        "frames": {name: pack_frames(frames.flatten(0, 1)) for name, frames in shown.items()},
    }  # fmt: skip


PER_GENERATOR = ("subjects", "titles", "pixels", "features", "phenotypes", "measured", "views", "frames")


def add_generators(before: dict, found: dict) -> dict:
    """What a former run measured, with the rows of the generators that this run measured on the same subjects.

    Raises ValueError where the subjects are others.
    """
    if before["n"] != found["n"]:
        raise ValueError(f"evaluate: the cines there are of {before['n']:,} test pairs, these of {found['n']:,}: give --pairs {before['n']}")
    return before | {key: {**before[key], **{name: found[key][name] for name in found["titles"] if name in found[key]}} for key in PER_GENERATOR}


def _mean_image(bench: Bench) -> Tensor:
    train = bench.cohorts["train"].cine
    rows = range(min(200, len(train)))
    return torch.cat([cine_batch(train, range(i, min(i + 50, len(rows)))).sum(0, keepdim=True) for i in range(0, len(rows), 50)]).sum(0) / len(rows)


def _pixel_table(values: np.ndarray) -> dict:
    """Mean and SD over subjects: first seed, mean and best of the seeds, and inside the heart after alignment."""
    seeds = values.shape[1] // 4 - 1
    draws, aligned = values[:, : 4 * seeds].reshape(len(values), seeds, 4), values[:, 4 * seeds :]
    table = {}
    for i, name in enumerate(MEASURES):
        best = draws[..., i].max(1) if name in ("ssim", "psnr") else draws[..., i].min(1)
        table[name] = {
            "one_seed": float(draws[:, 0, i].mean()), "sd": float(draws[:, 0, i].std()),
            "mean_of_seeds": float(draws[..., i].mean()), "best_of_seeds": float(best.mean()), "seeds": seeds,
            "heart_aligned": float(aligned[:, i].mean()),
        }  # fmt: skip
    return table


def _measured(reader: CineReader, features: np.ndarray, truth: np.ndarray, count: int = 300) -> dict:
    """Pairs (truth, measured) for the scatter plots."""
    found = reader.phenotypes(features)[:count]
    return {m: [[round(float(t), 2), round(float(v), 2)] for t, v in zip(truth[:count, i], found[:, i])] for i, m in enumerate(MEASURED)}


def feature_view(real: np.ndarray, generated: np.ndarray, most: int = 300, points: int = 60) -> dict:
    """t-SNE of both, and histogram and cumulative distribution of the first principal component of the real features."""
    from sklearn.manifold import TSNE

    n = min(most, len(real), len(generated))
    mean, sd = real.mean(0), real.std(0) + 1e-6
    both = np.concatenate([(real[:n] - mean) / sd, (generated[:n] - mean) / sd])
    perplexity = min(30, (len(both) - 1) / 3)
    plane = TSNE(perplexity=perplexity, init="pca", random_state=0).fit_transform(both)
    _, _, axes = np.linalg.svd((real - mean) / sd, full_matrices=False)
    scores = [((x - mean) / sd) @ axes[0] for x in (real, generated)]
    edges = np.linspace(*np.quantile(np.concatenate(scores), [0.002, 0.998]), points + 1)
    return {
        "tsne_real": plane[:n].round(2).tolist(), "tsne_generated": plane[n:].round(2).tolist(), "perplexity": perplexity,
        "edges": edges.round(4).tolist(),
        "histogram": [np.histogram(s, edges)[0].tolist() for s in scores],
        "cdf": [(np.searchsorted(np.sort(s), edges) / len(s)).round(4).tolist() for s in scores],
    }  # fmt: skip

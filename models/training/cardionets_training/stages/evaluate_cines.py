"""Quality of generated cines: distance to the truth, feature distributions, phenotypes, heat maps (section g)."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .. import measures
from ..data.batches import cine_batch
from ..data.cohort import Cohort
from ..networks.image_losses import ssim
from ..paths import RUNS
from ..phenotypes import INDEX
from .align import cached_cmr_features, cmr_features
from .finetune import features, ridge
from .train_generator import generate

MEASURED = ("LVM", "LVEDV", "LVEF", "RVEDV", "LAV_max", "WT_global")


def image_distance(images: Tensor, truth: Tensor) -> dict[str, float]:
    error = (images - truth).flatten(1)
    mse = error.square().mean(1)
    return {
        "ssim": float(torch.stack([ssim(a, b).mean() for a, b in zip(images, truth)]).mean()),
        "psnr": float((-10 * mse.clamp_min(1e-10).log10()).mean()),
        "mae": float(error.abs().mean()),
        "rmse": float(mse.sqrt().mean()),
    }


@torch.no_grad()
def decode(networks, tok: Tensor) -> Tensor:
    return torch.cat([networks.vae.decode(networks.vae.denormalise(networks.space.decode(t[None]))) for t in tok])


@torch.no_grad()
def heat_map_auc(networks, feat: Tensor, cines: Tensor, masks: np.ndarray) -> float:
    """Mean AUC of the heart mask against the ECG-patch similarity, bicubic to 96 x 96."""
    h = networks.ecg_projection(feat)
    scores = []
    for i in range(len(cines)):
        _, tokens = networks.cmr(cines[i : i + 1])
        patch = networks.cmr_projection(networks.cmr.norm(tokens))[0] @ h[i]  # (144,)
        grid = networks.cmr.grid
        heat = F.interpolate(patch.view(1, 1, grid, grid), size=masks.shape[-2:], mode="bicubic")[0, 0]
        scores.append(measures.auc(masks[i].reshape(-1) > 0, heat.numpy().reshape(-1)))
    return float(np.nanmean(scores))


@torch.no_grad()
def evaluate_cines(
    networks, train: Cohort, test: Cohort, pairs: int | None = None, limit: int | None = None, temperature: float = 1.0
) -> dict:
    count = min(limit or test.plan.cines, test.plan.cines)
    rng = np.random.default_rng(5)
    real, clean = cine_batch(test.cine, range(count)), cine_batch(test.array("clean"), range(count))
    feat = features(networks.aligned, test.ecg, count)
    tokens = {t: generate(networks.generator, networks.diffusion, feat, rng, t) for t in (temperature, 0.7)}
    images = {t: decode(networks, tok) for t, tok in tokens.items()}
    generated = images[temperature]
    rebuilt = torch.cat([networks.vae.decode(networks.vae.encode(x[None])[0]) for x in real])
    mean_image = cine_batch(train.cine, range(min(100, train.plan.cines))).mean(0, keepdim=True).expand_as(clean)
    other = clean.roll(1, dims=0)
    distances = {
        "generated": image_distance(generated, clean),
        "generated, temperature 0.7": image_distance(images[0.7], clean),
        "mean image": image_distance(mean_image, clean),
        "random real pair": image_distance(other, clean),
        "noisy cine of the same subject (ceiling)": image_distance(real, clean),
        "autoencoder of the same subject": image_distance(rebuilt, clean),
    }
    # Phenotypes are read off a cine by ridge regression on the frozen CMR encoder.
    train_features = cached_cmr_features(networks.cmr, train, 1, 0, pairs)[:, 0]
    chosen = [INDEX[name] for name in MEASURED]
    truth_train = torch.from_numpy(train.phenotypes[: len(train_features), chosen])
    scale = truth_train.std(0)
    weight, bias = ridge(train_features, truth_train / scale, 1e-2)
    truth = test.phenotypes[:count, chosen]
    real_features = cmr_features(networks.cmr, test.cine[:count], 1, 0)[:, 0]

    def read(cines: Tensor) -> np.ndarray:
        f = torch.cat([networks.cmr(c)[0] for c in cines.split(16)])
        return (f @ weight.T + bias).numpy()

    values = {"real": (real_features @ weight.T + bias).numpy(), "generated": read(generated), "cool": read(images[0.7])}
    generated_features = torch.cat([networks.cmr(c)[0] for c in generated.split(16)])
    draw_contact_sheet(clean, generated, images[0.7])
    return {
        "subjects": count,
        "reconstruction_ssim": distances["autoencoder of the same subject"]["ssim"],
        "against_noise_free": distances,
        "feature_ks": measures.feature_ks(real_features.numpy(), generated_features.numpy()),
        "feature_ks_autoencoder": measures.feature_ks(
            real_features.numpy(), torch.cat([networks.cmr(c)[0] for c in rebuilt.split(16)]).numpy()
        ),
        "phenotypes_of_generated": {
            name: {
                "real": measures.spearman(values["real"][:, i], truth[:, i]),
                "generated": measures.spearman(values["generated"][:, i], truth[:, i]),
                "generated_temperature_0.7": measures.spearman(values["cool"][:, i], truth[:, i]),
            }
            for i, name in enumerate(MEASURED)
        },
        "heat_map_mask_auc": heat_map_auc(networks, feat, real, test.array("mask")[:count]),
    }


def draw_contact_sheet(clean: Tensor, generated: Tensor, cool: Tensor, count: int = 8) -> None:
    """End diastole and systole of the true and the generated cines of the same subjects."""
    import matplotlib.pyplot as plt

    count = min(count, len(clean))
    rows = [("true", clean), ("generated", generated), ("generated, τ = 0.7", cool)]
    figure, axes = plt.subplots(2 * len(rows), count, figsize=(1.5 * count, 3 * len(rows)), squeeze=False)
    for r, (name, cines) in enumerate(rows):
        for c in range(count):
            for f, frame in enumerate((0, 18)):
                axis = axes[2 * r + f, c]
                axis.imshow(cines[c, frame], cmap="gray", vmin=0, vmax=1)
                axis.set_xticks([]), axis.set_yticks([])
                if c == 0:
                    axis.set_ylabel(f"{name}\nframe {frame}", fontsize=7)
    figure.tight_layout(pad=0.3)
    folder = RUNS / "evaluate"
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "cines.png", dpi=80)
    plt.close(figure)

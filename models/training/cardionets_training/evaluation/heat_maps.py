"""Similarity of an ECG to the places of its cine (the method of MMCL): does it point at the heart?"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..assemble import load_weights
from ..baselines import mmcl
from ..config import PROJECTION
from ..data.batches import cine_batch, ecg_batch
from ..device import device
from ..measures import auc
from ..networks.cmr import CmrEncoder, Projection
from ..stages.finetune import start_encoder
from .cells import Bench
from .pictures import pack_frames

CHUNK, SHOWN, MOST = 64, 6, 300


@torch.no_grad()
def evaluate_heat_maps(bench: Bench) -> dict:
    """Mask AUC and mean inside minus outside of each model; SSL and scratch speak through the aligned projection.

    Also the AUC of the map that the next subject's ECG draws on the same cine: where it is the same, the map shows what is
    common to all ECGs and nothing of the subject.
    """
    count, test = min(bench.pairs(), MOST), bench.cohorts["test"]
    masks = np.asarray(test.array("mask", count)) > 0
    result: dict = {"n": count, "models": {}, "frames": {}}
    for name in ("aligned", "ssl", "scratch", "mmcl"):
        try:
            model = _load(bench, name)
        except FileNotFoundError as error:
            print(f"evaluate: heat map of {name} not run: {error}", flush=True)
            continue
        maps = torch.cat([
            _maps(model, ecg_batch(test.ecg, rows, None, None), cine_batch(test.cine, rows))
            for rows in np.split(np.arange(count), range(CHUNK, count, CHUNK))
        ]).cpu().numpy()  # fmt: skip
        maps, others = maps[:, 0], maps[:, 1]
        areas, other_areas = ([auc(mask.reshape(-1), heat.reshape(-1)) for mask, heat in zip(masks, found)] for found in (maps, others))
        gaps = [heat[mask].mean() - heat[~mask].mean() for mask, heat in zip(masks, maps)]
        half = 1.96 * np.nanstd(areas) / np.sqrt(count)
        mean = float(np.nanmean(areas))
        result["models"][name] = {
            "mask_auc": mean, "interval_95": (mean - half, mean + half), "inside_minus_outside": float(np.nanmean(gaps)),
            "mask_auc_of_another_ecg": float(np.nanmean(other_areas)),
        }  # fmt: skip
        some = maps[:SHOWN]
        low, high = some.min((1, 2), keepdims=True), some.max((1, 2), keepdims=True)
        result["frames"][name] = pack_frames((some - low) / (high - low + 1e-9))
    result["frames"]["cine"] = pack_frames(cine_batch(test.cine, range(min(SHOWN, count)))[:, 0])
    return result


def _load(bench: Bench, name: str) -> dict[str, nn.Module]:
    profile = bench.profile
    if name == "mmcl":
        parts = mmcl.build(profile.ecg)
        load_weights(mmcl.STAGE, parts)
    else:
        parts = {
            "encoder": start_encoder(profile, "align"),
            "ecg_projection": Projection(profile.ecg.width, PROJECTION),
            "cmr": CmrEncoder(profile.cmr),
            "cmr_projection": Projection(profile.cmr.width, PROJECTION),
        }
        load_weights("align", {k: v for k, v in parts.items() if k != "encoder"})
        torch.manual_seed(bench.seed)
        parts["encoder"] = start_encoder(profile, {"aligned": "align", "ssl": "pretrain-ecg", "scratch": "scratch"}[name])
    return {key: part.to(device()).eval() for key, part in parts.items()}


def _maps(parts: dict[str, nn.Module], ecg: tuple[Tensor, Tensor], cine: Tensor) -> Tensor:
    """Cosine of the projected ECG, and of the next subject's, with each projected patch token, bicubic to the size of the
    cine: (B, 2, 96, 96)."""
    own = parts["ecg_projection"](parts["encoder"](*ecg)[0])  # (B, 256)
    _, tokens = parts["cmr"](cine)
    tokens = parts["cmr"].norm(tokens) if hasattr(parts["cmr"], "norm") else tokens
    similarity = parts["cmr_projection"](tokens) @ torch.stack([own, own.roll(1, 0)], dim=2)  # (B, N, 2)
    grid = parts["cmr"].grid
    return F.interpolate(similarity.transpose(1, 2).reshape(len(own), 2, grid, grid), size=cine.shape[-2:], mode="bicubic")

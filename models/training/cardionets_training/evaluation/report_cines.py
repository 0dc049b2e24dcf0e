"""The part of the report about generated cines and heat maps."""

from . import figures_cines
from .arms import ARMS
from .document import Document
from .report_numbers import number, with_interval

REFERENCES = {
    "autoencoder": "autoencoder of the same subject", "mean-image": "mean image", "random-real": "random real pair",
    "noise-ceiling": "noise ceiling: the noisy cine itself",
}  # fmt: skip


def titles(generation: dict) -> dict[str, str]:
    return {**generation["titles"], **REFERENCES}


def add_cines(document: Document, cines: dict, slides: dict | None, note: str) -> None:
    generation, names = cines["generation"], titles(cines["generation"])
    note = f"{note}. {generation['n']} test pairs against the noise-free cine"
    document.heading("Generated cines (as Fig. 5a)")
    document.figure("fig-5a", figures_cines.contact_sheet(generation["frames"], names), "End diastole and systole of the same subjects")
    document.heading("Distance and features (as Fig. 5b)")
    rows = [
        [names[name], *(number(row[m]["one_seed"]) for m in ("ssim", "psnr", "mae", "rmse")), str(row["ssim"]["seeds"]),
         number(row["ssim"]["mean_of_seeds"]), number(row["ssim"]["best_of_seeds"]), number(row["psnr"]["best_of_seeds"]),
         number(row["ssim"]["heart_aligned"]), number(row["psnr"]["heart_aligned"])]
        for name, row in generation["pixels"].items()
    ]  # fmt: skip
    document.table(
        ["generator", "SSIM", "PSNR, dB", "MAE", "RMSE", "seeds", "SSIM, mean of seeds", "SSIM, best of seeds", "PSNR, best of seeds", "SSIM, heart, aligned", "PSNR, heart, aligned"],
        rows, f"{note}, the first {generation['compared']} of them; first four columns of one seed; the last two inside the heart mask after a rigid alignment. An ECG does not know the pose, so the mean image scores well.",
    )  # fmt: skip
    rows = [[names.get(name, name), str(generation["subjects"].get(name, generation["n"])), *(number(v["ks"][k]) for k in ("median", "max"))] for name, v in generation["features"].items()]
    document.table(["features of the CMR encoder", "cines", "KS, median", "KS, max"], rows, f"{note.rsplit(' against', 1)[0]}; Kolmogorov–Smirnov distance of each feature to the acquired cines.")
    if generation["views"]:
        document.figure("fig-5b", figures_cines.feature_views(generation["views"], names), "t-SNE, histogram and cumulative distribution of the first principal feature")
    document.heading("Phenotypes measured on generated cines (as Fig. 5c)")
    measured = list(generation["phenotypes"]["noise-ceiling"])
    rows = [[names.get(n, n), str(generation["subjects"][n]), *(number(v[m]["spearman"], 2) for m in measured)] for n, v in generation["phenotypes"].items()]
    document.table(["Spearman with the truth", "cines", *measured], rows, f"{note.rsplit(' against', 1)[0]}; a ridge regression on the frozen CMR encoder reads each cine; `truth` is the noise-free cine.")
    if generation["measured"]:
        document.figure("fig-5c-scatter", figures_cines.measured_scatter(generation["measured"]), "Phenotypes read off real and generated cines")
    if slides:
        rows = [[name, *(number(v, 1) for v in found["measured"]), found["unit"]] for name, found in slides.items()]
        steps = [f"{step:+d} SD" for step in next(iter(slides.values()))["steps"]]
        document.table(
            ["the feature moved along", *steps, "unit"], rows,
            f"{note.rsplit('. ', 1)[0]}. The phenotype as read off the generated cines, mean of 8 draws around the mean feature; an illustration.",
        )  # fmt: skip
        document.figure("fig-5c", figures_cines.slide("LVM", slides["LVM"]), "The feature moved along the direction of a phenotype, an illustration")
    document.heading("Similarity heat maps (as Extended Fig. 5)")
    heat = cines["heat_maps"]
    rows = [[ARMS[name].title, with_interval(v["mask_auc"], v["interval_95"]), number(v["inside_minus_outside"]), number(v.get("mask_auc_of_another_ecg"))] for name, v in heat["models"].items()]
    document.table(["model", "AUC of the heart mask (95 %)", "mean inside minus outside", "AUC with another subject's ECG"], rows, f"{note.rsplit('. ', 1)[0]}. {heat['n']} test pairs; SSL and Scratch speak through the aligned projection. Chance is .5; where the last column is like the first, the map shows nothing of the subject.")
    document.figure("ext-5", figures_cines.heat_maps(heat["frames"]), "Cosine similarity of the ECG and the places of its cine")

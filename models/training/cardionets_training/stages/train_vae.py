"""Space-time autoencoder of the cine (a5): L1, SSIM and gradient loss on windows of ten frames, a light KL term."""

import torch

from ..assemble import save_weights
from ..data.batches import cine_batch, on_device
from ..data.cohort import Cohort
from ..device import half_precision
from ..fitting import FitPlan, draw_rows, fit
from ..networks.image_losses import gradient_loss, ssim
from ..networks.vae import CineAutoencoder
from ..parallel import randn_like

STAGE, WINDOW, KL_WEIGHT = "train-vae", 10, 1e-3


def run(options) -> None:
    stored, held_out = on_device(Cohort("train").array("cine", options.pairs)), Cohort("validation")
    torch.manual_seed(options.seed)
    vae = CineAutoencoder(options.profile.vae)
    plan = FitPlan.of(options, STAGE, 4000, 2e-3, batch=4, warmup=60, average=0.995)

    def loss(rng, step):
        cine = cine_batch(stored, draw_rows(rng, len(stored), plan.batch))
        first = int(rng.integers(cine.shape[1]))
        window = cine.roll(-first, dims=1)[:, :WINDOW]
        with half_precision():
            mean, log_variance = vae.encode(window, circular=False)
            latent = mean + (0.5 * log_variance).exp() * randn_like(mean)
            image = vae.decode(latent, circular=False)
        image, mean, log_variance = image.float(), mean.float(), log_variance.float()
        similarity = ssim(image.flatten(0, 1), window.flatten(0, 1)).mean()
        kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).mean()
        absolute = (image - window).abs().mean()
        total = absolute + 0.5 * (1 - similarity) + 0.5 * gradient_loss(image, window) + KL_WEIGHT * kl
        return {"loss": total, "ssim": similarity.detach(), "kl": kl.detach()}

    def validate(averaged):
        return {"held_out_ssim": held_out_ssim(averaged["vae"], held_out, 16)}

    averaged = fit(plan, {"vae": vae}, loss, validate)
    store_latent_statistics(averaged["vae"], stored)


@torch.no_grad()
def held_out_ssim(vae: CineAutoencoder, cohort: Cohort, count: int) -> float:
    """Mean SSIM of reconstructions of noisy cines against the noise-free cines of the same subjects."""
    rows = range(min(count, cohort.plan.cines))
    noisy, clean = cine_batch(cohort.cine, rows), cine_batch(cohort.array("clean"), rows)
    image = torch.cat([vae.decode(vae.encode(x[None])[0]) for x in noisy])
    return float(ssim(image.flatten(0, 1), clean.flatten(0, 1)).mean())


@torch.no_grad()
def store_latent_statistics(vae: CineAutoencoder, stored) -> None:
    chosen = range(0, len(stored), max(1, len(stored) // 100))
    latents = torch.cat([vae.encode(cine_batch(stored, [i]))[0] for i in chosen])
    vae.latent_mean.copy_(latents.mean(dim=(0, 2, 3, 4)))
    vae.latent_std.copy_(latents.std(dim=(0, 2, 3, 4)))
    save_weights(STAGE, {"vae": vae})

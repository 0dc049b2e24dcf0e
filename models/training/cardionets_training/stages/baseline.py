"""One of the methods that CardioNets is compared with: `cardionets-train baseline NAME`."""

from ..baselines import cross_autoencoder, mmcl, video_diffusion
from ..evaluation.cells import run_fine_tuned_cells

TRAINERS = {"cross-ae": cross_autoencoder.train, "mmcl": mmcl.train, "vgen": video_diffusion.train}


def run(options) -> None:
    if options.name in TRAINERS:
        TRAINERS[options.name](options)
    else:
        run_fine_tuned_cells(options, options.name)

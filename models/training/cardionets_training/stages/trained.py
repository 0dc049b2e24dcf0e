"""All networks with the weights that the stages have left."""

from ..assemble import build_networks, load_weights
from ..config import Profile
from ..export import Networks


def load_trained(profile: Profile) -> Networks:
    networks = build_networks(profile)
    load_weights("train-vae", {"vae": networks.vae})
    load_weights(
        "align",
        {
            "encoder": networks.aligned,
            "ecg_projection": networks.ecg_projection,
            "cmr": networks.cmr,
            "cmr_projection": networks.cmr_projection,
        },
    )
    load_weights("finetune", {"network": networks.task})
    load_weights(
        "train-generator", {"generator": networks.generator, "diffusion": networks.diffusion, "space": networks.space}
    )
    for module in networks.modules().values():
        module.eval()
    return networks

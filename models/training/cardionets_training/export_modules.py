"""What each graph of a pack computes, as one module with the inputs and outputs of docs/model-pack.md."""

from torch import Tensor, nn

from .networks.cmr import CmrEncoder, Projection
from .networks.ecg import EcgEncoder
from .networks.heads import TaskNetwork
from .networks.tokens import TokenSpace
from .networks.vae import CineAutoencoder


class TaskGraph(nn.Module):
    def __init__(self, network: TaskNetwork):
        super().__init__()
        self.network = network

    def forward(self, ecg: Tensor, amplitude: Tensor):
        feat, pheno, dis, sub = self.network(ecg, amplitude)
        return feat, pheno * self.network.target_std + self.network.target_mean, dis, sub, self.network.distance(feat)


class AlignedGraph(nn.Module):
    def __init__(self, encoder: EcgEncoder, projection: Projection):
        super().__init__()
        self.encoder, self.projection = encoder, projection

    def forward(self, ecg: Tensor, amplitude: Tensor):
        feat, tokens = self.encoder(ecg, amplitude)
        return feat, tokens, self.projection(feat)


class CmrGraph(nn.Module):
    def __init__(self, encoder: CmrEncoder, projection: Projection):
        super().__init__()
        self.encoder, self.projection = encoder, projection

    def forward(self, cine: Tensor):
        feat, tokens = self.encoder(cine)
        return feat, tokens, self.projection(self.encoder.norm(tokens)), self.projection(feat)


class DecoderGraph(nn.Module):
    def __init__(self, space: TokenSpace, vae: CineAutoencoder):
        super().__init__()
        self.space, self.vae = space, vae

    def forward(self, tok: Tensor):
        return self.vae.decode(self.vae.denormalise(self.space.decode(tok)))

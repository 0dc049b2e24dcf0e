"""Several processes: torchrun (or `accelerate launch`) starts them, DistributedDataParallel joins their gradients.

Each process takes its share of the global batch. Random numbers are drawn for the whole batch in every process and cut
to the share, so the loss curve is that of one process with the same batch.
"""

import os
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn


def world() -> int:
    return dist.get_world_size() if dist.is_initialized() else 1


def rank() -> int:
    return dist.get_rank() if dist.is_initialized() else 0


def first() -> bool:
    """Whether this process writes files and speaks."""
    return rank() == 0


def start(device: str) -> str:
    """Joins the group where a launcher has set one up; returns the device of this process."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1 or dist.is_initialized():
        return device
    on_gpu = device.startswith("cuda")
    if on_gpu:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    dist.init_process_group("nccl" if on_gpu else "gloo")
    return f"cuda:{os.environ['LOCAL_RANK']}" if on_gpu else device


def is_first_launched() -> bool:
    """Before `start`: whether a launcher counts this process as the first, or there is no launcher."""
    return int(os.environ.get("RANK", "0")) == 0


def stop() -> None:
    if dist.is_initialized():
        dist.destroy_process_group()


def share(values: np.ndarray) -> np.ndarray:
    """This process's part of a global batch. Raises ValueError where it cannot be divided."""
    if len(values) % world():
        raise ValueError(f"a batch of {len(values)} cannot be divided by {world()} processes; choose another --batch")
    own = len(values) // world()
    return values[rank() * own : (rank() + 1) * own]


class ShareOfDraws:
    """A numpy generator whose arrays are this process's share of what one process would draw; first axis is the batch."""

    def __init__(self, generator: np.random.Generator):
        self.generator = generator

    def integers(self, low, high=None, size=None):
        return self._cut(lambda s: self.generator.integers(low, high, s), size)

    def random(self, size=None):
        return self._cut(lambda s: self.generator.random(s), size)

    def choice(self, *args, **settings):
        """Not cut: `draw_rows` takes the share."""
        return self.generator.choice(*args, **settings)

    @staticmethod
    def _cut(draw, size):
        if size is None:
            return draw(None)
        count, *rest = (size,) if isinstance(size, (int, np.integer)) else size
        return share(draw((count * world(), *rest)))


def generator(*seed: int) -> np.random.Generator | ShareOfDraws:
    whole = np.random.default_rng(seed)
    return whole if world() == 1 else ShareOfDraws(whole)


def rand(*shape: int, device=None) -> Tensor:
    """Uniform numbers; the first axis is the batch."""
    own = shape[0]
    return torch.rand(own * world(), *shape[1:], device=device)[rank() * own : (rank() + 1) * own]


def randn_like(x: Tensor) -> Tensor:
    """Normal numbers of the shape of x; the first axis is the batch."""
    whole = torch.randn(len(x) * world(), *x.shape[1:], device=x.device, dtype=x.dtype)
    return whole[rank() * len(x) : (rank() + 1) * len(x)]


def randint(high: int, count: int, device=None) -> Tensor:
    """Whole numbers below `high` for `count` rows of the batch."""
    return torch.randint(high, (count * world(),), device=device)[rank() * count : (rank() + 1) * count]


def save_arrays(path: Path, **arrays: np.ndarray) -> None:
    """An `.npz`, by the first process and in one step, so that another may read it at any time."""
    if not first():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.stem}.tmp.npz")
    np.savez(temporary, **arrays)
    os.replace(temporary, path)


def gather(x: Tensor) -> Tensor:
    """The rows of all processes, with their gradients; only while training, when every process is there."""
    if world() == 1 or not torch.is_grad_enabled():
        return x
    from torch.distributed.nn.functional import all_gather

    return torch.cat(all_gather(x))


class _Loss(nn.Module):
    def __init__(self, modules: dict[str, nn.Module], loss):
        super().__init__()
        self.parts, self.loss = nn.ModuleDict({name.replace(".", "_"): m for name, m in modules.items()}), loss

    def forward(self, rng, step):
        return self.loss(rng, step)


def joined(modules: dict[str, nn.Module], loss):
    """`loss` with gradients averaged over the processes."""
    if world() == 1:
        return loss
    return nn.parallel.DistributedDataParallel(_Loss(modules, loss), find_unused_parameters=True, broadcast_buffers=False)


def mean_over_processes(values: Tensor) -> Tensor:
    if world() > 1:
        dist.all_reduce(values)
    return values / world()


def from_first(value: float) -> float:
    """The value of the first process, so that all stop at the same step."""
    if world() == 1:
        return value
    box = [value]
    dist.broadcast_object_list(box, 0)
    return box[0]


def spread_from_first(modules: dict[str, nn.Module]) -> None:
    """Every process gets the first one's weights."""
    if world() > 1:
        for module in modules.values():
            for tensor in module.state_dict().values():
                dist.broadcast(tensor, 0)

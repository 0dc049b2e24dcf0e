"""The device that the stages of this process compute on; set once by the command line."""

import torch

_device = torch.device("cpu")


def use_device(name: str) -> None:
    """`cpu`, `cuda` or `cuda:1`. Raises ValueError where it is not there."""
    global _device
    wanted = torch.device(name)
    if wanted.type == "cuda" and not torch.cuda.is_available():
        raise ValueError(f"--device {name}: PyTorch finds no CUDA device here; leave the option out to use the CPU")
    if wanted.type == "cuda":
        # Tensor cores for what autocast leaves in float32.
        torch.set_float32_matmul_precision("high")
    _device = wanted


def device() -> torch.device:
    return _device


def half_precision(on_cpu: bool = True) -> torch.autocast:
    """bfloat16 for the networks of a step: always on a GPU, on a CPU where it was measured to be faster."""
    return torch.autocast(_device.type, torch.bfloat16, enabled=on_cpu or _device.type != "cpu")

"""The device that the stages of this process compute on; set once by the command line."""

import platform
from pathlib import Path

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


def hardware() -> str:
    """What computes here, in words: the GPU, or the processor and the threads on it."""
    if _device.type == "cuda":
        return torch.cuda.get_device_name(_device)
    threads = torch.get_num_threads()
    return f"{_processor()}, {threads} thread{'s' if threads > 1 else ''}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def half_precision(on_cpu: bool = True) -> torch.autocast:
    """bfloat16 for the networks of a step: always on a GPU, on a CPU where it was measured to be faster."""
    return torch.autocast(_device.type, torch.bfloat16, enabled=on_cpu or _device.type != "cpu")

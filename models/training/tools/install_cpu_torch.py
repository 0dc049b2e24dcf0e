"""Installs PyTorch for CPU work, and the kit with its tests, into a virtual environment. Safe to run again.

    python models/training/tools/install_cpu_torch.py --venv DIR

First choice is PyTorch's own CPU index. Where that cannot be reached, the wheel of the package index is taken without
its CUDA libraries (several GB), together with the real CUDA runtime (2 MB); every other CUDA library is replaced by a
stand-in whose functions all return an error, so that the wheel imports and finds no device. In all less than 1 GB.
"""

import argparse
import collections
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import venv
from pathlib import Path

TORCH = "torch==2.13.*"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_RUNTIME = "nvidia-cuda-runtime==13.0.*"
KIT = Path(__file__).resolve().parent.parent
PURE = ["filelock", "typing-extensions>=4.10", "setuptools>=77", "sympy>=1.13.3", "networkx>=2.5.1", "jinja2", "fsspec"]
CHECK = """
import torch
layer = torch.nn.Conv2d(3, 4, 3)
y = layer(torch.ones(1, 3, 8, 8)).square().sum()
y.backward()
assert torch.isfinite(layer.weight.grad).all() and layer.weight.grad.abs().sum() > 0
assert not torch.cuda.is_available()
print("torch", torch.__version__, "works on the CPU")
"""
# Libraries whose symbols carry no version: recognised by their prefix.
PREFIXES = {
    "libnccl.so.2": ("nccl", "pnccl"),
    "libcufile.so.0": ("cuFile",),
    "libcusparseLt.so.0": ("cusparseLt",),
    "libcurand.so.10": ("curand",),
    "libcuda.so.1": ("cu",),
}
# The version node of a library where it is not its file name.
VERSION_NODE = {"libnvshmem_host.so.3": "NVSHMEM"}


def works(python: Path) -> bool:
    return subprocess.run([python, "-c", CHECK], stderr=subprocess.DEVNULL).returncode == 0


def pip(python: Path, *arguments: str) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def reachable(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/torch/", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout


def build_stand_ins(library_folder: Path) -> list[str]:
    """Compiles a stand-in for each shared library that torch needs and this machine lacks; returns their names."""
    for tool in ("gcc", "nm", "readelf"):
        if not shutil.which(tool):
            raise SystemExit(f"{tool} is needed to build the stand-ins: install the packages gcc and binutils, then run again")
    binaries = [*library_folder.glob("*.so*"), *library_folder.parent.glob("_C*.so")]
    provided = {b.name for b in binaries}
    known = output("ldconfig", "-p")
    needed, versioned, plain, defined = set(), collections.defaultdict(set), set(), set()
    for binary in binaries:
        needed |= set(re.findall(r"NEEDED.*\[(.*?)\]", output("readelf", "-dW", str(binary))))
        for line in output("nm", "-D", str(binary)).splitlines():
            *_, kind, name = line.split()
            symbol, _, version = name.partition("@")
            version = version.lstrip("@")
            if kind not in "Uw":
                defined.add(symbol)
            elif version:
                versioned[version].add(symbol)
            else:
                plain.add(symbol)
    missing = sorted(n for n in needed if n not in provided and n not in known)
    with tempfile.TemporaryDirectory() as work:
        source, script = Path(work, "stand_in.c"), Path(work, "versions.map")
        for name in missing:
            version = VERSION_NODE.get(name, name)
            symbols = versioned.get(version) or {s for s in plain - defined if s.startswith(PREFIXES.get(name, ("\0",)))}
            # 999 is cudaErrorUnknown: nothing can take it for a working device.
            source.write_text("\n".join(f"int {s}(void) {{ return 999; }}" for s in sorted(symbols)) or "int none_;")
            command = ["gcc", "-w", "-fno-builtin", "-shared", "-fPIC", "-o", str(library_folder / name), str(source)]
            command.append(f"-Wl,-soname,{name}")
            if version in versioned:
                script.write_text(f"{version} {{ global: *; }};")
                command.append(f"-Wl,--version-script={script}")
            subprocess.run(command, check=True)
    return missing


def install_without_cuda(python: Path) -> None:
    pip(python, "--no-deps", TORCH, CUDA_RUNTIME)
    print("pip may now list CUDA packages that torch requires: they are left out on purpose", flush=True)
    pip(python, *PURE)
    packages = Path(output(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    library_folder = packages / "torch" / "lib"
    for runtime in packages.glob("nvidia/**/libcudart.so.*"):
        shutil.copy2(runtime, library_folder)
    print("stand-ins for", ", ".join(build_stand_ins(library_folder)))


def install_kit(python: Path) -> None:
    """The kit's other dependencies; never torch's own, which would bring the CUDA libraries."""
    project = tomllib.loads((KIT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    pip(python, *[d for d in wanted if not d.startswith("torch")], "setuptools>=77")
    pip(python, "--no-deps", "--no-build-isolation", "-e", str(KIT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, required=True, help="virtual environment; made when it does not exist")
    parser.add_argument("--torch-only", action="store_true", help="leave the kit and its other dependencies out")
    options = parser.parse_args()
    if not (options.venv / "pyvenv.cfg").exists():
        venv.create(options.venv, with_pip=True)
    python = options.venv.resolve() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not works(python):
        # Elsewhere than on Linux the package index holds CPU wheels already.
        if sys.platform != "linux":
            pip(python, TORCH)
        elif reachable(CPU_INDEX):
            pip(python, TORCH, "--index-url", CPU_INDEX)
        else:
            print(f"{CPU_INDEX} cannot be reached: taking the wheel of the package index with stand-ins")
            install_without_cuda(python)
        if not works(python):
            raise SystemExit("torch does not import: remove the virtual environment and run again")
    if not options.torch_only:
        install_kit(python)


if __name__ == "__main__":
    main()

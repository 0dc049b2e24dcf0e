"""Two processes of torchrun learn what one process with the same global batch learns."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from cardionets_training import parallel

HERE = Path(__file__).parent
STEPS = ["--steps", "4", "--batch", "4", "--threads", "1"]


def run(home: Path, processes: int, *argv: str) -> None:
    launcher = [sys.executable, str(HERE / "tiny.py")]
    if processes > 1:
        launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}", str(HERE / "tiny.py")]
    environment = {**os.environ, "CARDIONETS_HOME": str(home), "PYTHONPATH": str(HERE.parent), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([*launcher, *argv], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


STAGES = ("pretrain-cmr", "align")  # random masks and augmentation; negatives from the other process


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """The same cache for one process and for two."""
    homes = {n: tmp_path_factory.mktemp(f"processes-{n}") for n in (1, 2)}
    run(homes[1], 1, "simulate", "--only", "validation", "train")
    run(homes[1], 1, "pretrain-ecg", "--steps", "1", "--batch", "4", "--threads", "1")
    (homes[2] / "cache").symlink_to(homes[1] / "cache")
    shutil.copytree(homes[1] / "weights", homes[2] / "weights")
    for processes, home in homes.items():
        for stage in STAGES:
            run(home, processes, stage, *STEPS)
    return homes


@pytest.mark.parametrize("stage", STAGES)
def test_two_processes_give_the_loss_curve_of_one(homes, stage):
    curves = {}
    for processes, home in homes.items():
        log = json.loads((home / "runs" / stage / "log.json").read_text())["log"]
        curves[processes] = [row["loss"] for row in log if "loss" in row]
    assert len(curves[1]) == 4
    np.testing.assert_allclose(curves[2], curves[1], rtol=2e-4)
    weights = [load_file(home / "weights" / f"{stage}.safetensors") for home in homes.values()]
    for name, value in weights[0].items():
        np.testing.assert_allclose(weights[1][name].float().numpy(), value.float().numpy(), atol=2e-3, err_msg=name)


def test_a_batch_that_cannot_be_divided_is_refused(monkeypatch):
    monkeypatch.setattr(parallel, "world", lambda: 2)
    with pytest.raises(ValueError, match="a batch of 3 cannot be divided by 2 processes"):
        parallel.share(np.arange(3))


def test_shares_of_draws_are_what_one_process_draws(monkeypatch):
    whole = np.random.default_rng(0)
    expected = whole.integers(0, 9, 6), whole.random((6, 2))
    parts = []
    for rank in range(3):
        monkeypatch.setattr(parallel, "world", lambda: 3)
        monkeypatch.setattr(parallel, "rank", lambda rank=rank: rank)
        draws = parallel.ShareOfDraws(np.random.default_rng(0))
        parts.append((draws.integers(0, 9, 2), draws.random((2, 2))))
    for i in range(2):
        np.testing.assert_array_equal(np.concatenate([part[i] for part in parts]), expected[i])

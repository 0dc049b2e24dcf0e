"""What work cost, and that work which was kept is counted once."""

import time

import numpy as np

from cardionets_training import cli
from cardionets_training.cost import Cost, Meter
from cardionets_training.evaluation.kept_costs import kept_costs
from cardionets_training.parallel import save_arrays


def busy(seconds: float) -> None:
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


def test_waiting_costs_no_processor_time_and_work_does():
    meter = Meter()
    time.sleep(0.1)
    waited = meter.spent()
    busy(0.1)
    worked = meter.spent() - waited
    assert waited.wall_s >= 0.1 and waited.processor_s < 0.05
    assert 0.08 <= worked.processor_s < 0.3


def test_kept_work_is_in_no_part():
    part = Meter()
    cell = Meter()
    busy(0.1)
    kept = cell.keep()
    assert kept.processor_s >= 0.08
    assert part.spent().processor_s < 0.05
    assert part.spent().wall_s < 0.05


def test_kept_costs_are_summed_by_hardware_and_the_unmeasured_are_counted(tmp_path):
    for i in range(3):
        save_arrays(tmp_path / "cells" / f"{i}.npz", cost=Cost(60, 90).array(), hardware=np.array("a processor"))
    save_arrays(tmp_path / "cells" / "old.npz", test=np.zeros(2))
    assert kept_costs(tmp_path) == [
        {"what": "fine-tuned cells", "files": 3, "hardware": "a processor", "minutes": 3.0, "processor_minutes": 4.5},
        {"what": "fine-tuned cells", "files": 1, "hardware": None},
    ]


def test_a_noted_command_holds_no_path_of_this_machine():
    assert cli._shown(["export", "--key", "/home/a/key.pem", "--pack-version", "1.0.0"]) == "cardionets-train export --key … --pack-version 1.0.0"


def test_run_notes_every_stage_under_its_own_name(monkeypatch):
    """Also those after the baselines, whose names `run` goes through."""
    noted = []
    monkeypatch.setattr(cli, "_run_stage", lambda module, stage, options, argv: noted.append(stage))
    assert cli.main(["run"]) == 0
    assert noted[-2:] == ["evaluate", "export"]
    assert "baseline-vgen" in noted and "train-vae" in noted

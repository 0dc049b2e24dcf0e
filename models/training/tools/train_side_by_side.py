"""All stages on one machine with a GPU and many cores, side by side: each starts as soon as what it reads is there.

    python models/training/tools/train_side_by_side.py --minutes 9 [--workers 14] [--only JOB …]

The small networks of profile S leave a large GPU idle most of the time, and the simulation needs the processor only, so
several stages share both. Logs go to `runs/side-by-side/<job>.log`; the exit code says how many jobs failed.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CARDIONETS_HOME", KIT))


@dataclass
class Job:
    """One command of the kit. `after` are jobs that must have ended well, `waits` jobs that must have ended, `cines` rows
    of the training cohort that must be there, `share` the part of the whole time that its training may take (None: it
    ends by itself)."""

    name: str
    command: str
    after: tuple[str, ...] = ()
    cines: int = 0
    share: float | None = None
    waits: tuple[str, ...] = ()
    process: subprocess.Popen | None = field(default=None, repr=False)
    started: float = 0.0
    seconds: float = 0.0

    @property
    def code(self) -> int | None:
        return None if self.process is None else self.process.poll()


def jobs(workers: int) -> list[Job]:
    simulate = f"simulate --workers {workers} --kinds"
    return [
        Job("ecgs", f"{simulate} ecg"),
        Job("cines-validation", f"{simulate} cine --only validation", ("ecgs",)),
        Job("cines-train", f"{simulate} cine --only train", ("cines-validation",)),
        Job("cines-test", f"{simulate} cine --only test", ("cines-train",)),
        Job("pretrain-ecg", "pretrain-ecg --batch 512", ("ecgs",), share=0.29),
        Job("train-vae", "train-vae --pairs 3000 --batch 32", ("cines-validation",), 3000, 0.26),
        Job("pretrain-cmr", "pretrain-cmr --pairs 8000 --batch 128", ("cines-validation",), 8000, 0.19),
        Job("align", "align --batch 256 --window 15 --views 4", ("pretrain-ecg", "pretrain-cmr", "cines-train"), share=0.18),
        Job("finetune", "finetune --batch 256 --window 15", ("align",), share=0.2),
        Job("train-generator", "train-generator --batch 256 --views 5", ("align", "train-vae"), share=0.33),
        Job("cross-ae", "baseline cross-ae --batch 64", ("cines-train",), share=0.1),
        Job("mmcl", "baseline mmcl --batch 128", ("pretrain-ecg", "cines-train"), share=0.1),
        Job("vgen", "baseline vgen --batch 32", ("align", "train-vae"), share=0.15),
        Job("scratch", "baseline scratch", ("cines-train",)),
        Job("ssl", "baseline ssl", ("pretrain-ecg", "cines-train")),
        Job("cmr", "baseline cmr", ("pretrain-cmr", "cines-test")),
        Job("aligned", "baseline aligned", ("align",)),
        Job("evaluate-task", "evaluate --part task", ("finetune",)),
        Job("evaluate-features", "evaluate --part features", ("finetune", "cines-test"), waits=("mmcl", "cross-ae")),
        Job("evaluate-cines", "evaluate --part cines", ("finetune", "train-generator", "cines-test"), waits=("cross-ae", "mmcl", "vgen")),
    ]


def rows_there(count: int) -> bool:
    """Whether the first `count` cines of the training cohort have been simulated."""
    mark = HOME / "cache" / "train" / "cine.done.json"
    return not count or (mark.exists() and min(json.loads(mark.read_text())["left"], default=count) >= count)


def start(job: Job, folder: Path, device: str, minutes: float, threads: int) -> None:
    command = [sys.executable, "-m", "cardionets_training", *job.command.split()]
    if not job.command.startswith("simulate"):
        command += ["--device", device, "--threads", str(threads)]
    if job.share is not None:
        command += ["--minutes", f"{minutes * job.share:.2f}"]
    path = os.pathsep.join([str(KIT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
    log = open(folder / f"{job.name}.log", "w")
    job.process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    job.started = time.monotonic()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, required=True, help="the whole; every stage takes its share")
    options.add_argument("--device", default="cuda")
    options.add_argument("--workers", type=int, default=os.cpu_count(), help="processes of the simulation")
    options.add_argument("--threads", type=int, default=4)
    options.add_argument("--only", nargs="*", help="these jobs; what they need is taken to be there")
    options = options.parse_args()
    plan = [job for job in jobs(options.workers) if not options.only or job.name in options.only]
    planned = {job.name for job in plan}
    folder = HOME / "runs" / "side-by-side"
    folder.mkdir(parents=True, exist_ok=True)
    begun, done = time.monotonic(), {}
    while len(done) < len(plan):
        for job in plan:
            if job.name in done:
                continue
            needs = [name for name in job.after if name in planned]
            if job.process is None:
                if any(done.get(name, 0) for name in needs):
                    done[job.name] = -1
                    print(f"{job.name}: not started, it needs {', '.join(n for n in needs if done.get(n))}", flush=True)
                elif all(name in done for name in [*needs, *job.waits] if name in planned) and rows_there(job.cines):
                    start(job, folder, options.device, options.minutes, options.threads)
                    print(f"{time.monotonic() - begun:6.1f} s  {job.name} starts", flush=True)
            elif job.code is not None:
                done[job.name], job.seconds = job.code, time.monotonic() - job.started
                print(f"{time.monotonic() - begun:6.1f} s  {job.name} ended with {job.code} after {job.seconds:.0f} s", flush=True)
                if job.code:
                    print((folder / f"{job.name}.log").read_text()[-1500:], flush=True)
        (folder / "times.json").write_text(json.dumps({j.name: {"code": done.get(j.name), "seconds": round(j.seconds, 1)} for j in plan}, indent=1))
        time.sleep(0.2)
    return sum(code != 0 for code in done.values())


if __name__ == "__main__":
    sys.exit(main())

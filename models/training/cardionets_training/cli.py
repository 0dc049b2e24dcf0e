"""`cardionets-train <stage>`: one command per stage, from an empty machine to a signed pack."""

import argparse
import importlib
import sys

import torch

from . import parallel
from .config import GENERATORS, PROFILES
from .cost import Cost
from .device import use_device
from .paths import KEYS, PACK
from .stage_runs import record_run

STAGES = {
    "simulate": "draw the simulated cohorts into the cache",
    "train-vae": "space-time autoencoder of the cine",
    "pretrain-ecg": "masked autoencoder of unlabelled ECGs",
    "pretrain-cmr": "masked autoencoder of cines",
    "align": "contrastive alignment of ECG and cine",
    "train-generator": "masked autoregressive generator of cines from ECGs",
    "finetune": "phenotypes, diseases and subtypes from the aligned encoder",
    "baseline": "one of the methods that CardioNets is compared with",
    "evaluate": "every table and figure, the report, and what the pack states of itself",
    "export": "ONNX graphs, golden outputs, signed model pack",
}
# What several processes of torchrun train together.
JOINT = ("train-vae", "pretrain-ecg", "pretrain-cmr", "align", "train-generator", "finetune", "cross-ae", "mmcl", "vgen")
BASELINES = ("scratch", "ssl", "aligned", "cmr", "cross-ae", "mmcl", "vgen")


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser("cardionets-train", description=__doc__)
    commands = root.add_subparsers(dest="stage", required=True, metavar="STAGE")
    key = commands.add_parser("keygen", help="make an Ed25519 key pair for signing packs")
    key.add_argument("--name", default="development")
    pairs = commands.add_parser("import-pairs", help="real pairs of ECG and cine instead of simulated ones")
    ecgs = commands.add_parser("import-ecgs", help="ECGs in the layout of MIMIC-IV-ECG instead of simulated ones")
    for p in (pairs, ecgs):
        p.add_argument("folder")
    ecgs.add_argument("--labels", required=True, help="CSV of the diseases of each subject or study")
    for name, help_text in {**STAGES, "run": "all stages in order"}.items():
        p = commands.add_parser(name, help=help_text)
        if name == "baseline":
            p.add_argument("name", choices=BASELINES)
        p.add_argument("--profile", choices=["S", "M"], default="S")
        p.add_argument("--seed", type=int, default=0)
        p.add_argument("--device", default="cpu", help="where networks and batches live: cpu, cuda, cuda:1")
        p.add_argument("--threads", type=int, default=2, help="threads of PyTorch on the CPU")
        p.add_argument("--workers", type=int, default=2, help="simulate: processes")
        p.add_argument("--batch", type=int, help="samples of a step (default of the stage, for two cores)")
        p.add_argument("--window", type=int, help="align, finetune: patches of each lead that a step looks at, of 30")
        p.add_argument("--views", type=int, help="align: augmented views of each cine; train-generator: crops of each ECG")
        p.add_argument("--steps", type=int, help="training steps (default of the stage)")
        p.add_argument("--minutes", type=float, help="wall-clock limit of the training; the rate schedule follows it")
        p.add_argument("--part", nargs="*", choices=["task", "features", "cines", "slides", "tables"], help="evaluate: these parts only")
        p.add_argument("--generators", nargs="*", choices=GENERATORS, help="evaluate: only these in the part `cines`, added to the others")
        p.add_argument("--full", action="store_true", help="evaluate: fine-tune every cell, where a GPU is")
        p.add_argument("--report-only", action="store_true", help="evaluate: the report again, from the results")
        p.add_argument("--subjects", type=int, help="simulate: so many of each cohort; finetune: only the first labels; evaluate: at most so many")
        p.add_argument("--pairs", type=int, help="simulate: so many of each cohort; stages that read cines: only the first ones")
        p.add_argument("--again", action="store_true", help="another sitting: start from the stage's saved weights")
        p.add_argument("--rate", type=float, help="peak learning rate")
        p.add_argument(
            "--start",
            choices=["pretrain-ecg", "align", "scratch"],
            help="where the ECG encoder comes from (default of finetune: align; of align: pretrain-ecg)",
        )
        p.add_argument("--only", nargs="*", help="simulate: these cohorts, in this order")
        p.add_argument("--kinds", nargs="*", choices=["ecg", "cine"], default=["ecg", "cine"], help="simulate: this data")
        p.add_argument("--untrained", action="store_true", help="export: initial weights, for work on the application")
        p.add_argument("--key", default=str(KEYS / "development.pem"), help="export: private key")
        p.add_argument("--out", default=str(PACK), help="export: folder of the pack")
        p.add_argument("--pack-version", default="0.2.0", help="export: version of the pack")
    return root


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    try:
        if options.stage == "keygen":
            from . import signing

            private, public = signing.generate(KEYS, options.name)
            print(f"private key (keep it, never commit it): {private}\npublic key: {public}\n{signing.describe_public(public)}")
            return 0
        if options.stage.startswith("import-"):
            importlib.import_module(f".stages.{options.stage.replace('-', '_')}", __package__).run(options)
            return 0
        # Stages that are no training run in the first process only; the others have nothing to do.
        if options.stage in JOINT or getattr(options, "name", None) in JOINT:
            options.device = parallel.start(options.device)
        elif not parallel.is_first_launched():
            return 0
        use_device(options.device)
        options.profile = PROFILES[options.profile]
        torch.set_num_threads(options.threads)
        for stage in STAGES if options.stage == "run" else [options.stage]:
            module = importlib.import_module(f".stages.{stage.replace('-', '_')}", __package__)
            # `run` trains every baseline in turn.
            for name in BASELINES if options.stage == "run" and stage == "baseline" else [getattr(options, "name", None)]:
                options.name = name
                _run_stage(module, f"{stage}-{name}" if stage == "baseline" else stage, options, argv)
        return 0
    except (FileNotFoundError, FileExistsError, ValueError, RuntimeError, FloatingPointError) as error:
        print(f"cardionets-train {options.stage}: {error}", file=sys.stderr)
        return 1
    finally:
        parallel.stop()


def _run_stage(module, stage: str, options, argv: list[str] | None) -> None:
    """Runs a stage, and notes the command, the hardware and what it cost, also where it ended with a problem."""
    began, problem = Cost.so_far(), None
    try:
        module.run(options)
    except BaseException as error:
        problem = type(error).__name__
        raise
    finally:
        if parallel.first() and not options.report_only:
            record_run(stage, _shown(sys.argv[1:] if argv is None else argv), Cost.so_far() - began, problem)


def _shown(argv: list[str]) -> str:
    """The command as the report may print it: without the paths of this machine."""
    hidden = [i + 1 for i, word in enumerate(argv) if word in ("--key", "--out")]
    return " ".join(["cardionets-train", *("…" if i in hidden else word for i, word in enumerate(argv))])

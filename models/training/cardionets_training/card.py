"""The model card for people, written from what evaluation measured."""

from .config import Profile

HEADLINES = {
    "untrained": "Untrained weights: the numbers mean nothing.",
    "simulated cohort": "Trained on a simulated cohort. Not for clinical use.",
    "imported data": "Trained on imported recordings. Not for clinical use.",
}
HELD_OUT = {"simulated cohort": "simulated subjects", "imported data": "imported recordings"}


def write_card(profile: Profile, quality, version: str) -> str:
    lines = [
        f"# CardioNets pack, profile {profile.name}, version {version}",
        "",
        f"**{HEADLINES[quality.origin]}**",
        "",
        "Reads a resting 12-lead ECG and gives 82 cardiac-MR phenotypes, the probability of four diseases, three "
        "cardiomyopathy subtypes, and a generated 4-chamber cine.",
        "",
        f"Training data: {quality.training_data['en']}",
        "",
        "Intended use: research and demonstration. Not a medical device. A generated cine is not an acquired image.",
    ]  # fmt: skip
    summary = quality.metrics.get("summary")
    if summary:
        lines += ["", f"## Measured on held-out {HELD_OUT[quality.origin]}", "", "| quantity | value |", "|---|---|"]
        lines += [f"| {name} | {value} |" for name, value in summary.items()]
    for title, items in quality.metrics.get("notes", {}).items():
        lines += ["", f"## {title}", ""] + [f"- {item}" for item in items]
    return "\n".join(lines) + "\n"

"""The part of the report about the network that the pack ships."""

from .document import Document
from .report_numbers import number, percent, with_interval


def add_task_network(document: Document, metrics: dict, note: str) -> None:
    document.heading("The network of the pack")
    rows = [
        [name.upper(), str(v["subjects"]), str(v["positives"]), with_interval(v["auc"], v["auc_delong_95"]), with_interval(v["auc"], v["auc_wilson_95"]),
         number(v["auc_true_labels"]), number(v["sensitivity"]), number(v["specificity"]), number(v["brier"])]
        for name, v in metrics["diseases"].items()
    ]  # fmt: skip
    document.table(["disease", "n", "patients", "AUC (DeLong 95 %)", "as in the article (Wilson)", "AUC, true labels", "sensitivity", "specificity", "Brier"], rows, note)
    pheno = metrics["phenotypes"]
    document.text(
        f"Mean R² over 82 phenotypes {number(pheno['mean_r2'])} on {pheno.get('subjects', '')} subjects; the 90 % intervals hold {percent(pheno['mean_coverage_90'])} of the values "
        f"(farthest phenotype {percent(pheno['worst_coverage_90'])})."
    )

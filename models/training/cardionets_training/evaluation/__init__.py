"""Evaluation as in the article (section g): cells, statistics, and one report from one file of results."""

"""Training kit of CardioNets: networks, simulated cohort, stages, evaluation and model packs."""

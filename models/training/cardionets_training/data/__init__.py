"""Where training data comes from: the simulated cohort and folders of real pairs."""

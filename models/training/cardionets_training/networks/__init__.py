"""The networks of CardioNets, sections a2 to a7 of the model specification."""

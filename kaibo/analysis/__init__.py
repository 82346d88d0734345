"""Figures over many events: what they mean, as data, and the arithmetic they share. Knows nothing of features."""

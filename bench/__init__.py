"""Measurements beside a limit of the same machine in the same run, printed as ratios. These machines are noisy: read ratios first."""

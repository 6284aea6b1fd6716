"""Figures of speed and size, as ratios to the bare limit on the same machine in the same run."""

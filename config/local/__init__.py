"""Runs a whole installation on one machine: servers, processes, first start."""

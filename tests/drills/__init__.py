"""Drills: real processes are killed while clients work; the clients' journal decides."""

"""One file per kind of change of a table."""

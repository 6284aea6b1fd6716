"""The designer's HTTP interface."""

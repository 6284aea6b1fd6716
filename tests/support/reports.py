"""Results of reports as a person reads them."""

from __future__ import annotations

from engines.reports.result import Result
from engines.values import JsonValue


def labelled(found: Result) -> tuple[tuple[JsonValue, ...], ...]:
    """The rows with the labels of their dimensions in place of the values."""
    return tuple(
        (*labels, *row[len(labels) :]) for labels, row in zip(found.labels, found.rows, strict=True)
    )

"""A table as series over categories, for bars and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engines.reports.numbers import drawn, written
from engines.reports.palette import color
from engines.reports.table import Bucket, Cell, Table
from engines.texts import text
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: its number, how it is written, and the cell behind it."""

    value: Decimal | None
    text: str
    cell: Mapping[str, JsonValue] | None


@dataclass(frozen=True, slots=True)
class Series:
    """One trace: a point per category, in their order."""

    name: str
    color: str
    points: tuple[Point, ...]


def series(table: Table, language: str) -> tuple[tuple[Bucket, ...], tuple[Series, ...]]:
    """The categories of the first dimension, and a series per bucket of the second.

    With one dimension each measure is a series. A pair that has no records is a point without a
    number.
    """
    categories = tuple(dict.fromkeys(line.buckets[0] for line in table.lines))
    if len(table.dimensions) == 1:
        found = {line.buckets[0]: line for line in table.lines}
        return categories, tuple(
            Series(
                text(measure.label, language, measure.key),
                color(None, position),
                tuple(
                    _point(table, (bucket,), found[bucket].values[position], position, language)
                    for bucket in categories
                ),
            )
            for position, measure in enumerate(table.measures)
        )
    parts = sorted(
        dict.fromkeys(line.buckets[1] for line in table.lines), key=lambda each: each.opaque
    )
    values = {line.buckets: line.values[0] for line in table.lines}
    return categories, tuple(
        Series(
            part.label,
            color(part.color, position),
            tuple(
                _point(table, (bucket, part), values.get((bucket, part)), 0, language)
                for bucket in categories
            ),
        )
        for position, part in enumerate(parts)
    )


def _point(
    table: Table, buckets: tuple[Bucket, ...], value: Cell, measure: int, language: str
) -> Point:
    number = value if isinstance(value, Decimal) else None
    return Point(
        number, written(number, language, table.measures[measure].format), cell(table, buckets)
    )


def cell(table: Table, buckets: tuple[Bucket, ...]) -> Mapping[str, JsonValue] | None:
    """The dimension values behind a mark, for drilling; None where no records can be listed."""
    if any(bucket.opaque for bucket in buckets):
        return None
    return {
        dimension.key: bucket.value
        for dimension, bucket in zip(table.dimensions, buckets, strict=True)
    }


def step_cell(bucket: Bucket) -> Mapping[str, JsonValue] | None:
    """The cell of a funnel's step; None where its records cannot be listed."""
    return None if bucket.opaque else {"step": bucket.value}


def marks(one: Series) -> dict[str, Any]:
    """What every trace over categories carries: numbers, texts and cells."""
    return {
        "values": [drawn(point.value) for point in one.points],
        "text": [point.text for point in one.points],
        "customdata": [point.cell for point in one.points],
    }

"""Arranged results: what every chart, the table and the API read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engines.reports.measure import MeasurePlan
from engines.reports.plan import DimensionPlan
from engines.values import JsonValue

Cell = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a dimension: as stored (JSON), as shown, and the colour of its option.

    ``opaque``: the records behind it cannot be listed (the sum of others).
    """

    value: JsonValue
    label: str
    color: str | None = None
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One group: its buckets and the values of the measures (numbers; dates as text)."""

    buckets: tuple[Bucket, ...]
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``more`` groups are not shown: cut off by the limit, or summed up in the line 其他."""

    dimensions: tuple[DimensionPlan, ...]
    measures: tuple[MeasurePlan, ...]
    lines: tuple[Line, ...]
    more: int = 0

    def numbers(self, measure: int) -> list[Decimal | None]:
        """All values of a measure that are numbers."""
        return [
            value if isinstance(value, Decimal) else None
            for value in (line.values[measure] for line in self.lines)
        ]

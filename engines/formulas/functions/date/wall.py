"""A date or a moment as the clock on the wall shows it, in Python and in SQL."""

from __future__ import annotations

from datetime import date, datetime

from engines.formulas import moments
from engines.formulas.function import SqlArgs
from engines.formulas.types import MOMENT


def on_the_wall(value: date | datetime, zone: str) -> datetime:
    """The day and time without a zone; a date is its own midnight."""
    if isinstance(value, datetime):
        return moments.local(value, zone)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - wall clock


WALL = "({0} AT TIME ZONE {zone})"


def wall_sql(call: SqlArgs) -> str:
    """The place ``{0}`` as the clock on the wall, whether it is a date or a moment."""
    return WALL if call.types[0] == MOMENT else "{0}::timestamp"

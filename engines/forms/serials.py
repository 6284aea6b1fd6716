"""Serial numbers: the period a counter belongs to, and the finished number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

DATE_PARTS = ("YYYY", "YY", "YYYYMM", "YYMM", "YYYYMMDD", "YYMMDD", "MM", "MMDD")
RESETS = ("never", "year", "month", "week", "day")

NEEDED: Mapping[str, tuple[str, ...]] = {
    "never": (),
    "year": ("YY",),
    "month": ("YY", "MM"),
    "week": ("YY", "MM", "DD"),
    "day": ("YY", "MM", "DD"),
}
"""Which parts of the date must stand in a number whose counter begins anew that often."""

Pattern = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SerialNeed:
    """A number to be taken from the counter of ``field`` in ``period``; the first is ``start``."""

    field: str
    period: str
    start: int


def need(field: str, pattern: Pattern, today: date) -> SerialNeed:
    """Which counter gives the next number, seen on ``today`` (the application's calendar)."""
    counter = next(part for part in pattern if "counter" in part)
    return SerialNeed(field, _period(counter.get("reset", "never"), today), counter.get("start", 1))


def finished(pattern: Pattern, number: int, today: date) -> str:
    """The whole serial number; a counter that outgrows its digits grows."""
    parts = []
    for part in pattern:
        if "text" in part:
            parts.append(str(part["text"]))
        elif "date" in part:
            parts.append(_date(part["date"], today))
        else:
            parts.append(str(number).zfill(part["counter"]))
    return "".join(parts)


def _period(reset: str, today: date) -> str:
    if reset == "year":
        return f"{today.year:04}"
    if reset == "month":
        return f"{today.year:04}{today.month:02}"
    if reset == "week":
        year, week, _ = today.isocalendar()
        return f"{year:04}W{week:02}"
    if reset == "day":
        return f"{today.year:04}{today.month:02}{today.day:02}"
    return ""


def _date(pattern: str, today: date) -> str:
    return (
        pattern.replace("YYYY", f"{today.year:04}")
        .replace("YY", f"{today.year % 100:02}")
        .replace("MM", f"{today.month:02}")
        .replace("DD", f"{today.day:02}")
    )

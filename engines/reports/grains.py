"""How fine a date dimension is: the bucket of a day, the next one, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engines.texts import Text


@dataclass(frozen=True, slots=True)
class Grain:
    """``start`` is the first day of the bucket of a day; ``next`` the first day of the one after.

    Weeks begin on Monday and are numbered as in ISO 8601. ``unit`` is the word of SQL's date_trunc.
    """

    key: str
    label: Text
    start: Callable[[date], date]
    next: Callable[[date], date]
    name: Callable[[date, str], str]

    @property
    def unit(self) -> str:
        """Its name in ``date_trunc``."""
        return self.key


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _week_name(day: date, language: str) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}年第{week}周" if language == "zh-Hans" else f"{year}-W{week:02}"


def _quarter_name(day: date, language: str) -> str:
    number = _quarter(day)
    return f"{day.year}年{number}季度" if language == "zh-Hans" else f"{day.year} Q{number}"


def _year_name(day: date, language: str) -> str:
    return f"{day.year}年" if language == "zh-Hans" else str(day.year)


GRAINS: dict[str, Grain] = {
    grain.key: grain
    for grain in (
        Grain(
            "year",
            {"zh-Hans": "年", "en": "Year"},
            lambda day: date(day.year, 1, 1),
            lambda day: date(day.year + 1, 1, 1),
            _year_name,
        ),
        Grain(
            "quarter",
            {"zh-Hans": "季度", "en": "Quarter"},
            lambda day: date(day.year, 3 * _quarter(day) - 2, 1),
            lambda day: _months_later(day, 3),
            _quarter_name,
        ),
        Grain(
            "month",
            {"zh-Hans": "月", "en": "Month"},
            lambda day: day.replace(day=1),
            lambda day: _months_later(day, 1),
            lambda day, language: f"{day.year}-{day.month:02}",
        ),
        Grain(
            "week",
            {"zh-Hans": "周", "en": "Week"},
            lambda day: day - timedelta(days=day.weekday()),
            lambda day: day + timedelta(days=7),
            _week_name,
        ),
        Grain(
            "day",
            {"zh-Hans": "日", "en": "Day"},
            lambda day: day,
            lambda day: day + timedelta(days=1),
            lambda day, language: day.isoformat(),
        ),
    )
}

_BUCKET = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|[ -]?Q([1-4])|-W(\d{2}))?$")


def bucket_day(text: str) -> date | None:
    """A day of the bucket that is called so: ``2026``, ``2026 Q1``, ``2026-11``, ``2026-W05`` or a
    day; None for anything else."""
    match = _BUCKET.match(text)
    if match is None:
        return None
    year, month, day, quarter, week = (int(part) if part else None for part in match.groups())
    try:
        if week is not None:
            return date.fromisocalendar(year or 0, week, 1)
        return date(year or 0, 3 * quarter - 2 if quarter else month or 1, day or 1)
    except ValueError:
        return None


MOST_FILLED = 400
"""Gaps between buckets are filled up to this many; a longer axis keeps its gaps."""


def between(grain: Grain, first: date, last: date) -> Iterator[date]:
    """The starts of all buckets from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first = grain.next(first)

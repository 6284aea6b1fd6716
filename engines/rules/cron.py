"""Five-field cron expressions: read, and the next moment after a given one in a time zone.

Fields: minute, hour, day of month, month, day of week (0 or 7 = Sunday). Lists, ranges, steps and
English names of months and weekdays are allowed. As in Vixie cron, when both day fields are
restricted a day that fits either fits. A local time that a clock change skips fires that much
later; one that occurs twice fires the first time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTH_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)}
_DAY_NAMES = {name: number for number, name in enumerate(_DAYS)}
_PART = re.compile(r"^(\*|(\w+)(?:-(\w+))?)(?:/(\d{1,2}))?$")

HORIZON_DAYS = 366 * 8 + 2
"""Long enough for 29 February across a century that is no leap year."""


@dataclass(frozen=True, slots=True)
class Cron:
    """Which minutes, hours, days, months and weekdays fit; ``either`` joins the two day fields."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def fits(self, day: date) -> bool:
        """True when it fires at least once on ``day``."""
        if day.month not in self.months:
            return False
        by_day = day.day in self.days
        by_weekday = day.isoweekday() % 7 in self.weekdays
        return (by_day or by_weekday) if self.either else (by_day and by_weekday)


def read_cron(text: str) -> Cron | None:
    """The expression, or None when it is not one or can never fire (31 February)."""
    parts = text.lower().split()
    if len(parts) != 5:
        return None
    minutes = _field(parts[0], 0, 59, {})
    hours = _field(parts[1], 0, 23, {})
    days = _field(parts[2], 1, 31, {})
    months = _field(parts[3], 1, 12, _MONTH_NAMES)
    weekdays = _field(parts[4], 0, 7, _DAY_NAMES)
    if not (minutes and hours and days and months and weekdays):
        return None
    cron = Cron(
        tuple(sorted(minutes)),
        tuple(sorted(hours)),
        days,
        months,
        frozenset(day % 7 for day in weekdays),
        not parts[2].startswith("*") and not parts[4].startswith("*"),
    )
    if not cron.either and not any(_possible(month, days) for month in months):
        return None
    return cron


def _possible(month: int, days: frozenset[int]) -> bool:
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return min(days) <= longest


def _field(text: str, low: int, high: int, names: Mapping[str, int]) -> frozenset[int] | None:
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.match(part)
        if match is None:
            return None
        whole, first, last, step = match.groups()
        start = low if whole == "*" else _number(first, names)
        if start is None:
            return None
        if whole == "*" or (step and last is None):
            end: int | None = high
        elif last is None:
            end = start
        else:
            end = _number(last, names)
        if end is None or not low <= start <= end <= high or step == "0":
            return None
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)


def _number(text: str, names: Mapping[str, int]) -> int | None:
    if text in names:
        return names[text]
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


def next_after(cron: Cron, moment: datetime, zone: str) -> datetime | None:
    """The first moment strictly after ``moment`` (aware), in UTC; None within eight years."""
    place = ZoneInfo(zone)
    # A day earlier: around a clock change the local day may lie behind the moment's.
    day = moment.astimezone(place).date() - timedelta(days=1)
    for _ in range(HORIZON_DAYS):
        if cron.fits(day):
            for hour in cron.hours:
                for minute in cron.minutes:
                    found = datetime.combine(day, time(hour, minute), place)
                    if found.astimezone(UTC) > moment:
                        return found.astimezone(UTC)
        day += timedelta(days=1)
    return None

"""Dates and moments: zones, reading them from text, adding months."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?(Z|[+-][01]\d:[0-5]\d)?",
    re.ASCII,
)
# The same for Postgres, written without counts in braces, which are places in SQL templates.
DAY_SQL = r"^\s*\d\d\d\d-\d\d?-\d\d?\s*$"
MOMENT_SQL = (
    r"^\s*\d\d\d\d-\d\d?-\d\d?"
    r"([T ]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?(Z|[+-][01]\d:[0-5]\d)?\s*$"
)


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The time zone called ``name``."""
    return ZoneInfo(name)


def local(moment: datetime, zone: str) -> datetime:
    """The clock on the wall at ``moment``, without a zone."""
    return moment.astimezone(zone_of(zone)).replace(tzinfo=None)


def at_wall(wall: datetime, zone: str) -> datetime | None:
    """The moment at which the clock shows ``wall``.

    Of two readings the one with the smaller offset is taken, as Postgres does: before a gap,
    after a repetition. Empty beyond the years 1 to 9999.
    """
    zone_info = zone_of(zone)
    offsets = []
    for fold in (0, 1):
        offset = wall.replace(tzinfo=zone_info, fold=fold).utcoffset()
        offsets.append(offset or timedelta())
    try:
        return (wall - min(offsets)).replace(tzinfo=UTC)
    except OverflowError:
        return None


def midnight(day: date, zone: str) -> datetime | None:
    """The moment at which ``day`` begins."""
    return at_wall(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001 - wall clock


def day_of(moment: datetime, zone: str) -> date:
    """The date shown at ``moment``."""
    return local(moment, zone).date()


def read_day(text: str) -> date | None:
    """``2026-01-31`` → the date; None for anything else."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_moment(text: str, zone: str) -> datetime | None:
    """``2026-01-31 08:30`` in ``zone``, or with an offset of its own; None for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - wall clock
    except ValueError:
        return None
    own = match[7]
    if own is None:
        return at_wall(wall, zone)
    minutes = 0 if own == "Z" else int(own[1:3]) * 60 + int(own[4:])
    try:
        shifted = wall - timedelta(minutes=-minutes if own[0] == "-" else minutes)
    except OverflowError:
        return None
    return shifted.replace(tzinfo=UTC)


def months_later(day: date, months: int) -> date | None:
    """The same day ``months`` later, or the last of that month; empty beyond years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 120000:
        return None
    year, month = divmod(index, 12)
    last = (
        (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        if index < 119999
        else 31
    )
    return date(year, month + 1, min(day.day, last))


def days_later(day: date, days: int) -> date | None:
    """``days`` later; empty beyond the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None

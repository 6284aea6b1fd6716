"""Durations as people write them: ``8h``, ``2d``, ``1d 4h``, ``-30m``, ``90s``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from engines.calendars.calendar import Calendar
from engines.calendars.time import add, add_days, subtract

PATTERN = r"^-?([0-9]{1,4}[wdhms])( ?[0-9]{1,4}[hms]){0,3}$"
SECONDS = {"h": 3600, "m": 60, "s": 1}
LONGEST = timedelta(days=3660)

_PART = re.compile(r"([0-9]{1,4})([wdhms])")
_WHOLE = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class Duration:
    """``days`` are calendar days (working days where a calendar is used); ``seconds`` the rest."""

    days: int
    seconds: int

    @property
    def plain(self) -> timedelta:
        """As time on the wall: a day has 24 hours."""
        return timedelta(days=self.days, seconds=self.seconds)


def read_duration(text: str) -> Duration | None:
    """``text`` as a duration, or None if it is not one or longer than ten years."""
    if not _WHOLE.match(text):
        return None
    sign = -1 if text.startswith("-") else 1
    days = seconds = 0
    for digits, unit in _PART.findall(text):
        amount = int(digits)
        if unit == "w":
            days += 7 * amount
        elif unit == "d":
            days += amount
        else:
            seconds += amount * SECONDS[unit]
    found = Duration(sign * days, sign * seconds)
    return found if abs(found.plain) <= LONGEST else None


def later(moment: datetime, duration: Duration, calendar: Calendar | None) -> datetime:
    """The moment ``duration`` after (before, if negative) ``moment``; in working time if asked."""
    if calendar is None:
        return moment + duration.plain
    result = add_days(calendar, moment, duration.days) if duration.days else moment
    if duration.seconds > 0:
        return add(calendar, result, duration.seconds) or result
    if duration.seconds < 0:
        return subtract(calendar, result, -duration.seconds)
    return result

"""The typed form of a calendar definition: hours per weekday, days that differ, holiday years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from engines.problems import Problem, Problems, pointer, problem
from engines.texts import TEXT_SCHEMA

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = 24 * 60

_HOURS: dict[str, object] = {
    "type": "array",
    "maxItems": 8,
    "items": {
        "type": "array",
        "prefixItems": [
            {"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$"},
            {"type": "string", "pattern": "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$"},
        ],
        "items": False,
        "minItems": 2,
    },
}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "key", "format", "label", "week"],
    "properties": {
        "kind": {"const": "calendar"},
        "key": {"type": "string"},
        "format": {"type": "integer"},
        "label": TEXT_SCHEMA,
        "timezone": {"type": "string", "maxLength": 64},
        "week": {
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(WEEKDAYS, _HOURS),
        },
        "holidays": {"type": "boolean", "default": True},
        "days": {
            "type": "object",
            "propertyNames": {"pattern": "^\\d{4}-\\d{2}-\\d{2}$"},
            "additionalProperties": _HOURS,
        },
    },
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Half-open working hours, in minutes from the day's midnight; ``closes`` may pass 24:00."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Holidays:
    """Public holidays as plain data: days off, make-up working days, and the years known."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work: ``week`` from Monday; holidays win over it, ``days`` over both."""

    zone: ZoneInfo
    week: tuple[tuple[Hours, ...], ...]
    days: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)
    holidays: Holidays = Holidays()
    observes: bool = True

    def hours(self, day: date) -> tuple[Hours, ...]:
        """The working hours that begin on ``day``."""
        found = self.days.get(day)
        if found is not None:
            return found
        if self.observes:
            if day in self.holidays.off:
                return ()
            if day in self.holidays.working:
                usual = self.week[day.weekday()]
                return usual or next(hours for hours in self.week if hours)
        return self.week[day.weekday()]

    def unsure(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days for which no holiday table is known (the plain week is used)."""
        if not self.observes:
            return ()
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if year not in self.holidays.years)


def read_calendar(
    body: Mapping[str, Any], *, timezone: str, holidays: Holidays | None = None
) -> Calendar:
    """The calendar of a definition (already valid by ``SCHEMA``).

    ``timezone`` is the application's, used where the calendar names none. Raises Problems with
    ``calendar_without_hours``, ``hours_overlap``, ``hours_empty``, ``not_a_timezone`` or
    ``not_a_date``.
    """
    problems: list[Problem] = []
    name = str(body.get("timezone") or timezone)
    if name not in available_timezones():
        problems.append(problem("/timezone", "not_a_timezone", value=name))
        name = "UTC"
    week = tuple(
        _hours(body["week"].get(day, ()), pointer("week", day), problems) for day in WEEKDAYS
    )
    if not any(week):
        problems.append(problem("/week", "calendar_without_hours"))
    days: dict[date, tuple[Hours, ...]] = {}
    for text, hours in body.get("days", {}).items():
        path = pointer("days", text)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            problems.append(problem(path, "not_a_date", value=text))
            continue
        days[day] = _hours(hours, path, problems)
    if problems:
        raise Problems(problems)
    return Calendar(
        ZoneInfo(name), week, days, holidays or Holidays(), bool(body.get("holidays", True))
    )


def _hours(given: Sequence[Sequence[str]], path: str, problems: list[Problem]) -> tuple[Hours, ...]:
    found: list[Hours] = []
    for index, pair in enumerate(given):
        opens, closes = (_minutes(text) for text in pair)
        if closes == opens:
            problems.append(problem(path + pointer(index), "hours_empty", time=pair[0]))
            continue
        found.append(Hours(opens, closes if closes > opens else closes + DAY))
    found.sort(key=lambda hours: hours.opens)
    for earlier, after in pairwise(found):
        if after.opens < earlier.closes:
            problems.append(problem(path, "hours_overlap"))
            break
    return tuple(found)


def _minutes(text: str) -> int:
    hour, minute = cast("re.Match[str]", re.match(r"(\d\d):(\d\d)", text)).groups()
    return int(hour) * 60 + int(minute)

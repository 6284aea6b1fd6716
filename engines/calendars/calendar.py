"""The typed form of a calendar definition: hours per weekday, days that differ, holiday years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from engines.definitions.parts import Schema, closed, drawn, frame, many
from engines.problems import Problem, Problems, pointer, problem

DAY = 24 * 60
WEEKDAYS = tuple(str(number) for number in range(1, 8))
"""Monday is 1, as in ISO 8601."""

_DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS: Schema = many(
    {
        "type": "array",
        "prefixItems": [
            {"type": "string", "pattern": f"^{_TIME}$"},
            {"type": "string", "pattern": f"^({_TIME}|24:00)$"},
        ],
        "items": False,
        "minItems": 2,
    },
    8,
)


def calendar_schema() -> Schema:
    """The closed JSON Schema of a calendar definition."""
    return frame(
        "calendar",
        {
            "timezone": drawn({"type": "string", "maxLength": 64}, "时区", "Time zone", 3),
            "week": drawn(
                closed(dict.fromkeys(WEEKDAYS, _HOURS)),
                "每周工作时间",
                "Working hours",
                4,
                widget="week",
            ),
            "public_holidays": drawn(
                {"type": "boolean", "default": True},
                "按法定节假日和调休",
                "Observe public holidays",
                5,
                widget="boolean",
            ),
            "holidays": drawn(many(_DATE, 2000), "其他休息日", "Other days off", 6, widget="days"),
            "workdays": drawn(
                many(_DATE, 2000), "调休上班日", "Extra working days", 7, widget="days"
            ),
            "days": drawn(
                {
                    "type": "object",
                    "maxProperties": 2000,
                    "propertyNames": _DATE,
                    "additionalProperties": _HOURS,
                },
                "特殊日期的时间",
                "Days with hours of their own",
                8,
            ),
        },
        ("label", "week"),
    )


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
    """When people work: ``week`` from Monday; holidays win over it, ``days`` over both.

    ``public`` says that public holidays are observed, so that years without a table are unsure.
    """

    zone: ZoneInfo
    week: tuple[tuple[Hours, ...], ...]
    days: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)
    holidays: Holidays = Holidays()
    public: bool = True

    def hours(self, day: date) -> tuple[Hours, ...]:
        """The working hours that begin on ``day``."""
        found = self.days.get(day)
        if found is not None:
            return found
        if day in self.holidays.off:
            return ()
        if day in self.holidays.working:
            return self.week[day.weekday()] or next(hours for hours in self.week if hours)
        return self.week[day.weekday()]

    def unsure(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days for which no holiday table is known (the plain week is used)."""
        if not self.public:
            return ()
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if year not in self.holidays.years)


@cache
def _zones() -> frozenset[str]:
    """Every zone there is; finding them reads the whole data base of zones."""
    return frozenset(available_timezones())


def read_calendar(
    body: Mapping[str, Any], *, timezone: str, holidays: Holidays | None = None
) -> Calendar:
    """The calendar of a definition (already valid by its schema).

    ``timezone`` is the application's, used where the calendar names none; ``holidays`` the public
    ones. Days off and extra working days of its own win over them. Raises Problems with
    ``calendar_without_hours``, ``hours_overlap``, ``hours_empty``, ``not_a_timezone`` or
    ``not_a_date``.
    """
    problems: list[Problem] = []
    name = str(body.get("timezone") or timezone)
    if name not in _zones():
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
    off = _dates(body.get("holidays", ()), "/holidays", problems)
    working = _dates(body.get("workdays", ()), "/workdays", problems)
    if problems:
        raise Problems(problems)
    public = bool(body.get("public_holidays", True))
    known = holidays if public and holidays is not None else Holidays()
    mixed = Holidays((known.off - working) | off, (known.working - off) | working, known.years)
    return Calendar(ZoneInfo(name), week, days, mixed, public)


def standard(timezone: str, holidays: Holidays | None = None) -> Calendar:
    """Nine to six from Monday to Friday: the calendar ``default`` where none is designed."""
    week = {day: [["09:00", "18:00"]] for day in WEEKDAYS[:5]}
    return read_calendar({"week": week}, timezone=timezone, holidays=holidays)


def _dates(given: Sequence[str], path: str, problems: list[Problem]) -> frozenset[date]:
    found: set[date] = set()
    for index, text in enumerate(given):
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            problems.append(problem(path + pointer(index), "not_a_date", value=text))
    return frozenset(found)


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

"""Arithmetic of working time: add, subtract, between, next opening; pauses are left out exactly.

All moments are aware and returned in UTC; hours are half-open, so a full day's work that begins
at opening is due at closing of the same day, and a start at closing counts from the next opening.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from engines.calendars.calendar import Calendar

Pause = tuple[datetime, datetime | None]
Span = tuple[datetime, datetime]

HORIZON = 366 * 100
_DAY = timedelta(days=1)


def _moment(calendar: Calendar, day: date, minutes: int) -> datetime:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 zone follows
    return wall.replace(tzinfo=calendar.zone).astimezone(UTC)


def _spans_of(calendar: Calendar, day: date) -> list[Span]:
    return [
        (_moment(calendar, day, hours.opens), _moment(calendar, day, hours.closes))
        for hours in calendar.hours(day)
    ]


def _spans_from(calendar: Calendar, moment: datetime) -> Iterator[Span]:
    """Working spans from ``moment`` on, in order and without overlap."""
    day = moment.astimezone(calendar.zone).date() - _DAY
    reached = moment.astimezone(UTC)
    for _ in range(HORIZON):
        for opens, closes in _spans_of(calendar, day):
            start = max(opens, reached)
            if closes > start:
                yield start, closes
                reached = closes
        day += _DAY


def _spans_back(calendar: Calendar, moment: datetime) -> Iterator[Span]:
    day = moment.astimezone(calendar.zone).date()
    reached = moment.astimezone(UTC)
    for _ in range(HORIZON):
        for opens, closes in reversed(_spans_of(calendar, day)):
            end = min(closes, reached)
            if end > opens:
                yield opens, end
                reached = opens
        day -= _DAY


def _without(span: Span, pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    pieces = [span]
    for begins, ends in pauses:
        rest: list[Span] = []
        for opens, closes in pieces:
            if opens < min(begins, closes):
                rest.append((opens, min(begins, closes)))
            if ends is not None and max(ends, opens) < closes:
                rest.append((max(ends, opens), closes))
        pieces = rest
    return sorted(pieces)


def add(
    calendar: Calendar, start: datetime, seconds: int, *, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The first instant at which the time worked since ``start`` equals ``seconds``.

    None while a pause without end keeps the clock standing.
    """
    left = timedelta(seconds=seconds)
    open_end = min((begins for begins, ends in pauses if ends is None), default=None)
    for span in _spans_from(calendar, start):
        if open_end is not None and span[0] >= open_end:
            return None
        for opens, closes in _without(span, pauses):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
    return None


def subtract(calendar: Calendar, end: datetime, seconds: int) -> datetime:
    """The latest instant from which ``seconds`` are worked until ``end``."""
    left = timedelta(seconds=seconds)
    for opens, closes in _spans_back(calendar, end):
        if closes - opens >= left:
            return closes - left
        left -= closes - opens
    return end


def between(
    calendar: Calendar, start: datetime, end: datetime, *, pauses: Sequence[Pause] = ()
) -> int:
    """Seconds worked in [start, end), pauses left out; 0 when ``end`` is not after ``start``."""
    total = timedelta()
    for opens, closes in _spans_from(calendar, start):
        if opens >= end:
            break
        for begins, ends in _without((opens, min(closes, end)), pauses):
            total += ends - begins
    return int(total.total_seconds())


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """``moment`` itself while people work, else the next instant at which they begin."""
    return next(_spans_from(calendar, moment))[0]


def add_days(calendar: Calendar, moment: datetime, days: int) -> datetime:
    """The same time of day, ``days`` working days later (earlier, if negative).

    A result outside that day's hours moves to the next opening.
    """
    local = moment.astimezone(calendar.zone)
    day, step = local.date(), _DAY if days > 0 else -_DAY
    left = abs(days)
    for _ in range(HORIZON):
        if left == 0:
            break
        day += step
        if calendar.hours(day):
            left -= 1
    return next_opening(calendar, _moment(calendar, day, local.hour * 60 + local.minute))

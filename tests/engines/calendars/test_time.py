"""Working time: the cases S01–S20 of the service-level arithmetic, and properties.

C9 is 9:00–18:00 from Monday to Friday with the State Council's table of 2026; CL has a lunch break.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engines.calendars.calendar import Calendar, calendar_schema, read_calendar, standard
from engines.calendars.china import CHINA, public_holidays
from engines.calendars.duration import Duration, later, read_duration
from engines.calendars.time import add, add_days, between, next_opening, subtract
from engines.problems import Problems

SHANGHAI = ZoneInfo("Asia/Shanghai")

WEEKDAYS = ("1", "2", "3", "4", "5")


def calendar(
    hours: list[list[str]],
    *,
    zone: str = "Asia/Shanghai",
    days: tuple[str, ...] = WEEKDAYS,
    **more: Any,
) -> Calendar:
    body = {
        "kind": "calendar",
        "key": "c",
        "format": 1,
        "label": "工作时间",
        "week": dict.fromkeys(days, hours),
        **more,
    }
    Draft202012Validator(calendar_schema()).validate(body)
    return read_calendar(body, timezone=zone, holidays=CHINA)


C9 = calendar([["09:00", "18:00"]])
CL = calendar([["09:00", "12:00"], ["13:30", "18:00"]])
ALWAYS = calendar([["00:00", "24:00"]], days=(*WEEKDAYS, "6", "7"), public_holidays=False)
NEW_YORK = calendar([["09:00", "18:00"]], zone="America/New_York", public_holidays=False)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


HOUR = 3600
CASES = [
    ("S01 weekend", C9, "2026-11-20T17:30", 2 * HOUR, "2026-11-23T02:30:00"),
    ("S02 start outside hours", C9, "2026-11-21T15:00", HOUR, "2026-11-23T02:00:00"),
    ("S03 exact end of day", C9, "2026-11-23T09:00", 9 * HOUR, "2026-11-23T10:00:00"),
    ("S04 start at closing", C9, "2026-11-23T18:00", 30, "2026-11-24T01:00:30"),
    ("S05 lunch", CL, "2026-11-24T11:30", HOUR, "2026-11-24T06:00:00"),
    ("S06 National Day", C9, "2026-09-30T17:00", 4 * HOUR, "2026-10-08T04:00:00"),
    ("S08 make-up Sunday", C9, "2026-09-20T10:00", 3 * HOUR, "2026-09-20T05:00:00"),
    ("S13 recomputed from the start", C9, "2026-11-24T10:00", HOUR, "2026-11-24T03:00:00"),
    ("S15 round the clock", ALWAYS, "2026-11-21T23:30", 4 * HOUR, "2026-11-21T19:30:00"),
]


@pytest.mark.parametrize(
    ("used", "start", "seconds", "due"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_due(used: Calendar, start: str, seconds: int, due: str) -> None:
    assert add(used, at(start), seconds) == at(due, UTC)  # type: ignore[arg-type]


def test_s10_paused() -> None:
    pauses = [(at("2026-11-24T11:00"), at("2026-11-24T15:00"))]
    start = at("2026-11-24T10:00")
    assert add(C9, start, 8 * HOUR, pauses=pauses) == at("2026-11-25T13:00")
    assert add(C9, start, 8 * HOUR, pauses=[(at("2026-11-24T11:00"), None)]) is None
    assert add(C9, start, HOUR, pauses=[(at("2026-11-24T11:00"), None)]) == at("2026-11-24T11:00")
    assert between(C9, start, at("2026-11-25T13:00"), pauses=pauses) == 8 * HOUR


def test_s16_clocks_put_forward() -> None:
    place = ZoneInfo("America/New_York")
    due = add(NEW_YORK, at("2026-03-06T16:00", place), 4 * HOUR)
    assert due == datetime(2026, 3, 9, 15, 0, tzinfo=UTC)


def test_s20_asked_from_another_zone() -> None:
    asked = at("2026-11-22T20:00", ZoneInfo("America/New_York"))
    assert add(C9, asked, 2 * HOUR) == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_overnight_shifts_belong_to_the_day_they_begin() -> None:
    night = calendar([["22:00", "06:00"]], days=("5",), public_holidays=False)
    assert add(night, at("2026-11-20T23:00"), 3 * HOUR) == at("2026-11-21T02:00")
    assert add(night, at("2026-11-21T05:00"), 2 * HOUR) == at("2026-11-27T23:00")
    assert next_opening(night, at("2026-11-21T06:00")) == at("2026-11-27T22:00")


def test_days_of_their_own_win_over_holidays_and_the_week() -> None:
    body_days = {"2026-11-24": [["09:00", "12:00"]], "2026-10-02": [["10:00", "11:00"]]}
    mixed = read_calendar(
        {"week": {day: [["09:00", "18:00"]] for day in WEEKDAYS}, "days": body_days},
        timezone="Asia/Shanghai",
        holidays=CHINA,
    )
    assert add(mixed, at("2026-11-24T11:00"), 2 * HOUR) == at("2026-11-25T10:00")
    assert add(mixed, at("2026-09-30T17:30"), HOUR) == at("2026-10-02T10:30")


def test_days_off_and_working_days_of_its_own() -> None:
    own = calendar(
        [["09:00", "18:00"]], holidays=["2026-11-24", "2026-10-10"], workdays=["2026-10-01"]
    )
    assert add(own, at("2026-11-23T17:00"), 2 * HOUR) == at("2026-11-25T10:00")
    assert next_opening(own, at("2026-09-30T18:00")) == at("2026-10-01T09:00")
    assert next_opening(own, at("2026-10-09T18:00")) == at("2026-10-12T09:00")
    assert standard("Asia/Shanghai", CHINA) == C9


def test_the_tables_of_china_are_whole() -> None:
    """Every worked weekend day lies on a weekend; 2026 has the six that the reference names."""
    assert all(day.weekday() >= 5 for day in CHINA.working)
    assert not CHINA.off & CHINA.working
    worked = sorted(day.isoformat() for day in CHINA.working if day.year == 2026)
    assert worked == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
    assert sum(day.year == 2026 for day in CHINA.off) == 33
    assert public_holidays("Europe/Berlin").years == frozenset()


def test_years_without_a_table_are_named() -> None:
    assert C9.unsure(date(2026, 12, 30), date(2027, 1, 4)) == (2027,)
    assert ALWAYS.unsure(date(2027, 1, 1), date(2027, 2, 1)) == ()


@pytest.mark.parametrize(
    ("week", "more", "code"),
    [
        ({}, {}, "calendar_without_hours"),
        ({"1": []}, {}, "calendar_without_hours"),
        ({"1": [["09:00", "12:00"], ["11:00", "13:00"]]}, {}, "hours_overlap"),
        ({"1": [["09:00", "09:00"]]}, {}, "hours_empty"),
        ({"1": [["09:00", "10:00"]]}, {"timezone": "Mars/Base"}, "not_a_timezone"),
        ({"1": [["09:00", "10:00"]]}, {"days": {"2026-02-30": []}}, "not_a_date"),
    ],
)
def test_calendars_that_cannot_be_used(
    week: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Problems, match=code):
        read_calendar({"week": week, **more}, timezone="UTC")


def test_durations() -> None:
    assert read_duration("8h") == Duration(0, 28800)
    assert read_duration("1d 4h") == Duration(1, 14400)
    assert read_duration("-30m") == Duration(0, -1800)
    assert read_duration("2w") == Duration(14, 0)
    for text in ("", "8", "h", "1d1d1d1d", "9999w", "1.5h", "８h"):
        assert read_duration(text) is None
    friday = at("2026-11-20T17:00")
    assert later(friday, Duration(1, 0), None) == at("2026-11-21T17:00")
    assert later(friday, Duration(1, 0), C9) == at("2026-11-23T17:00")
    assert later(friday, Duration(0, 2 * HOUR), C9) == at("2026-11-23T10:00")
    assert later(at("2026-11-23T10:00"), Duration(0, -2 * HOUR), C9) == friday
    assert add_days(C9, at("2026-11-20T20:00"), 1) == at("2026-11-24T09:00")


FIRST = datetime(2025, 12, 1, tzinfo=UTC).replace(tzinfo=None)
LAST = datetime(2027, 2, 1, tzinfo=UTC).replace(tzinfo=None)
moments = st.datetimes(FIRST, LAST).map(lambda each: each.replace(microsecond=0, tzinfo=UTC))


@given(moments, st.integers(1, 400_000))
def test_what_is_added_is_what_lies_between(start: datetime, seconds: int) -> None:
    for used in (C9, CL):
        due = add(used, start, seconds)
        assert due is not None
        assert between(used, start, due) == seconds
        assert between(used, start, due - timedelta(seconds=1)) == seconds - 1
        assert subtract(used, due, seconds) >= start


@given(moments, st.integers(1, 200_000), st.integers(0, 400_000), st.integers(1, 400_000))
def test_a_pause_moves_the_due_moment_by_the_time_it_takes(
    start: datetime, seconds: int, begins: int, lasts: int
) -> None:
    pause = (start + timedelta(seconds=begins), start + timedelta(seconds=begins + lasts))
    due = add(C9, start, seconds, pauses=[pause])
    assert due is not None
    assert between(C9, start, due, pauses=[pause]) == seconds
    assert due >= (add(C9, start, seconds) or due)

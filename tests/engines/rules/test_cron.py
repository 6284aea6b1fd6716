"""Cron expressions against moments worked out by hand (crontab(5) and the calendar of 2026/27)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.rules.cron import next_after, read_cron

CASES = [
    ("*/15 * * * *", "2026-11-21T10:07", "2026-11-21T10:15"),
    ("*/15 * * * *", "2026-11-21T10:15", "2026-11-21T10:30"),
    ("0 9 * * 1-5", "2026-11-20T09:00", "2026-11-23T09:00"),
    ("0 9 * * sun", "2026-11-21T10:00", "2026-11-22T09:00"),
    ("0 9 * * 7", "2026-11-21T10:00", "2026-11-22T09:00"),
    ("30 8 1 * *", "2026-11-21T10:00", "2026-12-01T08:30"),
    ("0 0 29 2 *", "2026-11-21T10:00", "2028-02-29T00:00"),
    ("0 0 31 * *", "2026-11-21T10:00", "2026-12-31T00:00"),
    ("0 12 13 * fri", "2026-11-21T10:00", "2026-11-27T12:00"),
    ("0 12 1,15 jan-mar *", "2026-11-21T10:00", "2027-01-01T12:00"),
    ("59 23 31 12 *", "2026-12-31T23:59", "2027-12-31T23:59"),
    ("0 8-18/5 * * *", "2026-11-21T08:30", "2026-11-21T13:00"),
    ("5/20 * * * *", "2026-11-21T08:26", "2026-11-21T08:45"),
]


@pytest.mark.parametrize(("text", "after", "expected"), CASES)
def test_next_moment_in_shanghai(text: str, after: str, expected: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    cron = read_cron(text)
    assert cron is not None
    found = next_after(cron, datetime.fromisoformat(after).replace(tzinfo=zone), "Asia/Shanghai")
    assert found == datetime.fromisoformat(expected).replace(tzinfo=zone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "0 0 30 2 *",
        "0 0 31 4,6 *",
        "a * * * *",
        "1,,2 * * * *",
        "@daily",
        "² * * * *",
    ],
)
def test_what_is_not_a_schedule(text: str) -> None:
    assert read_cron(text) is None


def test_a_clock_put_forward_and_back() -> None:
    cron = read_cron("30 2 * * *")
    assert cron is not None
    before = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    assert next_after(cron, before, "America/New_York") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    half_past_one = read_cron("30 1 * * *")
    assert half_past_one is not None
    first = next_after(half_past_one, datetime(2026, 11, 1, 4, tzinfo=UTC), "America/New_York")
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert first is not None
    second = next_after(half_past_one, first, "America/New_York")
    assert second == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


@given(
    st.integers(0, 59),
    st.integers(0, 23),
    st.integers(1577836800, 2051222400),
)
def test_daily_schedules_fire_once_a_day(minute: int, hour: int, second: int) -> None:
    at = datetime.fromtimestamp(second, UTC)
    cron = read_cron(f"{minute} {hour} * * *")
    assert cron is not None
    first = next_after(cron, at, "Asia/Shanghai")
    assert first is not None
    assert timedelta() < first - at <= timedelta(days=1)
    assert next_after(cron, first, "Asia/Shanghai") == first + timedelta(days=1)

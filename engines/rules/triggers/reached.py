"""A date in the record is reached, some days before or after it, at a time of day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engines.actions.reading import Reading
from engines.calendars.duration import PATTERN, Duration, read_duration
from engines.forms.options import closed, option
from engines.rules.trigger import Trigger


@dataclass(frozen=True, slots=True)
class Reaching:
    """``field`` plus ``offset``; a plain date counts from ``at`` in the application's zone."""

    field: str
    offset: Duration
    at: time

    def moment(self, value: object, zone: str) -> datetime | None:
        """When a record whose field holds ``value`` reaches it (UTC); None for an empty field."""
        if isinstance(value, datetime):
            return (value + self.offset.plain).astimezone(UTC)
        if isinstance(value, date):
            wall = datetime.combine(value, self.at) + timedelta(days=self.offset.days)
            start = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            return start + timedelta(seconds=self.offset.seconds)
        return None

    def window(
        self, since: datetime, until: datetime, zone: str
    ) -> tuple[tuple[datetime, datetime], tuple[date, date]]:
        """Values of the field that are reached in (since, until]: moments, and dates to look at.

        The dates may hold a day too many at either end; ``moment`` decides.
        """
        low, high = since - self.offset.plain, until - self.offset.plain
        place, day = ZoneInfo(zone), timedelta(days=1)
        days = low.astimezone(place).date() - day, high.astimezone(place).date() + day
        return (low, high), days


class Reached(Trigger):
    """Fires once per record and value; moving the date moves the moment."""

    key = "reached"
    label = {"zh-Hans": "到达日期时", "en": "A date is reached"}
    order = 60
    options_schema = closed(
        {
            "field": option(
                {"type": "string"},
                "日期字段",
                "Date field",
                order=1,
                widget="field",
                types=["date", "moment"],
            ),
            "offset": option(
                {"type": "string", "pattern": PATTERN},
                "提前或推后",
                "Before or after",
                order=2,
                widget="duration",
                help=(
                    "-3d 表示提前三天，1d 表示过后一天",
                    "-3d is three days before, 1d a day after",
                ),
            ),
            "at": option(
                {"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$", "default": "09:00"},
                "几点",
                "At",
                order=3,
                widget="time",
            ),
        },
        ("field",),
    )
    happenings = frozenset({"reached"})

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Reaching | None:
        key = str(options["field"])
        field = reading.form.field(key)
        if field is None:
            reading.problem("/field", "no_such_field", field=key)
        elif field.value_type.name not in ("date", "moment"):
            reading.problem("/field", "not_a_date_field", field=key)
        elif not field.stored:
            reading.problem("/field", "field_not_stored", field=key)
        offset = read_duration(str(options.get("offset", "0d")))
        if offset is None:
            reading.problem("/offset", "not_a_duration", value=options.get("offset"))
            return None
        return Reaching(key, offset, time.fromisoformat(str(options.get("at", "09:00"))))

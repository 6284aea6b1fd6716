"""Deadlines of an approval: when it is due, who is reminded before, what happens then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from engines.actions.reading import Reading
from engines.calendars.duration import PATTERN, Duration, later, read_duration
from engines.flows.state import Token
from engines.flows.walk import Walk
from engines.forms.options import closed, option
from engines.problems import pointer

DEFAULT_CALENDAR = "default"

DEADLINE_SCHEMA: dict[str, Any] = option(
    closed(
        {
            "after": option(
                {"type": "string", "pattern": PATTERN},
                "多久内完成",
                "Answer within",
                order=1,
                widget="duration",
            ),
            "calendar": option(
                {"type": "string", "maxLength": 40},
                "按工作日历计算",
                "Count working hours of",
                order=2,
                widget="calendar",
            ),
            "remind": option(
                {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"type": "string", "pattern": PATTERN},
                },
                "提醒",
                "Reminders",
                order=3,
                widget="durations",
                help=(
                    "-1h 表示到期前一小时，1h 表示到期后一小时",
                    "-1h is an hour before it is due, 1h an hour after",
                ),
            ),
            "then": option(
                {"enum": ["remind", "agree", "refuse", "escalate"], "default": "remind"},
                "到期后",
                "When it is due",
                order=4,
                widget="choice",
                labels={
                    "remind": {"zh-Hans": "提醒审批人", "en": "Remind them"},
                    "agree": {"zh-Hans": "自动同意", "en": "Agree automatically"},
                    "refuse": {"zh-Hans": "自动拒绝", "en": "Refuse automatically"},
                    "escalate": {"zh-Hans": "转给其上级", "en": "Hand over to the superior"},
                },
            ),
        },
        ("after",),
    ),
    "处理时限",
    "Deadline",
    order=50,
    group="rules",
    widget="deadline",
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """``remind`` are offsets from the due moment, negative before it."""

    after: Duration
    calendar: str | None
    remind: tuple[Duration, ...]
    then: Literal["remind", "agree", "refuse", "escalate"]


def read_deadline(options: Mapping[str, Any] | None, reading: Reading) -> Deadline | None:
    """The deadline of a definition; problems for durations that are none, zero or too long."""
    if options is None:
        return None
    after = read_duration(str(options["after"]))
    if after is None or after.plain.total_seconds() <= 0:
        code = "not_a_duration" if after is None else "duration_not_positive"
        reading.problem("/after", code, value=options["after"])
        return None
    calendar = options.get("calendar")
    known = reading.calendars
    if calendar not in (None, DEFAULT_CALENDAR) and known is not None and calendar not in known:
        reading.problem("/calendar", "no_such_calendar", calendar=calendar)
    offsets: list[Duration] = []
    for index, text in enumerate(options.get("remind", ())):
        offset = read_duration(str(text))
        if offset is None:
            reading.problem(pointer("remind", index), "not_a_duration", value=text)
        else:
            offsets.append(offset)
    return Deadline(after, calendar, tuple(offsets), options.get("then", "remind"))


def set_timers(deadline: Deadline, token: Token, walk: Walk) -> datetime:
    """Set the timers of a token that has just arrived; returns the due moment (UTC).

    Reminders whose moment has passed already are left out.
    """
    calendar = walk.facts.calendars.get(deadline.calendar) if deadline.calendar else None
    due = later(walk.env.now, deadline.after, calendar).astimezone(UTC)
    walk.timer(token, "due", due)
    for number, offset in enumerate(deadline.remind):
        moment = later(due, offset, calendar).astimezone(UTC)
        if moment > walk.env.now:
            walk.timer(token, f"remind.{number}", moment)
    return due

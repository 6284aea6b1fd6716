"""Waits for a duration, or until the moment in a field of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engines.actions.people import Needs
from engines.actions.reading import Reading
from engines.calendars.duration import PATTERN, Duration, later, read_duration
from engines.flows.event import Event
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.state import State, Token
from engines.flows.walk import Walk
from engines.forms.options import closed, option
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env, evaluate


@dataclass(frozen=True, slots=True)
class Delay:
    """``until`` is the moment counted from (None: arrival)."""

    duration: Duration
    until: Formula | None
    at: time
    calendar: str | None


class Wait(Node):
    """A moment that has passed already does not hold the run up."""

    key = "wait"
    label = {"zh-Hans": "延时", "en": "Wait"}
    order = 60
    options_schema = closed(
        {
            "for": option(
                {"type": "string", "pattern": PATTERN},
                "等待多久",
                "How long",
                order=1,
                widget="duration",
                help=(
                    "例如 3d、8h、30m；与日期字段一起用时表示之后（负数表示之前）多久",
                    "Such as 3d, 8h, 30m; with a date field: after it, or before it if negative",
                ),
            ),
            "until": option(
                {"type": "string", "minLength": 1, "maxLength": 200},
                "直到日期字段",
                "Until the date in",
                order=2,
                widget="field",
                types=["date", "moment"],
            ),
            "at": option(
                {"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$"},
                "当天几点",
                "Time of day",
                order=3,
                group="more",
                widget="time",
            ),
            "calendar": option(
                {"type": "string"},
                "工作日历",
                "Working hours",
                order=4,
                group="more",
                widget="calendar",
            ),
        }
    )
    waits = True

    def compile(
        self, options: Mapping[str, Any], reading: Reading, around: Surroundings
    ) -> Delay | None:
        text, until = options.get("for"), options.get("until")
        duration = read_duration(str(text)) if text is not None else Duration(0, 0)
        if text is None and until is None:
            reading.problem("", "wait_without_end")
            return None
        if duration is None:
            reading.problem("/for", "not_a_duration", value=text)
            return None
        if until is None and duration.plain.total_seconds() <= 0:
            reading.problem("/for", "duration_not_positive", value=text)
        formula = None if until is None else reading.formula(str(until), "/until")
        if formula is not None and formula.type.name not in ("date", "moment"):
            reading.problem("/until", "not_a_date_field", field=until)
        at = time.fromisoformat(str(options.get("at", "00:00")))
        return Delay(duration, formula, at, options.get("calendar"))

    def paths(self, compiled: Delay) -> frozenset[tuple[str, ...]]:
        return frozenset() if compiled.until is None else compiled.until.paths

    def needs(self, compiled: Delay, env: Env, state: State) -> Needs:
        return Needs(calendars=frozenset((compiled.calendar,) if compiled.calendar else ()))

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        delay: Delay = node.compiled
        begins = walk.env.now
        if delay.until is not None:
            found = _moment(evaluate(delay.until, walk.env), delay.at, walk.env.zone)
            if found is None:
                walk.block(token, "wait_date_empty", field=delay.until.text)
                return
            begins = found
        calendar = walk.facts.calendars.get(delay.calendar) if delay.calendar else None
        due = later(begins, delay.duration, calendar).astimezone(UTC)
        if due <= walk.env.now:
            walk.note("waited", node.key, until=due.isoformat())
            walk.leave(token)
            return
        walk.timer(token, "wake", due)
        walk.note("waiting", node.key, until=due.isoformat())
        walk.wait(token)

    def timer(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        if event.timer != "wake":
            return
        walk.note("woken", node.key)
        walk.leave(token)


def _moment(value: object, at: time, zone: str) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, at, ZoneInfo(zone))
    return None

"""Dates so many units away, ends and beginnings of months, quarters and years."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from engines.formulas import moments
from engines.formulas.emit import fill, guarded
from engines.formulas.function import Argument, SqlArgs, day, day_or_moment, function, number
from engines.formulas.functions.date.units import CLOCK, DAYS, MONTHS, UNIT, UNITS
from engines.formulas.functions.date.wall import WALL, on_the_wall
from engines.formulas.numbers import whole
from engines.formulas.types import DATE, MOMENT, TEXT, Type, Value
from engines.sql import Sql

_MOST_SECONDS = 400_000_000_000


def _add_signature(types: tuple[Type, ...], literals: tuple[Value, ...]) -> tuple[Argument, ...]:
    unit = UNITS.get(str(literals[2]).strip().lower()) if len(literals) == 3 else None
    first = Argument("date", (MOMENT,)) if unit in CLOCK else day_or_moment()
    return (first, number("count"), Argument("unit", (TEXT,), values=UNITS))


def _add(value: date | datetime, count: Decimal, unit: str, zone: str) -> Value:
    steps = whole(count, 10**12)
    if unit in CLOCK and isinstance(value, datetime):
        seconds = steps * CLOCK[unit]
        if abs(seconds) > _MOST_SECONDS:
            return None
        return value + timedelta(seconds=seconds)
    place: date | None
    wall = on_the_wall(value, zone)
    if unit in MONTHS:
        place = moments.months_later(wall.date(), steps * MONTHS[unit])
    else:
        place = moments.days_later(wall.date(), steps * DAYS[unit])
    if place is None or not isinstance(value, datetime):
        return place
    return moments.at_wall(datetime.combine(place, wall.time()), zone)


_MONTHS_LATER = (
    "CASE WHEN extract(year FROM {wall}) * 12 + extract(month FROM {wall}) - 1"
    " + trunc({1}) * {factor} BETWEEN 12 AND 119999"
    " THEN {open}{wall} + make_interval(months => (trunc({1}) * {factor})::int){close} END"
)


_DAYS_LATER = (
    "CASE WHEN ({wall}::date - DATE '0001-01-01') + trunc({1}) * {factor} BETWEEN 0 AND 3652058"
    " THEN {open}{wall} + make_interval(days => (trunc({1}) * {factor})::int){close} END"
)


_SECONDS_LATER = (
    f"CASE WHEN abs(trunc({{1}})) * {{factor}} <= {_MOST_SECONDS}"
    " AND {0} + make_interval(secs => (trunc({1}) * {factor})::float8)"
    " BETWEEN '0001-01-01T00:00:00Z' AND '9999-12-31T23:59:59.999999Z'"
    " THEN {0} + make_interval(secs => (trunc({1}) * {factor})::float8) END"
)


def _add_sql(call: SqlArgs) -> Sql:
    unit = str(call.literals[2])
    return _later_sql(call, unit)


def _later_sql(call: SqlArgs, unit: str) -> Sql:
    if unit in CLOCK:
        template = _SECONDS_LATER.replace("{factor}", str(CLOCK[unit]))
        return fill(template, call.args[:2], call.context, fence=True)
    template = _MONTHS_LATER if unit in MONTHS else _DAYS_LATER
    factor = (MONTHS | DAYS)[unit]
    moment = call.types[0] == MOMENT
    for place, filling in {
        "{wall}": WALL if moment else "{0}",
        "{factor}": str(factor),
        "{open}": "((" if moment else "(",
        "{close}": ") AT TIME ZONE {zone})" if moment else ")::date",
    }.items():
        template = template.replace(place, filling)
    return fill(template, call.args[:2], call.context, fence=True)


def _month_end(value: date, months: Decimal = Decimal(0)) -> date | None:
    begin = moments.months_later(value.replace(day=1), whole(months))
    if begin is None:
        return None
    following = moments.months_later(begin, 1)
    return date(9999, 12, 31) if following is None else following - timedelta(days=1)


_MONTH_END = guarded(
    "CASE WHEN extract(year FROM {0}) * 12 + extract(month FROM {0}) - 1 + trunc({1})"
    " BETWEEN 12 AND 119999 THEN (date_trunc('month', {0}::timestamp)"
    " + make_interval(months => trunc({1})::int + 1) - interval '1 day')::date END"
)


def _month_end_sql(call: SqlArgs) -> Sql:
    months = call.args[1] if len(call.args) > 1 else Sql("0::numeric")
    return _MONTH_END(SqlArgs((call.args[0], months), (), ()))


_STARTS = ("year", "quarter", "month", "week", "day")


def _start(value: date, unit: str) -> date:
    if unit == "week":
        # The year 1 begins on a Monday, so this never leaves the calendar.
        return value - timedelta(days=value.weekday())
    if unit == "day":
        return value
    month = {"year": 1, "quarter": (value.month - 1) // 3 * 3 + 1, "month": value.month}[unit]
    return date(value.year, month, 1)


def _start_sql(call: SqlArgs) -> Sql:
    return fill(f"date_trunc('{call.literals[1]}', {{0}}::timestamp)::date", call.args[:1])


FUNCTIONS = (
    function(
        "DATEADD",
        ("日期加上若干年、月、日、小时……", "A date so many years, months, days, hours … later"),
        (day_or_moment(), number("count"), UNIT),
        lambda types, _: types[0],
        _add,
        _add_sql,
        needs=("zone",),
        signature=_add_signature,
    ),
    function(
        "EDATE",
        ("若干个月之后的日期", "The date so many months later"),
        (day(), number("months")),
        DATE,
        lambda value, months: moments.months_later(value, whole(months)),
        lambda call: _later_sql(call, "month"),
    ),
    function(
        "EOMONTH",
        ("若干个月之后那个月的最后一天", "The last day of the month so many months later"),
        (day(), number("months", optional=True)),
        DATE,
        _month_end,
        _month_end_sql,
    ),
    function(
        "STARTOF",
        ("日期所在年、季、月、周的第一天", "First day of the year, quarter, month or week"),
        (
            day(),
            Argument(
                "unit",
                (TEXT,),
                values={spelling: unit for spelling, unit in UNITS.items() if unit in _STARTS},
            ),
        ),
        DATE,
        _start,
        _start_sql,
    ),
)

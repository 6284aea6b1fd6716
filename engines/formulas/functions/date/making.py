"""Today, now, and dates made of their parts, of a moment or of a text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engines.formulas import moments
from engines.formulas.emit import fill
from engines.formulas.function import Argument, SqlArgs, function, number
from engines.formulas.numbers import whole
from engines.formulas.types import DATE, MOMENT, TEXT, Type, Value
from engines.sql import Sql


def _today(now: datetime, zone: str) -> date:
    return moments.day_of(now, zone)


def _date(*parts: Any) -> date | None:
    first, zone = parts[0], parts[-1]
    if isinstance(first, datetime):
        return moments.day_of(first, zone)
    if isinstance(first, date):
        return first
    if isinstance(first, str):
        return moments.read_day(first)
    year, month, place = (whole(part) for part in parts[:3])
    if not 1 <= year <= 9999:
        return None
    begin = moments.months_later(date(year, 1, 1), month - 1)
    return None if begin is None else moments.days_later(begin, place - 1)


def _date_signature(types: tuple[Type, ...], _: tuple[Value, ...]) -> tuple[Argument, ...]:
    if len(types) == 1:
        return (Argument("value", (DATE, MOMENT, TEXT)),)
    return (number("year"), number("month"), number("day"))


# Years, months and days may run over, as in a spreadsheet: month 13 is January of the next year.
_DATE_FROM_PARTS = (
    "CASE WHEN trunc({0}) BETWEEN 1 AND 9999"
    " AND trunc({0}) * 12 + trunc({1}) - 1 BETWEEN 12 AND 119999 THEN"
    " (SELECT CASE WHEN (_d.b - DATE '0001-01-01') + trunc({2}) - 1 BETWEEN 0 AND 3652058"
    " THEN _d.b + (trunc({2}) - 1)::int END FROM (SELECT make_date("
    "div(trunc({0}) * 12 + trunc({1}) - 1, 12)::int,"
    " mod(trunc({0}) * 12 + trunc({1}) - 1, 12)::int + 1, 1) AS b OFFSET 0) AS _d) END"
)


def _date_sql(call: SqlArgs) -> Sql:
    if len(call.args) == 3:
        return fill(_DATE_FROM_PARTS, call.args, fence=True)
    kind = call.types[0]
    if kind == MOMENT:
        return fill("({0} AT TIME ZONE {zone})::date", call.args, call.context)
    if kind == DATE:
        return call.args[0]
    return fill(
        f"CASE WHEN {{0}} ~ '{moments.DAY_SQL}' AND pg_input_is_valid({{0}}, 'date')"
        " THEN {0}::date END",
        call.args,
        fence=True,
    )


FUNCTIONS = (
    function(
        "TODAY",
        ("今天", "Today"),
        (),
        DATE,
        _today,
        "({now} AT TIME ZONE {zone})::date",
        needs=("now", "zone"),
        volatile=True,
    ),
    function(
        "NOW", ("现在", "Now"), (), MOMENT, lambda now: now, "{now}", needs=("now",), volatile=True
    ),
    function(
        "DATE",
        (
            "由年、月、日组成日期，或取时间的日期部分",
            "A date from year, month and day; or of a moment",
        ),
        (number("year"), number("month", optional=True), number("day", optional=True)),
        DATE,
        _date,
        _date_sql,
        needs=("zone",),
        signature=_date_signature,
    ),
)

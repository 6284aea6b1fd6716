"""How far two dates or moments lie apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engines.formulas.emit import fill
from engines.formulas.function import Argument, SqlArgs, day, day_or_moment, function
from engines.formulas.functions.date.units import CLOCK, DAYS, MONTHS, UNIT, UNITS
from engines.formulas.types import DATE, MOMENT, NUMBER, TEXT, Type, Value
from engines.sql import Sql


def _difference_signature(
    types: tuple[Type, ...], literals: tuple[Value, ...]
) -> tuple[Argument, ...]:
    unit = UNITS.get(str(literals[2]).strip().lower()) if len(literals) == 3 else "day"
    kind = (MOMENT,) if unit in CLOCK else (DATE,)
    named = Argument("unit", (TEXT,), optional=True, values=UNITS)
    return (Argument("start", kind), Argument("end", kind), named)


def _difference(start: Any, end: Any, unit: str = "day") -> Decimal:
    if start > end:
        return -_difference(end, start, unit)
    if isinstance(start, datetime):
        gone: timedelta = end - start
        return Decimal((gone.days * 86400 + gone.seconds) // CLOCK[unit])
    if unit in DAYS:
        return Decimal((end - start).days // DAYS[unit])
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return Decimal(months // MONTHS[unit])


def _difference_sql(call: SqlArgs) -> Sql:
    unit = str(call.literals[2]) if len(call.literals) > 2 else "day"
    if unit in CLOCK:
        template = f"trunc(extract(epoch FROM {{1}} - {{0}})::numeric / {CLOCK[unit]})"
    elif unit in DAYS:
        template = f"trunc(({{1}} - {{0}})::numeric / {DAYS[unit]})"
    else:
        template = (
            "trunc((CASE WHEN {0} <= {1} THEN 1 WHEN {0} > {1} THEN -1 END * ("
            "(extract(year FROM greatest({0}, {1})) - extract(year FROM least({0}, {1}))) * 12"
            " + extract(month FROM greatest({0}, {1})) - extract(month FROM least({0}, {1}))"
            " - (extract(day FROM greatest({0}, {1})) < extract(day FROM least({0}, {1})))::int"
            f")) / {MONTHS[unit]})"
        )
    return fill(template, call.args[:2])


def _days_between(end: date, start: date) -> Decimal:
    return Decimal((end - start).days)


FUNCTIONS = (
    *(
        function(
            key,
            ("两个日期相差的完整年、月、日、小时数", "Whole years, months, days, hours … between"),
            (day_or_moment("start"), day_or_moment("end"), UNIT),
            NUMBER,
            _difference,
            _difference_sql,
            signature=_difference_signature,
        )
        for key in ("DATEDIF", "DATEIF")
    ),
    function(
        "DAYS",
        ("两个日期相差的天数（结束在前）", "Days between two dates, the end first"),
        (day("end"), day("start")),
        NUMBER,
        _days_between,
        "({0} - {1})::numeric",
    ),
)

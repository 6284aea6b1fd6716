"""Working days: counting them, stepping over them; holidays and working weekends are lists."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from engines.formulas import moments
from engines.formulas.emit import fill
from engines.formulas.function import Argument, SqlArgs, day, function, number
from engines.formulas.types import DATE, NUMBER, list_of
from engines.sql import Sql

MOST_DAYS = 40_000


def _is_workday(value: date, off: frozenset[date], on: frozenset[date]) -> bool:
    return value in on or (value.isoweekday() <= 5 and value not in off)


def _workdays(
    start: date | None,
    end: date | None,
    off: tuple[date, ...] | None = None,
    on: tuple[date, ...] | None = None,
) -> Decimal | None:
    """Working days from start to end, both counted; negative when the end comes first."""
    if start is None or end is None or abs((end - start).days) > MOST_DAYS:
        return None
    if start > end:
        backwards = _workdays(end, start, off, on)
        return None if backwards is None else -backwards
    closed, opened = frozenset(off or ()), frozenset(on or ())
    days = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return Decimal(sum(_is_workday(value, closed, opened) for value in days))


_IS_WORKDAY = "(_w.d = ANY({on}) OR (extract(isodow FROM _w.d) <= 5 AND NOT _w.d = ANY({off})))"
_WORKDAYS = (
    f"CASE WHEN abs({{1}} - {{0}}) <= {MOST_DAYS} THEN (SELECT count(*)::numeric"
    " * CASE WHEN {0} <= {1} THEN 1 ELSE -1 END FROM (SELECT (least({0}, {1}) + _s)::date AS d"
    " FROM generate_series(0, abs({1} - {0})) AS _s) AS _w WHERE "
    + _IS_WORKDAY.replace("{off}", "{2}").replace("{on}", "{3}")
    + ") END"
)


_NO_DAYS = Sql("'{}'::date[]")


def _day_lists(call: SqlArgs) -> tuple[Sql, Sql]:
    lists = [Sql("COALESCE(") + arg + Sql(", '{}')::date[]") for arg in call.args[2:]]
    lists += [_NO_DAYS] * (2 - len(lists))
    return lists[0], lists[1]


def _workdays_sql(call: SqlArgs) -> Sql:
    return fill(_WORKDAYS, (*call.args[:2], *_day_lists(call)), fence=True)


MOST_WORKDAYS = 10_000


def _workday(
    start: date | None,
    count: Decimal | None,
    off: tuple[date, ...] | None = None,
    on: tuple[date, ...] | None = None,
) -> date | None:
    """The working day ``count`` working days after (before) ``start``, itself not counted."""
    if start is None or count is None or abs(count) > MOST_WORKDAYS:
        return None
    closed, opened = frozenset(off or ()), frozenset(on or ())
    left = int(count)
    step = 1 if left > 0 else -1
    place: date | None = start
    for _ in range(MOST_DAYS):
        if left == 0 or place is None:
            return place
        place = moments.days_later(place, step)
        if place is not None and _is_workday(place, closed, opened):
            left -= step
    return None


_WORKDAY = (
    f"CASE WHEN abs({{1}}) > {MOST_WORKDAYS} THEN NULL WHEN trunc({{1}}) = 0 THEN {{0}} ELSE"
    " (SELECT _w.d FROM (SELECT ({0} + _s * sign({1})::int)::date AS d, _s"
    f" FROM generate_series(1, {MOST_DAYS}) AS _s"
    " WHERE ({0} - DATE '0001-01-01') + _s * sign({1}) BETWEEN 0 AND 3652058) AS _w WHERE "
    + _IS_WORKDAY.replace("{off}", "{2}").replace("{on}", "{3}")
    + " ORDER BY _w._s OFFSET abs(trunc({1}))::int - 1 LIMIT 1) END"
)


def _workday_sql(call: SqlArgs) -> Sql:
    return fill(_WORKDAY, (*call.args[:2], *_day_lists(call)), fence=True)


_DAY_LISTS = (
    Argument("holidays", (list_of(DATE),), optional=True),
    Argument("workdays", (list_of(DATE),), optional=True),
)


FUNCTIONS = (
    *(
        function(
            key,
            ("两个日期之间的工作日数（含首尾）", "Working days from start to end, both counted"),
            (day("start"), day("end"), *_DAY_LISTS),
            NUMBER,
            _workdays,
            _workdays_sql,
            strict=False,
        )
        for key in ("NETWORKDAYS", "NETWORKDAY")
    ),
    function(
        "WORKDAY",
        ("若干个工作日之后的日期", "The date so many working days later"),
        (day("start"), number("count"), *_DAY_LISTS),
        DATE,
        _workday,
        _workday_sql,
        strict=False,
    ),
)

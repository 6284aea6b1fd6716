"""Year, month, hour, weekday …: the parts of a date or a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from engines.formulas.emit import fill
from engines.formulas.function import Argument, Function, SqlArgs, day, day_or_moment, function
from engines.formulas.functions.date.wall import on_the_wall, wall_sql
from engines.formulas.types import NUMBER
from engines.sql import Sql


def _part(name: str) -> Callable[..., Decimal]:
    def run(value: date | datetime, zone: str) -> Decimal:
        wall = on_the_wall(value, zone)
        if name == "quarter":
            return Decimal((wall.month + 2) // 3)
        if name == "week":
            return Decimal(wall.isocalendar().week)
        return Decimal(getattr(wall, name))

    return run


def _part_sql(name: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if name == "second":
            name_sql = "trunc(extract(second FROM {}))"
        else:
            name_sql = f"extract({name} FROM {{}})"
        return fill(name_sql.replace("{}", wall_sql(call)), call.args, call.context)

    return write


def _weekday(value: date, kind: Decimal = Decimal(1)) -> Decimal | None:
    monday_first = value.isoweekday()
    if kind == 1:
        return Decimal(monday_first % 7 + 1)
    if kind == 2:
        return Decimal(monday_first)
    return Decimal(monday_first - 1) if kind == 3 else None


def _weekday_sql(call: SqlArgs) -> Sql:
    if len(call.args) == 1:
        return fill("(extract(dow FROM {0}) + 1)", call.args)
    return fill(
        "CASE {1} WHEN 1 THEN extract(dow FROM {0}) + 1 WHEN 2 THEN extract(isodow FROM {0})"
        " WHEN 3 THEN extract(isodow FROM {0}) - 1 END",
        call.args,
    )


def _weeknum(value: date, kind: Decimal = Decimal(1)) -> Decimal | None:
    first = date(value.year, 1, 1)
    if kind == 21:
        return Decimal(value.isocalendar().week)
    if kind not in (1, 2):
        return None
    before = first.isoweekday() % 7 if kind == 1 else first.isoweekday() - 1
    return Decimal(((value - first).days + before) // 7 + 1)


_WEEK_OF_YEAR = (
    "(div((extract(doy FROM {0}) - 1 + extract({field} FROM date_trunc('year', {0}::timestamp))"
    " - {less})::numeric, 7) + 1)"
)


def _weeknum_sql(call: SqlArgs) -> Sql:
    sunday = _WEEK_OF_YEAR.replace("{field}", "dow").replace("{less}", "0")
    if len(call.args) == 1:
        return fill(sunday, call.args)
    monday = _WEEK_OF_YEAR.replace("{field}", "isodow").replace("{less}", "1")
    return fill(
        f"CASE {{1}} WHEN 1 THEN {sunday} WHEN 2 THEN {monday}"
        " WHEN 21 THEN extract(week FROM {0}) END",
        call.args,
    )


def _part_function(key: str, chinese: str, english: str) -> Function:
    name = "week" if key == "ISOWEEKNUM" else key.lower()
    return function(
        key,
        (chinese, english),
        (day_or_moment(),),
        NUMBER,
        _part(name),
        _part_sql(name),
        needs=("zone",),
    )


_KIND = Argument("kind", (NUMBER,), optional=True)

FUNCTIONS = (
    _part_function("YEAR", "年", "Year"),
    _part_function("QUARTER", "季度（1–4）", "Quarter, 1 to 4"),
    _part_function("MONTH", "月", "Month"),
    _part_function("DAY", "日", "Day of the month"),
    _part_function("HOUR", "小时", "Hour"),
    _part_function("MINUTE", "分钟", "Minute"),
    _part_function("SECOND", "秒", "Second"),
    _part_function("ISOWEEKNUM", "ISO 周数", "ISO week of the year"),
    function(
        "WEEKDAY",
        (
            "星期几：默认周日为 1；类型 2 周一为 1；类型 3 周一为 0",
            "Day of the week: Sunday is 1; kind 2: Monday is 1; kind 3: Monday is 0",
        ),
        (day(), _KIND),
        NUMBER,
        _weekday,
        _weekday_sql,
    ),
    function(
        "WEEKNUM",
        (
            "一年中的第几周：默认周日开始；类型 2 周一开始；类型 21 为 ISO 周",
            "Week of the year, from Sunday; kind 2 from Monday; kind 21 as ISO",
        ),
        (day(), _KIND),
        NUMBER,
        _weeknum,
        _weeknum_sql,
    ),
)

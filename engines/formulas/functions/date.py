"""Dates and moments: now, parts, steps, differences, working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engines.formulas import moments
from engines.formulas.emit import fill, guarded
from engines.formulas.function import (
    Argument,
    Function,
    SqlArgs,
    day,
    day_or_moment,
    number,
)
from engines.formulas.numbers import whole
from engines.formulas.types import DATE, MOMENT, NUMBER, TEXT, Type, Value, list_of
from engines.sql import Sql

UNITS = {
    spelling: unit
    for unit, spellings in {
        "year": ("year", "years", "y", "年"),
        "quarter": ("quarter", "quarters", "q", "季度"),
        "month": ("month", "months", "m", "月"),
        "week": ("week", "weeks", "w", "周"),
        "day": ("day", "days", "d", "天", "日"),
        "hour": ("hour", "hours", "h", "小时"),
        "minute": ("minute", "minutes", "min", "分钟"),
        "second": ("second", "seconds", "s", "秒"),
    }.items()
    for spelling in spellings
}
_CLOCK = {"hour": 3600, "minute": 60, "second": 1}
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_DAYS = {"week": 7, "day": 1}
_MOST_SECONDS = 400_000_000_000


def _wall(value: date | datetime, zone: str) -> datetime:
    if isinstance(value, datetime):
        return moments.local(value, zone)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - wall clock


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


def _add_signature(types: tuple[Type, ...], literals: tuple[Value, ...]) -> tuple[Argument, ...]:
    unit = UNITS.get(str(literals[2]).strip().lower()) if len(literals) == 3 else None
    first = Argument("date", (MOMENT,)) if unit in _CLOCK else day_or_moment()
    return (first, number("count"), Argument("unit", (TEXT,), values=UNITS))


def _add(value: date | datetime, count: Decimal, unit: str, zone: str) -> Value:
    steps = whole(count, 10**12)
    if unit in _CLOCK and isinstance(value, datetime):
        seconds = steps * _CLOCK[unit]
        if abs(seconds) > _MOST_SECONDS:
            return None
        return value + timedelta(seconds=seconds)
    place: date | None
    wall = _wall(value, zone)
    if unit in _MONTHS:
        place = moments.months_later(wall.date(), steps * _MONTHS[unit])
    else:
        place = moments.days_later(wall.date(), steps * _DAYS[unit])
    if place is None or not isinstance(value, datetime):
        return place
    return moments.at_wall(datetime.combine(place, wall.time()), zone)


_WALL = "({0} AT TIME ZONE {zone})"
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
    if unit in _CLOCK:
        template = _SECONDS_LATER.replace("{factor}", str(_CLOCK[unit]))
        return fill(template, call.args[:2], call.context, fence=True)
    template = _MONTHS_LATER if unit in _MONTHS else _DAYS_LATER
    factor = (_MONTHS | _DAYS)[unit]
    moment = call.types[0] == MOMENT
    for place, filling in {
        "{wall}": _WALL if moment else "{0}",
        "{factor}": str(factor),
        "{open}": "((" if moment else "(",
        "{close}": ") AT TIME ZONE {zone})" if moment else ")::date",
    }.items():
        template = template.replace(place, filling)
    return fill(template, call.args[:2], call.context, fence=True)


def _difference_signature(
    types: tuple[Type, ...], literals: tuple[Value, ...]
) -> tuple[Argument, ...]:
    unit = UNITS.get(str(literals[2]).strip().lower()) if len(literals) == 3 else "day"
    kind = (MOMENT,) if unit in _CLOCK else (DATE,)
    named = Argument("unit", (TEXT,), optional=True, values=UNITS)
    return (Argument("start", kind), Argument("end", kind), named)


def _difference(start: Any, end: Any, unit: str = "day") -> Decimal:
    if start > end:
        return -_difference(end, start, unit)
    if isinstance(start, datetime):
        gone: timedelta = end - start
        return Decimal((gone.days * 86400 + gone.seconds) // _CLOCK[unit])
    if unit in _DAYS:
        return Decimal((end - start).days // _DAYS[unit])
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return Decimal(months // _MONTHS[unit])


def _difference_sql(call: SqlArgs) -> Sql:
    unit = str(call.literals[2]) if len(call.literals) > 2 else "day"
    if unit in _CLOCK:
        template = f"trunc(extract(epoch FROM {{1}} - {{0}})::numeric / {_CLOCK[unit]})"
    elif unit in _DAYS:
        template = f"trunc(({{1}} - {{0}})::numeric / {_DAYS[unit]})"
    else:
        template = (
            "trunc((CASE WHEN {0} <= {1} THEN 1 WHEN {0} > {1} THEN -1 END * ("
            "(extract(year FROM greatest({0}, {1})) - extract(year FROM least({0}, {1}))) * 12"
            " + extract(month FROM greatest({0}, {1})) - extract(month FROM least({0}, {1}))"
            " - (extract(day FROM greatest({0}, {1})) < extract(day FROM least({0}, {1})))::int"
            f")) / {_MONTHS[unit]})"
        )
    return fill(template, call.args[:2])


def _part(name: str) -> Callable[..., Decimal]:
    def run(value: date | datetime, zone: str) -> Decimal:
        wall = _wall(value, zone)
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


def wall_sql(call: SqlArgs) -> str:
    """The place ``{0}`` as the clock on the wall, whether it is a date or a moment."""
    return _WALL if call.types[0] == MOMENT else "{0}::timestamp"


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


def _days_between(end: date, start: date) -> Decimal:
    return Decimal((end - start).days)


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


def _function(
    key: str,
    label: tuple[str, str],
    arguments: tuple[Argument, ...],
    returns: Any,
    python: Callable[..., Any],
    sql: str | Callable[[SqlArgs], Sql],
    **more: Any,
) -> Function:
    texts = {"zh-Hans": label[0], "en": label[1]}
    return Function(key, "date", texts, arguments, returns, python, sql, **more)


def _part_function(key: str, chinese: str, english: str) -> Function:
    name = "week" if key == "ISOWEEKNUM" else key.lower()
    return _function(
        key,
        (chinese, english),
        (day_or_moment(),),
        NUMBER,
        _part(name),
        _part_sql(name),
        needs=("zone",),
    )


_UNIT = Argument("unit", (TEXT,), values=UNITS)
_DAY_LISTS = (
    Argument("holidays", (list_of(DATE),), optional=True),
    Argument("workdays", (list_of(DATE),), optional=True),
)
_KIND = Argument("kind", (NUMBER,), optional=True)


def _workday_functions() -> tuple[Function, ...]:
    counted = ("两个日期之间的工作日数（含首尾）", "Working days from start to end, both counted")
    moved = ("若干个工作日之后的日期", "The date so many working days later")
    return (
        *(
            _function(
                key,
                counted,
                (day("start"), day("end"), *_DAY_LISTS),
                NUMBER,
                _workdays,
                _workdays_sql,
                strict=False,
            )
            for key in ("NETWORKDAYS", "NETWORKDAY")
        ),
        _function(
            "WORKDAY",
            moved,
            (day("start"), number("count"), *_DAY_LISTS),
            DATE,
            _workday,
            _workday_sql,
            strict=False,
        ),
    )


FUNCTIONS = (
    _function(
        "TODAY",
        ("今天", "Today"),
        (),
        DATE,
        _today,
        "({now} AT TIME ZONE {zone})::date",
        needs=("now", "zone"),
        volatile=True,
    ),
    _function(
        "NOW", ("现在", "Now"), (), MOMENT, lambda now: now, "{now}", needs=("now",), volatile=True
    ),
    _function(
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
    _function(
        "DATEADD",
        ("日期加上若干年、月、日、小时……", "A date so many years, months, days, hours … later"),
        (day_or_moment(), number("count"), _UNIT),
        lambda types, _: types[0],
        _add,
        _add_sql,
        needs=("zone",),
        signature=_add_signature,
    ),
    *(
        _function(
            key,
            ("两个日期相差的完整年、月、日、小时数", "Whole years, months, days, hours … between"),
            (day_or_moment("start"), day_or_moment("end"), _UNIT),
            NUMBER,
            _difference,
            _difference_sql,
            signature=_difference_signature,
        )
        for key in ("DATEDIF", "DATEIF")
    ),
    _function(
        "DAYS",
        ("两个日期相差的天数（结束在前）", "Days between two dates, the end first"),
        (day("end"), day("start")),
        NUMBER,
        _days_between,
        "({0} - {1})::numeric",
    ),
    _function(
        "EDATE",
        ("若干个月之后的日期", "The date so many months later"),
        (day(), number("months")),
        DATE,
        lambda value, months: moments.months_later(value, whole(months)),
        lambda call: _later_sql(call, "month"),
    ),
    _function(
        "EOMONTH",
        ("若干个月之后那个月的最后一天", "The last day of the month so many months later"),
        (day(), number("months", optional=True)),
        DATE,
        _month_end,
        _month_end_sql,
    ),
    _function(
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
    _part_function("YEAR", "年", "Year"),
    _part_function("QUARTER", "季度（1–4）", "Quarter, 1 to 4"),
    _part_function("MONTH", "月", "Month"),
    _part_function("DAY", "日", "Day of the month"),
    _part_function("HOUR", "小时", "Hour"),
    _part_function("MINUTE", "分钟", "Minute"),
    _part_function("SECOND", "秒", "Second"),
    _part_function("ISOWEEKNUM", "ISO 周数", "ISO week of the year"),
    _function(
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
    _function(
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
    *_workday_functions(),
)

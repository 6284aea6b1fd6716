"""One figure from many values; empty ones are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from engines.formulas import numbers
from engines.formulas.emit import PRECISE, fill, guarded, joined_list, over_list, sql_type
from engines.formulas.function import Argument, SqlArgs, T, function, many, number
from engines.formulas.types import ANY, DATE, EMPTY, MOMENT, NUMBER, TEXT, Type, list_of
from engines.sql import Sql, sql


def members(values: Iterable[Any]) -> list[Any]:
    """All values, lists opened, empty ones left out."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            found.extend(each for each in value if each is not None)
        elif value is not None:
            found.append(value)
    return found


def _sum(*values: Any) -> Decimal:
    total = Decimal(0)
    for value in members(values):
        total = numbers.EXACT.add(total, value)
    return total


def _average(*values: Any) -> Decimal | None:
    found = members(values)
    return numbers.quotient(_sum(*found), Decimal(len(found))) if found else None


def _product(*values: Any) -> Decimal | None:
    found = members(values)
    if not found:
        return None
    total: Decimal | None = Decimal(1)
    for value in found:
        if total is None:
            return None
        total = numbers.bounded(numbers.EXACT.multiply(total, value))
    return total


def _product_sql(call: SqlArgs) -> Sql:
    items = joined_list(call, "numeric")
    return fill(
        "(WITH RECURSIVE _i AS (SELECT v, row_number() OVER () AS n FROM unnest({0}) AS _l(v)"
        " WHERE v IS NOT NULL), _p AS (SELECT n, CASE WHEN abs(v) < 1e60 THEN CASE WHEN"
        " scale(v) > 30 THEN round(v, 30) ELSE v END END AS v FROM _i WHERE n = 1"
        " UNION ALL SELECT _i.n, (SELECT CASE WHEN abs(_b.v) < 1e60 THEN CASE WHEN"
        " scale(_b.v) > 30 THEN round(_b.v, 30) ELSE _b.v END END FROM"
        " (SELECT _p.v * _i.v AS v OFFSET 0) AS _b)"
        " FROM _p JOIN _i ON _i.n = _p.n + 1) SELECT v FROM _p ORDER BY n DESC LIMIT 1)",
        (items,),
    )


def _median(*values: Any) -> Decimal | None:
    found = sorted(members(values))
    if not found:
        return None
    middle = len(found) // 2
    if len(found) % 2:
        return Decimal(found[middle])
    return numbers.quotient(numbers.EXACT.add(found[middle - 1], found[middle]), Decimal(2))


_MEDIAN = (
    "(SELECT CASE WHEN count(*) % 2 = 1 THEN max(_m.v) FILTER (WHERE _m.n = (_m.c + 1) / 2)"
    " ELSE round((sum(_m.v) FILTER (WHERE _m.n IN (_m.c / 2, _m.c / 2 + 1))) / 2.0, 12) END"
    " FROM (SELECT v, row_number() OVER (ORDER BY v) AS n, count(*) OVER () AS c"
    " FROM unnest({0}) AS _l(v) WHERE v IS NOT NULL) AS _m)"
)


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    def run(*values: Any) -> Any:
        found = members(values)
        return choose(found) if found else None

    return run


def _member_type(call: SqlArgs) -> Type:
    for type_ in call.types:
        member = type_.of if type_.name == "list" else type_
        if member not in (None, EMPTY, ANY):
            return member or NUMBER
    return NUMBER


def _aggregate(aggregate: str, *, typed: bool = False) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        member = _member_type(call) if typed else NUMBER
        # Texts are compared by code point, whatever the collation of the database.
        wanted = aggregate.replace("(v)", '(v COLLATE "C")') if member == TEXT else aggregate
        return over_list(wanted, joined_list(call, sql_type(member)))

    return write


def _counted(call: SqlArgs, empty: bool) -> Sql:
    parts: list[Sql] = []
    for arg, type_ in zip(call.args, call.types, strict=True):
        if type_.name == "list":
            condition = "v IS NULL" if empty else "v IS NOT NULL"
            parts.append(over_list(f"count(*) FILTER (WHERE {condition})", arg))
        else:
            sign = "IS NULL" if empty else "IS NOT NULL"
            parts.append(sql(f"({{}} {sign})::int", arg))
    total = parts[0]
    for part in parts[1:]:
        total = sql("{} + {}", total, part)
    return sql("({})::numeric", total)


def _count_empty(*values: Any) -> Decimal:
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return Decimal(sum(value is None for value in flat))


def _cumulated(chosen: bool) -> Callable[[tuple[Any, ...], Decimal], Any]:
    def run(items: tuple[Any, ...], place: Decimal) -> Any:
        found = sorted(members((items,)), reverse=chosen)
        index = numbers.whole(place)
        return found[index - 1] if 1 <= index <= len(found) else None

    return run


def _nth_sql(order: str) -> Callable[[SqlArgs], Sql]:
    return guarded(
        "CASE WHEN trunc({1}) BETWEEN 1 AND 1000000 THEN (SELECT v FROM unnest({0}) AS _l(v)"
        f" WHERE v IS NOT NULL ORDER BY v {order} OFFSET trunc({{1}})::int - 1 LIMIT 1) END"
    )


def _sum_product(left: tuple[Any, ...] | None, right: tuple[Any, ...] | None) -> Decimal:
    pairs = zip(left or (), right or (), strict=False)
    products = (
        numbers.EXACT.multiply(one, two)
        for one, two in pairs
        if one is not None and two is not None
    )
    return _sum(*products)


_NUMBERS = (many("number", NUMBER),)
_ANYTHING = (Argument("value", (ANY,), repeated=True),)
_ORDERED = (NUMBER, DATE, MOMENT, TEXT)
_NTH = (Argument("list", (list_of(NUMBER),)), number("place"))

FUNCTIONS = (
    function(
        "SUM",
        ("求和", "The sum"),
        _NUMBERS,
        NUMBER,
        _sum,
        _aggregate("COALESCE(sum(v), 0)"),
        strict=False,
    ),
    function(
        "AVERAGE",
        ("平均值", "The average"),
        _NUMBERS,
        NUMBER,
        _average,
        _aggregate(f"round((sum(v) + {PRECISE}) / NULLIF(count(v), 0), 12)"),
        strict=False,
    ),
    function(
        "MIN",
        ("最小值", "The smallest"),
        (many("value"),),
        T,
        _extreme(min),
        _aggregate("min(v)", typed=True),
        strict=False,
        among=_ORDERED,
    ),
    function(
        "MAX",
        ("最大值", "The largest"),
        (many("value"),),
        T,
        _extreme(max),
        _aggregate("max(v)", typed=True),
        strict=False,
        among=_ORDERED,
    ),
    function(
        "PRODUCT", ("乘积", "The product"), _NUMBERS, NUMBER, _product, _product_sql, strict=False
    ),
    function(
        "MEDIAN",
        ("中位数", "The median"),
        _NUMBERS,
        NUMBER,
        _median,
        lambda call: fill(_MEDIAN.replace("%", "%%"), (joined_list(call, "numeric"),)),
        strict=False,
    ),
    *(
        function(
            key,
            ("不为空的个数", "How many are not empty"),
            _ANYTHING,
            NUMBER,
            lambda *values: Decimal(len(members(values))),
            lambda call: _counted(call, False),
            strict=False,
        )
        for key in ("COUNT", "COUNTA")
    ),
    function(
        "COUNTBLANK",
        ("为空的个数", "How many are empty"),
        _ANYTHING,
        NUMBER,
        _count_empty,
        lambda call: _counted(call, True),
        strict=False,
    ),
    function(
        "SUMPRODUCT",
        ("对应项相乘再求和", "The sum of products of two lists"),
        (Argument("left", (list_of(NUMBER),)), Argument("right", (list_of(NUMBER),))),
        NUMBER,
        _sum_product,
        "(SELECT COALESCE(sum(_l.x * _l.y), 0) FROM unnest({0}, {1}) AS _l(x, y))",
        strict=False,
    ),
    function(
        "LARGE",
        ("第 n 大的值", "The n-th largest"),
        _NTH,
        NUMBER,
        _cumulated(True),
        _nth_sql("DESC"),
    ),
    function(
        "SMALL",
        ("第 n 小的值", "The n-th smallest"),
        _NTH,
        NUMBER,
        _cumulated(False),
        _nth_sql("ASC"),
    ),
)

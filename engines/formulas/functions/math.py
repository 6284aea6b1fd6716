"""Sums, rounding and the rest of arithmetic; what works on many values skips empty ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from typing import Any

from engines.formulas import numbers
from engines.formulas.emit import fill, guarded, joined_list, over_list, sql_type
from engines.formulas.function import Argument, Function, SqlArgs, T, many, number
from engines.formulas.types import ANY, DATE, EMPTY, MOMENT, NUMBER, TEXT, Type, list_of
from engines.sql import Sql, sql

_PI = Decimal("3.141592653589793")
# ln(10**60): beyond it a power is too large to be of use.
_LN_LARGEST = Decimal("138.15")


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


def _places(value: Decimal) -> int:
    return max(-30, min(30, numbers.whole(value)))


def _rounding(mode: str) -> Callable[..., Decimal]:
    def run(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
        if mode == "half":
            return numbers.rounded(value, _places(places))
        return numbers.rounded(value, _places(places), numbers.MODES[mode])

    return run


# greatest and least pass over NULL: the product keeps an empty argument empty.
_PLACES_SQL = "(greatest(-30, least(30, trunc({1}))) + 0 * {1})::int"


def _rounding_sql(function: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 1:
            return fill(f"{function}({{0}}, 0)", call.args)
        return fill(f"{function}({{0}}, {_PLACES_SQL})", call.args)

    return write


def _round_up_sql(call: SqlArgs) -> Sql:
    # Away from zero: cut, and one step further where something was cut off.
    places = call.args[1] if len(call.args) > 1 else Sql("0")
    return fill(
        f"(trunc({{0}}, {_PLACES_SQL}) + CASE WHEN trunc({{0}}, {_PLACES_SQL}) <> {{0}}"
        f" THEN sign({{0}}) * power(10::numeric, - {_PLACES_SQL}) ELSE 0 END)",
        (call.args[0], places),
    )


def _stepped(mode: str) -> Callable[..., Decimal | None]:
    def run(value: Decimal, step: Decimal = Decimal(1)) -> Decimal | None:
        if step <= 0:
            return None
        left = numbers.remainder(value, step) or Decimal(0)
        floor = numbers.EXACT.subtract(value, left)
        if mode == "floor" or left == 0:
            return floor
        return numbers.EXACT.add(floor, step)

    return run


def _floor(value: Decimal) -> Decimal:
    return numbers.rounded(value, 0, numbers.MODES["floor"])


def _stepped_sql(mode: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 1:
            return fill(f"{mode}({{0}})", call.args)
        floor = "({0} - mod(mod({0}, {1}) + {1}, {1}))"
        if mode == "floor":
            return fill(f"CASE WHEN {{1}} > 0 THEN {floor} END", call.args, fence=True)
        return fill(
            f"CASE WHEN {{1}} > 0 THEN {floor} + CASE WHEN mod({{0}}, {{1}}) = 0 THEN 0"
            " ELSE {1} END END",
            call.args,
            fence=True,
        )

    return write


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    if base == 0:
        return Decimal(0) if exponent > 0 else Decimal(1) if exponent == 0 else None
    if abs(exponent) > 1000 or (base < 0 and exponent != exponent.to_integral()):
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 130
        if abs(exponent * base.copy_abs().ln()) >= _LN_LARGEST:
            # Too small is zero, too large is empty.
            return Decimal(0) if (exponent > 0) == (abs(base) < 1) else None
        result = context.power(base, exponent)
    return numbers.rounded(result, 12)


_POWER = guarded(
    "CASE WHEN {0} = 0 THEN CASE WHEN {1} > 0 THEN 0 WHEN {1} = 0 THEN 1 END"
    " WHEN abs({1}) > 1000 OR ({0} < 0 AND {1} <> trunc({1})) THEN NULL"
    f" WHEN abs({{1}} * ln(abs({{0}}))) >= {_LN_LARGEST}"
    " THEN CASE WHEN ({1} > 0) = (abs({0}) < 1) THEN 0::numeric END"
    " ELSE round(power({0} + 1e-70 - 1e-70, {1}), 12) END"
)


def _root(value: Decimal) -> Decimal | None:
    return None if value < 0 else numbers.rounded(numbers.EXACT.sqrt(value), 12)


def _log(value: Decimal, base: Decimal = Decimal(10)) -> Decimal | None:
    if value <= 0 or base <= 0 or base == 1:
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 100
        return numbers.rounded(value.ln() / base.ln(), 12)


def _log_sql(call: SqlArgs) -> Sql:
    # Forty zeros make Postgres carry that many decimals.
    precise = "ln({0} + 0.0000000000000000000000000000000000000000)"
    if len(call.args) == 1:
        return fill(
            f"CASE WHEN {{0}} > 0 THEN round({precise} / {precise.replace('{0}', '10.0')}, 12) END",
            call.args,
            fence=True,
        )
    return fill(
        "CASE WHEN {0} > 0 AND {1} > 0 AND {1} <> 1 THEN"
        f" round({precise} / {precise.replace('{0}', '{1}')}, 12) END",
        call.args,
        fence=True,
    )


def _natural(value: Decimal) -> Decimal | None:
    if value <= 0:
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 100
        return numbers.rounded(value.ln(), 12)


def _sign(value: Decimal) -> Decimal:
    return Decimal((value > 0) - (value < 0))


def _function(
    key: str,
    label: tuple[str, str],
    arguments: tuple[Argument, ...],
    python: Callable[..., Any],
    sql: str | Callable[[SqlArgs], Sql],
    **more: Any,
) -> Function:
    texts = {"zh-Hans": label[0], "en": label[1]}
    returns = more.pop("returns", NUMBER)
    return Function(key, "math", texts, arguments, returns, python, sql, **more)


_NUMBERS = (many("number", NUMBER),)
_ANYTHING = (Argument("value", (ANY,), repeated=True),)
_ORDERED = (NUMBER, DATE, MOMENT, TEXT)
_ROUND = (number(), number("places", optional=True))
_STEP = (number(), number("step", optional=True))
_NTH = (Argument("list", (list_of(NUMBER),)), number("place"))

FUNCTIONS = (
    _function(
        "SUM", ("求和", "The sum"), _NUMBERS, _sum, _aggregate("COALESCE(sum(v), 0)"), strict=False
    ),
    _function(
        "AVERAGE",
        ("平均值", "The average"),
        _NUMBERS,
        _average,
        _aggregate(
            "round((sum(v) + 0.0000000000000000000000000000000000000000) / count(v), 12)".replace(
                "count(v)", "NULLIF(count(v), 0)"
            )
        ),
        strict=False,
    ),
    _function(
        "MIN",
        ("最小值", "The smallest"),
        (many("value"),),
        _extreme(min),
        _aggregate("min(v)", typed=True),
        strict=False,
        returns=T,
        among=_ORDERED,
    ),
    _function(
        "MAX",
        ("最大值", "The largest"),
        (many("value"),),
        _extreme(max),
        _aggregate("max(v)", typed=True),
        strict=False,
        returns=T,
        among=_ORDERED,
    ),
    _function("PRODUCT", ("乘积", "The product"), _NUMBERS, _product, _product_sql, strict=False),
    _function(
        "MEDIAN",
        ("中位数", "The median"),
        _NUMBERS,
        _median,
        lambda call: fill(_MEDIAN.replace("%", "%%"), (joined_list(call, "numeric"),)),
        strict=False,
    ),
    *(
        _function(
            key,
            ("不为空的个数", "How many are not empty"),
            _ANYTHING,
            lambda *values: Decimal(len(members(values))),
            lambda call: _counted(call, False),
            strict=False,
        )
        for key in ("COUNT", "COUNTA")
    ),
    _function(
        "COUNTBLANK",
        ("为空的个数", "How many are empty"),
        _ANYTHING,
        _count_empty,
        lambda call: _counted(call, True),
        strict=False,
    ),
    _function(
        "SUMPRODUCT",
        ("对应项相乘再求和", "The sum of products of two lists"),
        (Argument("left", (list_of(NUMBER),)), Argument("right", (list_of(NUMBER),))),
        _sum_product,
        "(SELECT COALESCE(sum(_l.x * _l.y), 0) FROM unnest({0}, {1}) AS _l(x, y))",
        strict=False,
    ),
    _function(
        "LARGE", ("第 n 大的值", "The n-th largest"), _NTH, _cumulated(True), _nth_sql("DESC")
    ),
    _function(
        "SMALL", ("第 n 小的值", "The n-th smallest"), _NTH, _cumulated(False), _nth_sql("ASC")
    ),
    _function(
        "ABS",
        ("绝对值", "Without its sign"),
        (number(),),
        lambda value: value.copy_abs(),
        "abs({0})",
    ),
    _function("SIGN", ("正负号", "The sign: -1, 0 or 1"), (number(),), _sign, "sign({0})"),
    _function(
        "INT",
        ("向下取整", "The whole number at or below"),
        (number(),),
        _floor,
        "floor({0})",
    ),
    _function(
        "MOD",
        ("余数（与除数同号）", "The remainder, with the sign of the divisor"),
        (number(), number("divisor")),
        numbers.remainder,
        "mod(mod({0}, NULLIF({1}, 0)) + {1}, NULLIF({1}, 0))",
    ),
    _function(
        "QUOTIENT",
        ("商的整数部分", "The whole part of a division"),
        (number(), number("divisor")),
        lambda left, right: None if right == 0 else numbers.EXACT.divide_int(left, right),
        "div({0}, NULLIF({1}, 0))",
    ),
    _function(
        "ROUND", ("四舍五入", "Rounded half up"), _ROUND, _rounding("half"), _rounding_sql("round")
    ),
    _function(
        "ROUNDUP", ("远离零舍入", "Rounded away from zero"), _ROUND, _rounding("up"), _round_up_sql
    ),
    *(
        _function(
            key,
            ("向零舍入", "Rounded towards zero"),
            _ROUND,
            _rounding("down"),
            _rounding_sql("trunc"),
        )
        for key in ("ROUNDDOWN", "TRUNC")
    ),
    _function(
        "CEILING",
        ("向上舍入到倍数", "Up to the next multiple"),
        _STEP,
        _stepped("ceiling"),
        _stepped_sql("ceil"),
    ),
    _function(
        "FLOOR",
        ("向下舍入到倍数", "Down to the next multiple"),
        _STEP,
        _stepped("floor"),
        _stepped_sql("floor"),
    ),
    _function("POWER", ("乘方", "A power"), (number("base"), number("exponent")), _power, _POWER),
    _function(
        "SQRT",
        ("平方根", "The square root"),
        (number(),),
        _root,
        guarded(
            "CASE WHEN {0} >= 0 THEN"
            " round(sqrt({0} + 0.0000000000000000000000000000000000000000), 12) END"
        ),
    ),
    _function(
        "LOG",
        ("对数（默认以 10 为底）", "The logarithm, to base 10 unless given"),
        (number(), number("base", optional=True)),
        _log,
        _log_sql,
    ),
    _function(
        "LN",
        ("自然对数", "The natural logarithm"),
        (number(),),
        _natural,
        guarded(
            "CASE WHEN {0} > 0 THEN"
            " round(ln({0} + 0.0000000000000000000000000000000000000000), 12) END"
        ),
    ),
    _function(
        "EXP",
        ("e 的乘方", "A power of e"),
        (number(),),
        lambda value: _exponential(value),
        guarded(
            "CASE WHEN {0} < 138.15 THEN CASE WHEN {0} < -138.15 THEN 0::numeric ELSE"
            " round(exp({0} + 0.0000000000000000000000000000000000000000), 12) END END"
        ),
    ),
    _function("PI", ("圆周率", "Pi"), (), lambda: _PI, f"{_PI}"),
)


def _exponential(value: Decimal) -> Decimal | None:
    if value >= _LN_LARGEST:
        return None
    if value < -_LN_LARGEST:
        return Decimal(0)
    with localcontext(numbers.EXACT) as context:
        context.prec = 130
        return numbers.rounded(value.exp(), 12)

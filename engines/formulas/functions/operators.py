"""The operators as functions: empty-aware, three-valued, the same in all back ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engines.formulas import moments, numbers
from engines.formulas.emit import fill, guarded, sql_type
from engines.formulas.function import Argument, Function, S, SqlArgs, T, condition, number, same
from engines.formulas.types import (
    ANY,
    BOOLEAN,
    DATE,
    DEPARTMENT,
    EMPTY,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    Type,
    Value,
    list_of,
)
from engines.sql import Sql, join, sql

_COMPARABLE = (NUMBER, TEXT, DATE, MOMENT, BOOLEAN, PERSON, DEPARTMENT, Type("link"), ANY)
_ORDERED = (NUMBER, TEXT, DATE, MOMENT, ANY)
DAY_LATER = (
    "CASE WHEN ({0} - DATE '0001-01-01') + trunc({1}) BETWEEN 0 AND 3652058"
    " THEN {0} + trunc({1})::int END"
)


def _first_known(types: tuple[Type, ...]) -> Type:
    return next((each for each in types if each not in (EMPTY, ANY)), NUMBER)


def _plus_signature(types: tuple[Type, ...], _: tuple[Value, ...]) -> tuple[Argument, ...]:
    if types[0] == DATE:
        return (Argument("date", (DATE,)), Argument("days", (NUMBER,), repeated=True))
    kind = TEXT if _first_known(types) == TEXT else NUMBER
    return (Argument("value", (kind,)), Argument("value", (kind,), repeated=True))


def _plus_type(types: tuple[Type, ...], _: tuple[Value, ...]) -> Type:
    return types[0] if types[0] in (DATE, TEXT) else NUMBER


def _plus(*values: Any) -> Value:
    total = values[0]
    for value in values[1:]:
        if isinstance(total, str):
            total = total + value
        elif isinstance(total, Decimal):
            total = numbers.EXACT.add(total, value)
        elif total is not None:
            total = moments.days_later(total, numbers.whole(value))
    return total  # type: ignore[no-any-return]


def _plus_sql(call: SqlArgs) -> Sql:
    if call.types[0] == DATE:
        total = call.args[0]
        for days in call.args[1:]:
            total = fill(DAY_LATER, (total, days), fence=True)
        return total
    sign = " || " if call.types[0] == TEXT else " + "
    return sql("({})", join(sign, call.args))


def _minus_signature(types: tuple[Type, ...], _: tuple[Value, ...]) -> tuple[Argument, ...]:
    if types[0] == DATE:
        second = NUMBER if types[-1] == NUMBER or len(types) > 2 else DATE
        return (Argument("date", (DATE,)), Argument("value", (second,), repeated=True))
    return (Argument("number", (NUMBER,)), Argument("number", (NUMBER,), repeated=True))


def _minus_type(types: tuple[Type, ...], _: tuple[Value, ...]) -> Type:
    return DATE if types[0] == DATE and types[1] == NUMBER else NUMBER


def _minus(*values: Any) -> Value:
    total = values[0]
    for value in values[1:]:
        if isinstance(total, Decimal):
            total = numbers.EXACT.subtract(total, value)
        elif isinstance(value, date):
            total = Decimal((total - value).days)
        elif total is not None:
            total = moments.days_later(total, -numbers.whole(value))
    return total  # type: ignore[no-any-return]


def _minus_sql(call: SqlArgs) -> Sql:
    if call.types[0] == DATE and call.types[1] == NUMBER:
        total = call.args[0]
        for days in call.args[1:]:
            total = fill(DAY_LATER, (total, sql("(- {})", days)), fence=True)
        return total
    difference = sql("({})", join(" - ", call.args))
    return sql("{}::numeric", difference) if call.types[0] == DATE else difference


def _times(*values: Decimal) -> Decimal:
    total = values[0]
    for value in values[1:]:
        total = numbers.EXACT.multiply(total, value)
    return total


def _folded(step: Callable[[Decimal, Decimal], Decimal | None]) -> Callable[..., Decimal | None]:
    def run(*values: Decimal) -> Decimal | None:
        total: Decimal | None = values[0]
        for value in values[1:]:
            if total is None:
                return None
            total = step(total, value)
        return total

    return run


def _folded_sql(template: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        total = call.args[0]
        for right in call.args[1:]:
            total = fill(template, (total, right))
        return total

    return write


_QUOTIENT = (
    f"round(({{0}} + {'0.' + '0' * numbers.QUOTIENT_PLACES}) / NULLIF({{1}}, 0),"
    f" {numbers.DIVISION_PLACES})"
)
_REMAINDER = "mod(mod({0}, NULLIF({1}, 0)) + {1}, NULLIF({1}, 0))"


def _comparison(key: str, test: Callable[[Any, Any], bool]) -> Function:
    sign = "<>" if key == "!=" else key
    ordered = key not in ("=", "!=")

    def write(call: SqlArgs) -> Sql:
        # Code point order, whatever collation the database was made with.
        collate = ' COLLATE "C"' if ordered and call.types[0] == TEXT else ""
        return fill(f"({{0}}{collate} {sign} {{1}})", call.args)

    return Function(
        key=key,
        family="operators",
        label=key,
        arguments=(same("left"), same("right")),
        returns=BOOLEAN,
        among=_ORDERED if ordered else _COMPARABLE,
        python=test,
        sql=write,
    )


def _and(*values: bool | None) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def _or(*values: bool | None) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def _joined_by(word: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        return sql("({})", join(f" {word} ", call.args))

    return write


def is_in(item: Value, items: tuple[Value, ...] | None) -> bool | None:
    """The ``or`` of comparisons with each member; a list without members contains nothing."""
    if not items:
        return False
    if item is None:
        return None
    if item in items:
        return True
    return None if None in items else False


def _in_sql(call: SqlArgs) -> Sql:
    items = call.args[1]
    if not items.text.startswith(("%s", "ARRAY[")):
        items = Sql("COALESCE(") + items + Sql(", '{}')")
    return sql("({} = ANY({}))", call.args[0], items)


def _list(*items: Value) -> tuple[Value, ...]:
    return items


def _list_sql(call: SqlArgs) -> Sql:
    # A list of texts may stand for usernames, dates …: the checker has typed each member alike.
    known = _first_known(call.types) if call.types else TEXT
    return sql(f"ARRAY[{{}}]::{sql_type(known)}[]", join(", ", call.args))


def _list_type(types: tuple[Type, ...], _: tuple[Value, ...]) -> Type:
    return list_of(_first_known(types)) if types and set(types) != {EMPTY} else list_of(EMPTY)


def _moment(value: Any, zone: str) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return moments.midnight(value, zone)
    return moments.read_moment(value, zone)


def _moment_sql(call: SqlArgs) -> Sql:
    if call.types[0] == DATE:
        return fill("({0}::timestamp AT TIME ZONE {zone})", call.args, call.context)
    if call.types[0] == MOMENT:
        return call.args[0]
    return fill(
        f"CASE WHEN {{0}} ~ '{moments.MOMENT_SQL}' AND pg_input_is_valid({{0}}, 'timestamptz') THEN"
        " CASE WHEN {0} ~ '(Z|[+-]..:..)\\s*$' THEN {0}::timestamptz"
        " ELSE {0}::timestamp AT TIME ZONE {zone} END END",
        call.args,
        call.context,
        fence=True,
    )


def _operator(
    key: str,
    arguments: tuple[Argument, ...],
    returns: Any,
    python: Callable[..., Any],
    sql: Any,
    **more: Any,
) -> Function:
    return Function(key, key, arguments, returns, python, sql, **more)


_NUMBERS = (number("left"), Argument("right", (NUMBER,), repeated=True))
_CONDITIONS = (Argument("condition", (BOOLEAN,), repeated=True),)

FUNCTIONS = (
    _operator("+", _NUMBERS, _plus_type, _plus, _plus_sql, signature=_plus_signature),
    _operator("-", _NUMBERS, _minus_type, _minus, _minus_sql, signature=_minus_signature),
    _operator("*", _NUMBERS, NUMBER, _times, _folded_sql("({0} * {1})")),
    _operator("/", _NUMBERS, NUMBER, _folded(numbers.quotient), _folded_sql(_QUOTIENT)),
    _operator("%", _NUMBERS, NUMBER, _folded(numbers.remainder), _folded_sql(_REMAINDER)),
    _operator("negative", (number(),), NUMBER, lambda value: value.copy_negate(), "(- {0})"),
    _comparison("=", lambda left, right: bool(left == right)),
    _comparison("!=", lambda left, right: bool(left != right)),
    _comparison("<", lambda left, right: bool(left < right)),
    _comparison("<=", lambda left, right: bool(left <= right)),
    _comparison(">", lambda left, right: bool(left > right)),
    _comparison(">=", lambda left, right: bool(left >= right)),
    _operator("and", _CONDITIONS, BOOLEAN, _and, _joined_by("AND"), strict=False),
    _operator("or", _CONDITIONS, BOOLEAN, _or, _joined_by("OR"), strict=False),
    _operator("not", (condition(),), BOOLEAN, lambda value: not value, "(NOT {0})"),
    _operator(
        "in",
        (same("item", S), Argument("list", (list_of(S),))),
        BOOLEAN,
        is_in,
        _in_sql,
        strict=False,
        among=_COMPARABLE,
    ),
    _operator(
        "[]",
        (same("item", T, optional=True, repeated=True),),
        _list_type,
        _list,
        _list_sql,
        strict=False,
    ),
    _operator(
        "BOUND",
        (number(),),
        NUMBER,
        numbers.bounded,
        guarded(
            f"CASE WHEN abs({{0}}) < 1e60 THEN CASE WHEN scale({{0}}) > {numbers.KEPT_PLACES}"
            f" THEN round({{0}}, {numbers.KEPT_PLACES}) ELSE {{0}} END END"
        ),
        hidden=True,
    ),
    # A list of which nothing was known, where the members' type is wanted: empty ones only.
    _operator(
        "TYPED",
        (Argument("list"),),
        list_of(T),
        lambda items: items,
        lambda call: fill(f"({{0}})::{sql_type(call.returns)}", call.args),
        strict=False,
        hidden=True,
    ),
    _operator(
        "MOMENT",
        (Argument("value", (MOMENT, DATE, TEXT)),),
        MOMENT,
        _moment,
        _moment_sql,
        needs=("zone",),
    ),
)

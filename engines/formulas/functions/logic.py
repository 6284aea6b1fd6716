"""Choosing between values, and asking whether there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engines.formulas.emit import fill
from engines.formulas.function import Argument, S, SqlArgs, T, condition, function, same
from engines.formulas.types import ANY, BOOLEAN, TEXT, Type, Value
from engines.sql import Sql, join, sql


def _if(met: bool | None, then: Any, otherwise: Any = None) -> Any:
    return then if met is True else otherwise


def _ifs(*parts: Any) -> Any:
    for place in range(0, len(parts) - 1, 2):
        if parts[place] is True:
            return parts[place + 1]
    return parts[-1] if len(parts) % 2 else None


def _ifs_signature(types: tuple[Type, ...], _: tuple[Value, ...]) -> tuple[Argument, ...]:
    pairs = max(len(types) // 2, 1)
    chosen = (condition(), same("value")) * pairs
    return (*chosen, same("otherwise")) if len(types) > 2 and len(types) % 2 else chosen


def _ifs_sql(call: SqlArgs) -> Sql:
    args = call.args
    parts = [
        sql("WHEN {} THEN {}", args[place], args[place + 1]) for place in range(0, len(args) - 1, 2)
    ]
    return _case(Sql(""), parts, args[-1] if len(args) % 2 else None)


def _switch(value: Any, *parts: Any) -> Any:
    if value is not None:
        for place in range(0, len(parts) - 1, 2):
            if parts[place] == value:
                return parts[place + 1]
    return parts[-1] if len(parts) % 2 else None


def _switch_signature(types: tuple[Type, ...], _: tuple[Value, ...]) -> tuple[Argument, ...]:
    pairs = max((len(types) - 1) // 2, 1)
    chosen = (same("value", S), *((same("case", S), same("result")) * pairs))
    return chosen if len(types) % 2 else (*chosen, same("otherwise"))


def _switch_sql(call: SqlArgs) -> Sql:
    first, *args = call.args
    parts = [
        sql("WHEN {} THEN {}", args[place], args[place + 1]) for place in range(0, len(args) - 1, 2)
    ]
    return _case(first, parts, args[-1] if len(args) % 2 else None)


def _case(first: Sql, parts: list[Sql], otherwise: Sql | None) -> Sql:
    tail = sql("ELSE {} ", otherwise) if otherwise is not None else Sql("")
    return sql("(CASE {} {} {}END)", first, join(" ", parts), tail)


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None and value != ()), None)


def _coalesce_sql(call: SqlArgs) -> Sql:
    return sql("COALESCE({})", join(", ", call.args))


def is_empty(value: Value) -> bool:
    """True for no value and for a list without members."""
    return value is None or value == ()


def _empty_sql(word: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if call.types[0].name == "list":
            sign = "=" if word == "IS NULL" else "<>"
            return fill(f"(COALESCE(cardinality({{0}}), 0) {sign} 0)", call.args)
        return fill(f"({{0}} {word})", call.args)

    return write


def _xor(*values: bool) -> bool:
    return sum(values) % 2 == 1


def _xor_sql(call: SqlArgs) -> Sql:
    total = call.args[0]
    for arg in call.args[1:]:
        total = sql("(({}) <> ({}))", total, arg)
    return total


_SOMETHING = (Argument("value", (ANY,)),)

FUNCTIONS = (
    function(
        "IF",
        (
            "条件成立时取第二个值，否则取第三个",
            "The second value when the condition holds, else the third",
        ),
        (condition(), same("then"), same("otherwise", optional=True)),
        T,
        _if,
        lambda call: _ifs_sql(call),
        strict=False,
    ),
    function(
        "IFS",
        (
            "第一个成立的条件后面的值；最后可加一个默认值",
            "The value after the first condition that holds; a default may stand last",
        ),
        (condition(), same("value", repeated=True)),
        T,
        _ifs,
        _ifs_sql,
        strict=False,
        signature=_ifs_signature,
    ),
    function(
        "SWITCH",
        (
            "按值查找对应的结果；最后可加一个默认值",
            "The result beside the case that equals the value; a default may stand last",
        ),
        (same("value", S), same("case", S), same("result", repeated=True)),
        T,
        _switch,
        _switch_sql,
        strict=False,
        signature=_switch_signature,
    ),
    function(
        "XOR",
        ("奇数个条件成立", "An odd number of the conditions hold"),
        (condition(), Argument("condition", (BOOLEAN,), repeated=True)),
        BOOLEAN,
        _xor,
        _xor_sql,
    ),
    function("TRUE", ("真", "True"), (), BOOLEAN, lambda: True, "TRUE"),
    function("FALSE", ("假", "False"), (), BOOLEAN, lambda: False, "FALSE"),
    function(
        "ISEMPTY",
        ("是否为空", "Whether there is no value"),
        _SOMETHING,
        BOOLEAN,
        is_empty,
        _empty_sql("IS NULL"),
        strict=False,
    ),
    function(
        "ISBLANK",
        ("是否为空（同 ISEMPTY）", "Whether there is no value (as ISEMPTY)"),
        _SOMETHING,
        BOOLEAN,
        is_empty,
        _empty_sql("IS NULL"),
        strict=False,
    ),
    function(
        "ISNOTEMPTY",
        ("是否不为空", "Whether there is a value"),
        _SOMETHING,
        BOOLEAN,
        lambda value: not is_empty(value),
        _empty_sql("IS NOT NULL"),
        strict=False,
    ),
    function(
        "COALESCE",
        ("第一个不为空的值", "The first value that is not empty"),
        (same("value"), same("value", repeated=True)),
        T,
        _first,
        _coalesce_sql,
        strict=False,
    ),
    function(
        "IFERROR",
        (
            "算不出来（为空）时取第二个值",
            "The second value when the first cannot be computed (is empty)",
        ),
        (same("value"), same("otherwise")),
        T,
        _first,
        _coalesce_sql,
        strict=False,
    ),
    function(
        "EXACT",
        ("两段文本是否完全相同", "Whether two texts are exactly the same"),
        (Argument("left", (TEXT,)), Argument("right", (TEXT,))),
        BOOLEAN,
        lambda left, right: bool(left == right),
        "({0} = {1})",
    ),
)

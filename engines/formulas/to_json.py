"""The browser back end: the checked tree as JSON for the interpreter in static/src/formulas."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from engines.formulas.compile import Formula
from engines.formulas.tree import Literal, Name, Node
from engines.formulas.types import Type
from engines.values import JsonValue, decimal_text


def to_json(formula: Formula) -> JsonValue:
    """``{"value","type"}`` | ``{"name","type"}`` | ``{"old","type"}`` | ``{"call","args","type"}``.

    The types tell the interpreter how to read the JSON of a record; a person or department
    literal is the username or key.
    """
    return _json(formula.tree)


def _json(node: Node) -> dict[str, JsonValue]:
    kind = type_json(node.type)
    if isinstance(node, Literal):
        return {"value": _value(node), "type": kind}
    if isinstance(node, Name):
        return {"old" if node.old else "name": list(node.path), "type": kind}
    return {"call": node.key, "args": [_json(arg) for arg in node.args], "type": kind}


def type_json(type_: Type) -> str:
    """``number``, ``list:number``, ``list`` …"""
    if type_.name == "list" and type_.of is not None:
        return f"list:{type_json(type_.of)}"
    return type_.name


def _value(node: Literal) -> JsonValue:
    value = node.value
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"not a literal: {value!r}")

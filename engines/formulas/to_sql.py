"""The SQL back end: the checked tree as an expression for Postgres, every value a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from engines.formulas.compile import Formula
from engines.formulas.emit import fill, sql_type
from engines.formulas.function import SqlArgs
from engines.formulas.functions import FUNCTIONS
from engines.formulas.to_python import NOBODY, Actor, context_of
from engines.formulas.tree import Call, Literal, Name, Node
from engines.formulas.types import DATE, MOMENT, Type, Value, is_reference
from engines.sql import Sql, sql, value


class Columns(Protocol):
    """Where the fields are: the SQL of a field, or of what lies at the end of a link path."""

    def column(self, path: tuple[str, ...]) -> Sql:
        """An expression of the field's Postgres type; an array for paths through a list."""
        ...


@dataclass(frozen=True, slots=True)
class SqlEnv:
    """What a formula may ask beside columns: the time, the zone, who asks, ids by name."""

    now: datetime
    zone: str
    actor: Actor = NOBODY
    people: Mapping[str, int] = field(default_factory=dict)
    departments: Mapping[str, int] = field(default_factory=dict)


_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "in"})
_CONTEXT_TYPES = {
    "now": "timestamptz",
    "zone": "text",
    "user": "bigint",
    "name": "text",
    "username": "text",
    "department": "bigint",
    "departments": "bigint[]",
    "subordinates": "bigint[]",
    "roles": "text[]",
}


def to_sql(formula: Formula, columns: Columns, env: SqlEnv) -> Sql:
    """One expression of the formula's type. ``old`` fields are asked for as ("old", field)."""
    return _Writer(columns, env).write(formula.tree)


class _Writer:
    def __init__(self, columns: Columns, env: SqlEnv) -> None:
        self._columns = columns
        self._env = env
        self._context: dict[str, Sql] = {}
        for key, found in context_of(env.actor, env.now, env.zone).items():
            plain = list(found) if isinstance(found, tuple) else found
            self._context[key] = Sql(f"%s::{_CONTEXT_TYPES[key]}", (plain,))

    def write(self, node: Node, beside: Node | None = None) -> Sql:
        """The SQL of a node; ``beside`` is what it is compared with."""
        if isinstance(node, Name):
            return self._columns.column(("old", *node.path) if node.old else node.path)
        if isinstance(node, Literal):
            return self._literal(node, beside)
        if node.key == "[]" and all(isinstance(arg, Literal) for arg in node.args):
            return self._literal_list(node)
        if node.key in _COMPARISONS:
            return self._comparison(node)
        return self._call(node, tuple(self.write(arg) for arg in node.args))

    def _call(self, node: Call, args: tuple[Sql, ...]) -> Sql:
        function = FUNCTIONS[node.key]
        if isinstance(function.sql, str):
            return fill(function.sql, args, self._context)
        literals = tuple(arg.value if isinstance(arg, Literal) else None for arg in node.args)
        types = tuple(arg.type for arg in node.args)
        return function.sql(SqlArgs(args, types, literals, self._context, node.type))

    def _comparison(self, node: Call) -> Sql:
        left, right = node.args
        if shifted := self._by_moment(node.key, left, right):
            return shifted
        return self._call(node, (self.write(left, right), self.write(right, left)))

    def _by_moment(self, key: str, left: Node, right: Node) -> Sql | None:
        """The date of a stored moment against a date, turned round so that an index serves."""
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
        if key not in turned:
            return None
        if _shown_day(right) is not None and _shown_day(left) is None:
            key, left, right = turned[key], right, left
        moment = _shown_day(left)
        if moment is None or _shown_day(right) is not None or right.type != DATE:
            return None
        day = self.write(right)
        if key in (">", "<="):
            day = sql("({} + 1)", day)
        sign = ">=" if key in (">", ">=") else "<"
        start = fill("({0}::timestamp AT TIME ZONE {zone})", (day,), self._context)
        return sql(f"({{}} {sign} {{}})", self.write(moment), start)

    def _literal(self, node: Literal, beside: Node | None) -> Sql:
        found = self._plain(node)
        if found is None:
            return Sql(f"NULL::{sql_type(node.type)}")
        if isinstance(found, bool):
            return Sql("TRUE" if found else "FALSE")
        if isinstance(beside, Name) and isinstance(found, str | int):
            return value(found)
        return Sql(f"%s::{sql_type(node.type)}", (found,))

    def _plain(self, node: Literal) -> Value:
        if isinstance(node.value, str) and is_reference(node.type):
            named = self._env.people if node.type.name == "person" else self._env.departments
            return named.get(node.value)
        return node.value

    def _literal_list(self, node: Call) -> Sql:
        items = [self._plain(arg) for arg in node.args if isinstance(arg, Literal)]
        return Sql(f"%s::{_list_type(node)}", (items,))


def _list_type(node: Call) -> str:
    member: Type | None = node.type.of
    if member is None or member.name in ("any", "empty"):
        kinds = {arg.type.name: arg.type for arg in node.args}
        kinds.pop("empty", None)
        member = next(iter(kinds.values()), None)
    return sql_type(Type("list", of=member))


def _shown_day(node: Node) -> Name | None:
    if isinstance(node, Call) and node.key == "DATE" and len(node.args) == 1:
        inner = node.args[0]
        if isinstance(inner, Name) and inner.type == MOMENT:
            return inner
    return None

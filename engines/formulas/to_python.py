"""The Python back end: the checked tree as an ast that simpleeval walks, operators replaced."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from simpleeval import SimpleEval

from engines.formulas.compile import Formula
from engines.formulas.function import Function
from engines.formulas.functions import FUNCTIONS
from engines.formulas.tree import Literal, Name, Node, walk
from engines.formulas.types import Type, Value, is_reference


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: ids of the person, the department, it with those below, and the people below."""

    id: int | None = None
    department: int | None = None
    departments: tuple[int, ...] = ()
    subordinates: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    username: str | None = None
    name: str | None = None


NOBODY = Actor()


@dataclass(frozen=True, slots=True)
class Env:
    """What a formula is evaluated against.

    ``values`` are the record's own, ``links`` what lies at the end of each link path, ``old`` the
    values before the change, ``people`` and ``departments`` ids by username and key. ``now`` is in
    UTC; ``zone`` is the application's.
    """

    values: Mapping[str, Value]
    now: datetime
    zone: str
    actor: Actor = NOBODY
    links: Mapping[tuple[str, ...], Value] = field(default_factory=dict)
    old: Mapping[str, Value] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    departments: Mapping[str, int] = field(default_factory=dict)


def context_of(actor: Actor, now: datetime, zone: str) -> dict[str, Value]:
    """The plain values that functions may ask for with ``needs``."""
    return {
        "now": now,
        "zone": zone,
        "user": actor.id,
        "name": actor.name,
        "username": actor.username,
        "department": actor.department,
        "departments": tuple(actor.departments),
        "subordinates": tuple(actor.subordinates),
        "roles": tuple(sorted(actor.roles)),
    }


class _Walker(SimpleEval):  # type: ignore[misc]
    """simpleeval reduced to names, calls and constants; its constructor's work is not needed."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], names: dict[str, Any]) -> None:
        self.operators: dict[Any, Any] = {}
        self.functions = functions
        self.names = names
        self.allowed_attrs: dict[Any, Any] = {}
        self.expr = ""
        self.nodes = {
            ast.Name: self._eval_name,
            ast.Call: self._eval_call,
            ast.Constant: self._eval_constant,
        }

    def _check_disallowed_items(self, item: object) -> None:
        """Nothing to look for: names are read as plain values, functions are ours alone."""


@dataclass(frozen=True, slots=True)
class _Program:
    tree: ast.expr
    functions: Mapping[str, Callable[..., Any]]
    reads: tuple[tuple[str, Name], ...]
    references: tuple[tuple[str, str, str], ...]
    needs: frozenset[str]


def evaluate(formula: Formula, env: Env) -> Value:
    """The formula's value; empty where it cannot be computed. Never raises for any data."""
    program = _program(formula)
    names: dict[str, Any] = {}
    if program.needs:
        context = context_of(env.actor, env.now, env.zone)
        names = {f"@{key}": context[key] for key in program.needs}
    for key, node in program.reads:
        names[key] = read(_raw(node, env), node.type)
    for key, kind, text in program.references:
        names[key] = (env.people if kind == "person" else env.departments).get(text)
    result: Value = _Walker(program.functions, names).eval("", program.tree)
    return read(result, formula.type)


def is_met(formula: Formula, env: Env) -> bool:
    """True when the condition holds; an empty condition is not met."""
    return evaluate(formula, env) is True


def read(value: Any, type_: Type) -> Value:
    """``value`` as the language has it: empty text is empty, whole numbers are decimals.

    What is not of the type at all is empty, so that no function meets a value it cannot take.
    """
    if value is None or value == "":
        return None
    name = type_.name
    if name == "list":
        return _read_list(value, type_)
    if name == "number":
        if isinstance(value, Decimal):
            return value if value.is_finite() else None
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
    if name == "text":
        return value if isinstance(value, str) else None
    if name == "boolean":
        return value if isinstance(value, bool) else None
    if name == "moment":
        if not isinstance(value, datetime):
            return None
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    if name == "date":
        return value if isinstance(value, date) and not isinstance(value, datetime) else None
    if is_reference(type_):
        if isinstance(value, Mapping):
            value = value.get("id")
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return tuple(value) if isinstance(value, list) else value


def _read_list(value: Any, type_: Type) -> Value:
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        return None
    member = type_.of
    return tuple(value) if member is None else tuple(read(each, member) for each in value)


def _raw(node: Name, env: Env) -> Any:
    if node.old:
        return _reached(env.old.get(node.path[0]), node.path[1:])
    if len(node.path) == 1:
        return env.values.get(node.path[0])
    if node.path in env.links:
        return env.links[node.path]
    return _reached(env.values.get(node.path[0]), node.path[1:])


def _reached(value: Any, path: tuple[str, ...]) -> Any:
    """Down a path through rows at hand, such as those of a sub-table being written."""
    for key in path:
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            value = tuple(each.get(key) for each in value if isinstance(each, Mapping))
        else:
            return None
    return value


@lru_cache(maxsize=4096)
def _program(formula: Formula) -> _Program:
    reads: dict[str, Name] = {}
    references: dict[str, tuple[str, str]] = {}
    for node in walk(formula.tree):
        if isinstance(node, Name):
            reads[_name_key(node)] = node
        elif isinstance(node, Literal) and _is_named(node):
            references[_reference_key(node)] = (node.type.name, str(node.value))
    return _Program(
        tree=_tree(formula.tree),
        functions={key: _total(FUNCTIONS[key]) for key in formula.functions},
        reads=tuple(reads.items()),
        references=tuple((key, *found) for key, found in references.items()),
        needs=frozenset(need for key in formula.functions for need in FUNCTIONS[key].needs),
    )


def _is_named(node: Literal) -> bool:
    return isinstance(node.value, str) and is_reference(node.type)


def _name_key(node: Name) -> str:
    return ("old." if node.old else "") + ".".join(node.path)


def _reference_key(node: Literal) -> str:
    return f"@{node.type.name}:{node.value}"


def _tree(node: Node) -> ast.expr:
    if isinstance(node, Name):
        return ast.Name(id=_name_key(node), ctx=ast.Load())
    if isinstance(node, Literal):
        if _is_named(node):
            return ast.Name(id=_reference_key(node), ctx=ast.Load())
        value: Any = node.value  # simpleeval hands over any constant; ast's types are narrower
        return ast.Constant(value=value)
    args = [_tree(arg) for arg in node.args]
    args += [ast.Name(id=f"@{need}", ctx=ast.Load()) for need in FUNCTIONS[node.key].needs]
    return ast.Call(func=ast.Name(id=node.key, ctx=ast.Load()), args=args, keywords=[])


@lru_cache(maxsize=1024)
def _total(function: Function) -> Callable[..., Any]:
    """The function, empty for empty arguments when strict, and empty where it has no value."""
    needs = len(function.needs)
    python = function.python

    def run(*values: Any) -> Any:
        if function.strict and any(
            value is None for value in (values[:-needs] if needs else values)
        ):
            return None
        try:
            result = python(*values)
        except (ArithmeticError, ValueError):
            return None
        return None if result == "" else result

    return run

"""Statements that come again are planned once per connection.

Planning a page of records costs several times what running it does. A statement is prepared when
its text comes for the second time, so that filters somebody tries once leave nothing behind.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import count, pairwise
from types import NoneType
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import Error, connection, transaction

from apps_runtime.store.run import execute
from engines.sql import Sql

KEPT = 60
REMEMBERED = 500
MAX_PARAMETERS = 400
_MARKS = re.compile(r"%%|%s")
_INTEGER = 2**31

Key = tuple[str, tuple[str, ...], int]


@dataclass
class _Session:
    """What one connection has prepared (key → name and whatever must outlive it) and seen."""

    known: OrderedDict[Key, tuple[str, object]] = field(default_factory=OrderedDict)
    seen: OrderedDict[Key, None] = field(default_factory=OrderedDict)
    refused: set[Key] = field(default_factory=set)
    numbers: Any = field(default_factory=lambda: count(1))


_sessions: WeakKeyDictionary[Any, _Session] = WeakKeyDictionary()


def fetched(statement: Sql, plan: object) -> list[tuple[Any, ...]]:
    """The rows of ``statement``. ``plan`` is what the statement was made for: another plan may give
    the same text other columns, so it never shares a prepared statement."""
    with connection.cursor() as cursor:
        execute(cursor, _statement(statement, plan))
        return list(cursor.fetchall())


def fetched_anew(statement: Sql) -> list[tuple[Any, ...]]:
    """The rows of a statement that is planned each time, because its parameters decide the plan."""
    with connection.cursor() as cursor:
        execute(cursor, statement)
        return list(cursor.fetchall())


def _statement(statement: Sql, plan: object) -> Sql:
    if len(statement.params) > MAX_PARAMETERS or not getattr(settings, "PREPARE", True):
        return statement
    text, params = _numbered(statement)
    types = tuple(_type(each) for each in params)
    session = _sessions.setdefault(connection.connection, _Session())
    key = (text, types, id(plan))
    name = _name(session, key, plan)
    if name is None:
        return statement
    places = ", ".join(["%s"] * len(params))
    return Sql(f"EXECUTE {name} ({places})" if params else f"EXECUTE {name}", params)


def _name(session: _Session, key: Key, plan: object) -> str | None:
    if key in session.known:
        session.known.move_to_end(key)
        return session.known[key][0]
    if key in session.refused:
        return None
    if key not in session.seen:
        session.seen[key] = None
        if len(session.seen) > REMEMBERED:
            session.seen.popitem(last=False)
        return None
    name = f"mortise_{next(session.numbers)}"
    text, types, _ = key
    declared = f" ({', '.join(types)})" if types else ""
    try:
        # In a transaction a savepoint keeps a refusal from ending it.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name}{declared} AS {text}")
    except Error:
        session.refused.add(key)
        return None
    session.known[key] = (name, plan)
    if len(session.known) > KEPT:
        _, (old, _) = session.known.popitem(last=False)
        with connection.cursor() as cursor:
            cursor.execute(f"DEALLOCATE {old}")
    return name


def _numbered(statement: Sql) -> tuple[str, tuple[object, ...]]:
    """The text with $1, $2 … and their parameters. A page's size stays in the text: without it
    Postgres would plan for a tenth of the table."""
    pieces, limits = _pieces(statement.text)
    params = statement.params
    if not limits:
        return _joined(pieces, ()), params
    written = tuple(params[at] for at in limits)
    if not all(isinstance(each, int) for each in written):
        return _joined(pieces, (None,) * len(limits)), params
    return _joined(pieces, written), tuple(
        each for at, each in enumerate(params) if at not in limits
    )


@lru_cache(maxsize=2_000)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The text between its places, and which of these are the size of a page."""
    pieces, piece, end = [], "", 0
    for mark in _MARKS.finditer(text):
        piece += text[end : mark.start()]
        end = mark.end()
        if mark.group() == "%%":
            piece += "%"
        else:
            pieces.append(piece)
            piece = ""
    pieces.append(piece + text[end:])
    return tuple(pieces), tuple(
        at for at, each in enumerate(pieces[:-1]) if each.endswith("LIMIT ")
    )


@lru_cache(maxsize=2_000)
def _joined(pieces: tuple[str, ...], limits: tuple[object, ...]) -> str:
    """The pieces with $1, $2 … between them; ``limits`` are written out, None as a parameter."""
    waiting, number, text = list(limits), 0, pieces[0]
    for before, piece in pairwise(pieces):
        limit = waiting.pop(0) if limits and before.endswith("LIMIT ") else None
        if limit is None:
            number += 1
            text += f"${number}{piece}"
        else:
            text += f"{limit}{piece}"
    return text


_TYPES: Mapping[type, str] = {
    bool: "boolean",
    Decimal: "numeric",
    datetime: "timestamptz",
    date: "date",
}


def _type(value: object) -> str:
    """The type that the driver's literal would have; for text Postgres looks at the context."""
    if isinstance(value, list):
        return _list_type(value)
    if type(value) is int:
        return "integer" if -_INTEGER <= value < _INTEGER else "bigint"
    return _TYPES.get(type(value), "unknown")


def _list_type(values: list[object]) -> str:
    kinds = set(map(type, values)) - {NoneType}
    if not kinds:
        return "unknown"
    if kinds == {int}:
        return "bigint[]"
    name = min(_TYPES.get(kind, "unknown") for kind in kinds)
    return "text[]" if name == "unknown" else f"{name}[]"

"""Statements that come again are planned once per connection.

Planning a page of records costs several times what running it does. A statement is prepared when
its text comes for the second time, so that filters somebody tries once leave nothing behind.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import Error, connection, transaction

from apps_runtime.store.run import execute
from engines.sql import Sql

KEPT = 60
REMEMBERED = 500
MAX_PARAMETERS = 400
_PLACE = re.compile(r"(LIMIT )?%(s|%)")
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
    waiting = iter(statement.params)
    kept: list[object] = []

    def place(found: re.Match[str]) -> str:
        limit, kind = found.groups()
        if kind == "%":
            return f"{limit or ''}%"
        value = next(waiting)
        if limit and isinstance(value, int):
            return f"LIMIT {value:d}"
        kept.append(value)
        return f"{limit or ''}${len(kept)}"

    return _PLACE.sub(place, statement.text), tuple(kept)


def _type(value: object) -> str:
    """The type that the driver's literal would have; for text Postgres looks at the context."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -_INTEGER <= value < _INTEGER else "bigint"
    if isinstance(value, Decimal):
        return "numeric"
    if isinstance(value, datetime):
        return "timestamptz"
    if isinstance(value, date):
        return "date"
    if isinstance(value, list):
        kinds = {_type(each) for each in value if each is not None}
        if kinds <= {"unknown"}:
            return "text[]"
        return "bigint[]" if kinds <= {"integer", "bigint"} else f"{min(kinds)}[]"
    return "unknown"

"""Runs the statements of table operations: together, alone, or in batches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import IntegrityError, OperationalError, connection

from apps_runtime.store.run import execute
from engines.forms.operation import BatchedSql, Operation
from engines.problems import Problem, Problems, problem
from engines.sql import Sql

LOCK_TIMEOUT_MS = 1500
ATTEMPTS = 6
SAMPLES = 5


def run(statement: Sql) -> None:
    """One statement in the caller's transaction."""
    with connection.cursor() as cursor:
        execute(cursor, statement)


def literal(statement: Sql) -> str:
    """The statement with its parameters written into it, to be run later."""
    with connection.cursor() as cursor:
        text = cursor.cursor.mogrify(statement.text, statement.params)
    return text.decode() if isinstance(text, bytes) else str(text)


def run_alone(statement: Sql) -> None:
    """One statement outside any transaction, as CREATE INDEX CONCURRENTLY wants it; a batched one
    until it is through."""
    run_step(literal(statement), repeat=is_batched(statement))


def run_step(text: str, *, repeat: bool) -> int:
    """A follow-up step; with ``repeat`` again and again, each in its own transaction, until it
    changes no row. Returns how many rows were changed."""
    total = 0
    while True:
        changed = _run_text(text)
        total += max(changed, 0)
        if not repeat or changed <= 0:
            return total


def _run_text(text: str) -> int:
    if connection.in_atomic_block:
        # Nobody else sees these tables before the outer transaction ends, and a concurrent build
        # cannot be part of one.
        text = text.replace(" CONCURRENTLY", "")
    for attempt in range(ATTEMPTS):
        try:
            with _limits(), connection.cursor() as cursor:
                cursor.execute(text)  # without parameters: a percent sign is itself
                return int(cursor.rowcount)
        except OperationalError as error:
            waited = isinstance(error.__cause__, psycopg2.errors.LockNotAvailable)
            if not waited or attempt == ATTEMPTS - 1 or connection.in_atomic_block:
                raise
            time.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable")


@contextmanager
def _limits() -> Iterator[None]:
    """No statement limit (building an index takes its time), but never wait long for a lock."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()[0]
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS:d}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", (before,))
            cursor.execute("SET lock_timeout = 0")


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """A lock of the session under ``name``; yields whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (name,))
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (name,))


def is_batched(statement: Sql) -> bool:
    """Whether the statement is to be repeated until it changes no row."""
    return isinstance(statement, BatchedSql)


def place(operation: Operation) -> str:
    """Where in the application the operation's cause stands."""
    where = f"/forms/{operation.form}"
    return f"{where}/fields/{operation.field}" if operation.field else where


def present(schema: str) -> dict[str, dict[str, str]]:
    """Table → column → type, as Postgres prints it: what a schema holds, archived things too."""
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)"
            " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = to_regnamespace(quote_ident(%s)) AND c.relkind IN ('r', 'p')"
            " AND a.attnum > 0 AND NOT a.attisdropped",
            (schema,),
        )
        for table, column, printed in cursor.fetchall():
            found.setdefault(table, {})[column] = printed
    return found


def failing_rows(operation: Operation) -> list[Problem]:
    """A dry run: the records that stand against the change, counted, with the first of them."""
    statement = operation.failing()
    if statement is None:
        return []
    params: Any = statement.params
    with _limits(), connection.cursor() as cursor:
        cursor.execute(
            f"WITH failing (id, shown) AS ({statement.text})"  # noqa: S608 - from the operation
            f" SELECT id, shown, count(*) OVER () FROM failing LIMIT {SAMPLES:d}",
            params,
        )
        found = cursor.fetchall()
    if not found:
        return []
    return [
        problem(
            place(operation),
            f"{operation.code}_fails",
            count=found[0][2],
            samples=[str(shown) for _, shown, _ in found],
            records=[int(identity) for identity, _, _ in found],
        )
    ]


def affected(operation: Operation) -> int:
    """How many records hold a value that the operation puts away."""
    statement = operation.affected()
    if statement is None:
        return 0
    with connection.cursor() as cursor:
        execute(cursor, statement)
        return int(cursor.fetchone()[0])


def as_problems(error: IntegrityError, path: str) -> Problems:
    """What the records there have against a new rule, at the definition that brings the rule."""
    cause = error.__cause__
    detail = cause.diag.message_detail if isinstance(cause, psycopg2.Error) else None
    codes: dict[type, str] = {
        psycopg2.errors.UniqueViolation: "records_not_unique",
        psycopg2.errors.CheckViolation: "records_break_check",
        psycopg2.errors.NotNullViolation: "records_empty",
        psycopg2.errors.ForeignKeyViolation: "records_point_nowhere",
    }
    code = codes.get(type(cause), "records_do_not_fit")
    return Problems((problem(path, code, detail=detail or ""),))

"""Finds records by the text of one of their columns, set-wise."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from apps_runtime.store.run import execute
from engines.sql import Sql, identifier, sql, value


def ids_by_text(
    schema: str, table: str, column: str, texts: Collection[str], *, folded: bool = False
) -> dict[str, list[int]]:
    """Text → ids of the records (not deleted) whose column reads so; ``folded`` ignores case."""
    if not texts:
        return {}
    text = sql("{}::text", identifier(column))
    if folded:
        text = sql("lower({})", text)
        texts = [each.lower() for each in texts]
    return _ids(
        sql(
            "SELECT {}, id FROM {} WHERE {} = ANY({}) AND deleted_at IS NULL ORDER BY id",
            text,
            identifier(schema, table),
            text,
            value(list(texts)),
        )
    )


def _ids(statement: Sql) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        execute(cursor, statement)
        for text, record in cursor.fetchall():
            found.setdefault(text, []).append(record)
    return found


def some_texts(schema: str, table: str, column: str, *, limit: int) -> list[str]:
    """Texts that stand in a column: candidates for guesses and repairs."""
    statement = sql(
        "SELECT DISTINCT {}::text FROM {} WHERE deleted_at IS NULL AND {} IS NOT NULL LIMIT {}",
        identifier(column),
        identifier(schema, table),
        identifier(column),
        value(limit),
    )
    with connection.cursor() as cursor:
        execute(cursor, statement)
        return [row[0] for row in cursor.fetchall()]

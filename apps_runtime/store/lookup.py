"""Finds records by what one of their columns holds, set-wise."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from apps_runtime.store.run import execute
from engines.sql import Sql, identifier, sql, value


def ids_by_value(
    schema: str, table: str, column: str, sql_type: str, values: Collection[object]
) -> dict[object, list[int]]:
    """Value → ids of the records (not deleted) whose column of ``sql_type`` holds it."""
    if not values:
        return {}
    wanted = sql(f"unnest({{}}::{sql_type}[]) AS wanted (value)", value(list(values)))
    return _ids(
        sql(
            "SELECT wanted.value, record.id FROM {} JOIN {} record ON record.{} = wanted.value"
            " WHERE record.deleted_at IS NULL ORDER BY record.id",
            wanted,
            identifier(schema, table),
            identifier(column),
        )
    )


def ids_by_folded_text(
    schema: str, table: str, column: str, texts: Collection[str]
) -> dict[object, list[int]]:
    """Text in small letters → ids of the records (not deleted) that read so, whatever the case."""
    if not texts:
        return {}
    text = sql("lower({})", identifier(column))
    return _ids(
        sql(
            "SELECT {}, id FROM {} WHERE {} = ANY({}) AND deleted_at IS NULL ORDER BY id",
            text,
            identifier(schema, table),
            text,
            value([each.lower() for each in texts]),
        )
    )


def _ids(statement: Sql) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    with connection.cursor() as cursor:
        execute(cursor, statement)
        for each, record in cursor.fetchall():
            found.setdefault(each, []).append(record)
    return found


def count_holding(
    schema: str, table: str, column: str, sql_type: str, texts: Collection[str]
) -> int:
    """How many records, deleted ones too, hold one of the texts in a text column or a list."""
    holds = "{} && {}::text[]" if sql_type == "text[]" else "{} = ANY({}::text[])"
    condition = sql(holds, identifier(column), value(list(texts)))
    statement = sql("SELECT count(*) FROM {} WHERE {}", identifier(schema, table), condition)
    with connection.cursor() as cursor:
        execute(cursor, statement)
        return int(cursor.fetchone()[0])


def held(schema: str, table: str, column: str, *, limit: int) -> tuple[int, list[int], list[str]]:
    """How many records hold a value in the column; ids and texts of the first of them."""
    statement = sql(
        "SELECT id, {}::text, count(*) OVER () FROM {} WHERE {} IS NOT NULL ORDER BY id LIMIT {}",
        identifier(column),
        identifier(schema, table),
        identifier(column),
        value(limit),
    )
    with connection.cursor() as cursor:
        execute(cursor, statement)
        found = cursor.fetchall()
    return (found[0][2] if found else 0), [row[0] for row in found], [row[1] for row in found]


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

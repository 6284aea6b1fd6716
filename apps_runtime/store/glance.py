"""Small questions of rules by the clock and of assignment, asked of a form's table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from engines.queries import PolicedQuery, rows
from engines.sql import Sql, identifier, sql, value


def _fetched(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return list(cursor.fetchall())


def ids_after(policed: PolicedQuery, after: int, limit: int) -> list[int]:
    """The next ids of a query's records, ascending."""
    statement = sql(
        "SELECT id FROM ({}) AS found WHERE id > {} ORDER BY id LIMIT {}",
        rows(policed),
        value(after),
        value(limit),
    )
    return [row[0] for row in _fetched(statement)]


def between(
    schema: str, table: str, column: str, low: object, high: object
) -> list[tuple[Any, ...]]:
    """Id and value of records whose column lies between, oldest first."""
    return _fetched(
        sql(
            "SELECT id, {} FROM {} WHERE {} BETWEEN {} AND {} AND deleted_at IS NULL"
            " ORDER BY {}, id",
            identifier(column),
            identifier(schema, table),
            identifier(column),
            value(low),
            value(high),
            identifier(column),
        )
    )


def counts(schema: str, table: str, column: str, people: Sequence[int]) -> dict[int, int]:
    """Person → number of records."""
    return dict(
        _fetched(
            sql(
                "SELECT {}, count(*) FROM {} WHERE {} = ANY({}) AND deleted_at IS NULL GROUP BY 1",
                identifier(column),
                identifier(schema, table),
                identifier(column),
                value(list(people)),
            )
        )
    )

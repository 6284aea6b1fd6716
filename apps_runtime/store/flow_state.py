"""Tells a record which open run it belongs to."""

from __future__ import annotations

from django.db import connection

from apps_runtime.store.run import execute
from engines.sql import identifier, sql, value


def set_flow_state(schema: str, table: str, record: int, state: str | None) -> None:
    """Write the system column only: neither version nor history change, people changed nothing.

    ``state`` is ``<state of the run>:<id of the run>``, or None when no run is open.
    """
    statement = sql(
        "UPDATE {} SET flow_state = {} WHERE id = {} AND flow_state IS DISTINCT FROM {}",
        identifier(schema, table),
        value(state),
        value(record),
        value(state),
    )
    with connection.cursor() as cursor:
        execute(cursor, statement)


def lock(schema: str, table: str, record: int) -> bool:
    """Lock the record until the transaction ends; False when it is not there (any more)."""
    statement = sql(
        "SELECT 1 FROM {} WHERE id = {} AND deleted_at IS NULL FOR UPDATE",
        identifier(schema, table),
        value(record),
    )
    with connection.cursor() as cursor:
        execute(cursor, statement)
        return cursor.fetchone() is not None

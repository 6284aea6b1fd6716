"""Tells records which open run they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from apps_runtime.store.run import execute
from engines.sql import identifier, sql, value


def set_flow_states(schema: str, table: str, states: Mapping[int, str | None]) -> None:
    """Write the system column only: neither version nor history change, people changed nothing.

    ``states``: record → ``<state of the run>:<id of the run>``, or None when no run is open.
    """
    place = identifier(schema, table)
    statement = sql(
        "UPDATE {} AS t SET flow_state = wanted.state"
        " FROM (SELECT m.id, w.state FROM {} AS m"
        " JOIN unnest({}::bigint[], {}::text[]) AS w(id, state) ON w.id = m.id"
        " WHERE m.flow_state IS DISTINCT FROM w.state"
        " ORDER BY m.id FOR NO KEY UPDATE OF m) AS wanted WHERE t.id = wanted.id",
        place,
        place,
        value(list(states)),
        value(list(states.values())),
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

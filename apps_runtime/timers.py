"""Fires timers that are due: of runs, and of rules that wait for a date in a record."""

from __future__ import annotations

from django.db import connection

from apps_runtime import rules, runs
from apps_runtime.dispatch import Row, Source, back_off
from engines.flows.event import Event

CLAIM = """
SELECT id, kind, run_id, token, app, rule, form, record, payload, attempts, due_at, now() AS now
FROM mortise_timer
WHERE due_at <= now() AND (%(only)s::bigint IS NULL OR id = %(only)s)
ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""


def _handle(row: Row) -> None:
    """Delete first: the same transaction that fires a timer makes sure that it never fires again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mortise_timer WHERE id = %s", [row["id"]])
    if row["kind"] == "run":
        run = runs.lock(row["run_id"])
        if run is not None and run.open:
            name = row["payload"]["timer"] if isinstance(row["payload"], dict) else None
            runs.advance(run, Event("timer", token=int(row["token"]), timer=name))
    else:
        rules.fire(row)


def _put_off(row: Row, error: Exception) -> None:
    """Later; a timer is never given up, its run or rule shows why it is late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_timer SET attempts = attempts + 1,"
            " due_at = now() + make_interval(secs => %s) WHERE id = %s",
            [back_off(row["attempts"]), row["id"]],
        )


SOURCE = Source("timers", CLAIM, _handle, _put_off)

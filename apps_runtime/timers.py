"""Fires timers that are due: of runs, and of rules that wait for a date in a record."""

from __future__ import annotations

from django.db import connection

from apps_runtime import rules, runs
from apps_runtime.source import Row, Source, back_off
from engines.flows.event import Event

# Locks the run, not the timer: whoever advances a run holds its row before it touches timers, and
# the other order would deadlock with a decision that cancels the timer.
RUN_CLAIM = """
SELECT t.id, t.run_id, t.token, t.payload ->> 'timer' AS timer, t.attempts
FROM mortise_timer t JOIN mortise_flow_run r ON r.id = t.run_id
WHERE t.due_at <= now() AND (%(only)s::bigint IS NULL OR t.id = %(only)s)
ORDER BY t.due_at, t.id LIMIT %(limit)s FOR UPDATE OF r SKIP LOCKED
"""
RULE_CLAIM = """
SELECT id, kind, app, rule, form, record, key, payload, attempts, due_at, now() AS now
FROM mortise_timer
WHERE run_id IS NULL AND due_at <= now() AND (%(only)s::bigint IS NULL OR id = %(only)s)
ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""


def _taken(row: Row) -> bool:
    """Delete the timer in the transaction that fires it; False when it has already gone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mortise_timer WHERE id = %s RETURNING id", [row["id"]])
        return cursor.fetchone() is not None


def _fire_in_run(row: Row) -> None:
    if not _taken(row):
        return
    run = runs.lock(row["run_id"])
    if run is not None and run.open:
        runs.advance(run, Event("timer", token=int(row["token"]), timer=row["timer"]))


def _fire_in_rule(row: Row) -> None:
    if _taken(row):
        rules.fire(row)


def _put_off(row: Row, error: Exception) -> None:
    """Later; a timer is never given up, its run or rule shows why it is late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_timer SET attempts = attempts + 1,"
            " due_at = now() + make_interval(secs => %s) WHERE id = %s",
            [back_off(row["attempts"]), row["id"]],
        )


RUN_TIMERS = Source("timers of runs", RUN_CLAIM, _fire_in_run, _put_off)
RULE_TIMERS = Source("timers of rules", RULE_CLAIM, _fire_in_rule, _put_off)

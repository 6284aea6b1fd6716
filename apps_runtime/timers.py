"""Fires timers that are due: of runs, and of rules that wait for a date in a record."""

from __future__ import annotations

from collections.abc import Sequence

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


def _taken(rows: Sequence[Row]) -> list[Row]:
    """Delete the timers in the transaction that fires them; without those that have gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM mortise_timer WHERE id = ANY(%s) RETURNING id",
            [[row["id"] for row in rows]],
        )
        taken = {identity for (identity,) in cursor.fetchall()}
    return [row for row in rows if row["id"] in taken]


def _fire_in_runs(rows: Sequence[Row]) -> None:
    """All at once, but one after the other where they belong to the same run."""
    left = _taken(rows)
    while left:
        now = {row["run_id"]: row for row in reversed(left)}
        left = [row for row in left if now[row["run_id"]] is not row]
        runs.advance_all(
            [
                (run, Event("timer", token=int(row["token"]), timer=row["timer"]))
                for run in runs.lock_all(now)
                if run.open and (row := now[run.id])
            ]
        )


def _fire_in_rules(rows: Sequence[Row]) -> None:
    for row in _taken(rows):
        rules.fire(row)


def _put_off(row: Row, error: Exception) -> None:
    """Later; a timer is never given up, its run or rule shows why it is late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_timer SET attempts = attempts + 1,"
            " due_at = now() + make_interval(secs => %s) WHERE id = %s",
            [back_off(row["attempts"]), row["id"]],
        )


RUN_TIMERS = Source("timers of runs", RUN_CLAIM, _fire_in_runs, _put_off)
RULE_TIMERS = Source("timers of rules", RULE_CLAIM, _fire_in_rules, _put_off)

"""What is due, asked of Postgres in one statement; the clock asks every second."""

from __future__ import annotations

from django.db import connection

DUE = """
SELECT
  EXISTS (SELECT 1 FROM mortise_event
          WHERE state = 'pending' AND (retry_at IS NULL OR retry_at <= now()))
  OR EXISTS (SELECT 1 FROM mortise_flow_run
             WHERE state = 'ready' AND (retry_at IS NULL OR retry_at <= now()))
  OR EXISTS (SELECT 1 FROM mortise_timer WHERE due_at <= now())
  OR EXISTS (SELECT 1 FROM mortise_outbox_effect
             WHERE state = 'pending' AND (lease_until IS NULL OR lease_until <= now())),
  EXISTS (SELECT 1 FROM mortise_work
          WHERE state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until <= now()))
"""


def jobs() -> tuple[str, ...]:
    """The names of the jobs that have something to do right now."""
    with connection.cursor() as cursor:
        cursor.execute(DUE)
        dispatch, work = cursor.fetchone()
    names = ("mortise.dispatch",) if dispatch else ()
    return (*names, "mortise.work") if work else names

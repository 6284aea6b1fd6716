"""What starters and administrators do with a run: withdraw, urge, cancel, retry, skip."""

from __future__ import annotations

from typing import Literal

from django.db import connection, transaction

from apps_runtime import people
from apps_runtime.models import FlowRun
from apps_runtime.refusals import conflict, forbidden, not_found
from apps_runtime.runs.going import go
from apps_runtime.runs.progress import Run, advance, lock
from engines.flows.event import Event, EventKind

URGE_EVERY_MINUTES = 10
URGE = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT DISTINCT a.person_id, r.app, r.form, r.record, 'assignment_urged',
       jsonb_build_object('flow', r.flow, 'run', r.id, 'person', %(person)s::bigint),
       'urge:' || r.id || ':' || floor(extract(epoch FROM now()) / %(window)s) || ':' || a.person_id
FROM mortise_assignment a JOIN mortise_flow_run r ON r.id = a.run_id
WHERE r.id = %(run)s AND a.state = 'open'
ON CONFLICT (key) DO NOTHING RETURNING person_id
"""
ADMINISTRATOR = "administrator"


def withdraw(run_id: int, person: int) -> Run:
    """The starter takes the run back; the flow says whether that is still possible."""
    return _steer(run_id, "withdraw", person)


def cancel(run_id: int, person: int) -> Run:
    """An administrator ends the run."""
    return _steer(run_id, "cancel", person, administrator=True)


def retry(run_id: int, person: int) -> Run:
    """An administrator lets a blocked run try its node again."""
    return _steer(run_id, "retry", person, administrator=True)


def skip(run_id: int, person: int) -> Run:
    """An administrator moves a blocked run past its node."""
    return _steer(run_id, "skip", person, administrator=True)


def urge(run_id: int, person: int) -> list[int]:
    """Remind everybody who is asked, at most once in ten minutes; who was reminded.

    Only the starter or an administrator may; 409 ``urged_lately`` when nobody is due for it.
    """
    run = FlowRun.objects.filter(pk=run_id).first()
    if run is None:
        raise not_found()
    if run.starter_id != person and ADMINISTRATOR not in people.roles(person, run.app):
        raise forbidden()
    if run.finished_at is not None:
        raise conflict("run_ended")
    with connection.cursor() as cursor:
        cursor.execute(URGE, {"run": run_id, "person": person, "window": URGE_EVERY_MINUTES * 60})
        reminded = [row[0] for row in cursor.fetchall()]
    if not reminded:
        raise conflict("urged_lately", minutes=URGE_EVERY_MINUTES)
    return reminded


def _steer(
    run_id: int,
    kind: Literal["withdraw", "cancel", "retry", "skip"],
    person: int,
    *,
    administrator: bool = False,
) -> Run:
    event: EventKind = kind
    with transaction.atomic():
        run = lock(run_id)
        if run is None:
            raise not_found()
        if administrator and ADMINISTRATOR not in people.roles(person, run.app):
            raise forbidden()
        if not administrator and run.starter != person:
            raise forbidden()
        if kind in ("retry", "skip") and run.state != "blocked":
            raise conflict("run_not_blocked")
        if not run.open:
            raise conflict("run_ended")
        if kind == "retry" and run.tokens.blocked is None:
            # Blocked by a failing step, not by the flow: simply let a worker try again.
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE mortise_flow_run SET state = 'ready', attempts = 0, retry_at = NULL"
                    " WHERE id = %s",
                    [run_id],
                )
            go(run_id)
        else:
            advance(run, Event(event, person=person))
        after = lock(run_id)
        if after is None:
            raise not_found()
        return after

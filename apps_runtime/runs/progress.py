"""Advances a run inside the caller's transaction: lock, load, compute, perform, write, repeat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from apps_runtime import releases
from apps_runtime.answers import answered, calendars
from apps_runtime.caller import Through
from apps_runtime.effects import Situation, perform
from apps_runtime.records.env import names_of, record_env
from apps_runtime.store.flow_state import set_flow_state
from engines.actions.people import Facts
from engines.flows import advance as flow
from engines.flows.event import GO_ON, Event
from engines.flows.state import State, from_json, to_json
from engines.flows.walk import LogEntry

COLUMNS = (
    "id, app, flow, release, form, record, state, tokens, starter_id, chain, depth, attempts,"
    " now() AS now"
)
LOCK = f"SELECT {COLUMNS} FROM mortise_flow_run WHERE id = %s FOR UPDATE"  # noqa: S608
WRITE = """
UPDATE mortise_flow_run
SET tokens = %s, state = %s, version = version + 1, attempts = 0, retry_at = NULL, error = '',
    finished_at = CASE WHEN %s THEN now() ELSE finished_at END
WHERE id = %s
"""
LOG = """
INSERT INTO mortise_flow_log (run_id, seq, node, event, person, params)
SELECT %s, coalesce((SELECT max(seq) FROM mortise_flow_log WHERE run_id = %s), 0) + place,
       node, event, person, params
FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::jsonb[])
  WITH ORDINALITY AS line (node, event, person, params, place)
"""
OPEN_STATES = ("ready", "waiting", "blocked")


@dataclass(frozen=True, slots=True)
class Run:
    """A run's row while it is locked; ``now`` is the transaction's moment."""

    id: int
    app: str
    flow: str
    release: int
    form: str
    record: int
    state: str
    tokens: State
    starter: int | None
    chain: UUID | None
    depth: int
    attempts: int
    now: datetime

    @property
    def open(self) -> bool:
        """True while it still goes on."""
        return self.state in OPEN_STATES


def lock(run_id: int) -> Run | None:
    """The run, locked until the transaction ends (lock order: run, record, assignment, timer)."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [run_id])
        names = [column[0] for column in cursor.description]
        found = cursor.fetchone()
    return None if found is None else read(dict(zip(names, found, strict=True)))


def read(row: Mapping[str, Any]) -> Run:
    """A row of ``COLUMNS`` as a run."""
    tokens = row["tokens"]
    return Run(
        id=row["id"],
        app=row["app"],
        flow=row["flow"],
        release=row["release"],
        form=row["form"],
        record=row["record"],
        state=row["state"],
        tokens=from_json(json.loads(tokens) if isinstance(tokens, str) else tokens),
        starter=row["starter_id"],
        chain=row["chain"],
        depth=row["depth"],
        attempts=row["attempts"],
        now=row["now"],
    )


def advance(run: Run, event: Event = GO_ON) -> State:
    """Apply ``event`` to a locked run and go on until it must wait; the state reached.

    An event that comes too late changes nothing. The record is read anew after effects that may
    have changed it. A run whose record has gone is cancelled.
    """
    installed = releases.enter(run.app)
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    situation = Situation(
        installed=installed,
        form=run.form,
        record=run.record,
        through=Through("flow", run.flow),
        now=run.now,
        person=event.person if event.person is not None else run.starter,
        chain=run.chain,
        depth=run.depth,
        run=run.id,
    )
    state, log = run.tokens, list[LogEntry]()
    while True:
        env = record_env(installed, run.form, run.record, paths=plan.paths, now=run.now)
        if env is None:
            event = Event("cancel", person=event.person)
            env = record_env(
                installed, run.form, run.record, paths=plan.paths, now=run.now, deleted=True
            )
            if env is None:
                break
        needs = flow.needs(plan, state, event, env)
        facts = Facts(
            people=answered(run.app, needs.people),
            names=names_of(installed, run.form, env, needs.names),
            calendars=calendars(installed, needs.calendars),
        )
        step = flow.advance(plan, state, event, facts, env)
        perform(step.effects, situation)
        state, event = step.state, GO_ON
        log.extend(step.log)
        if step.waiting:
            break
    write(run, state, log)
    form = installed.plan.forms[run.form]
    is_open = state.status in OPEN_STATES
    set_flow_state(
        form.schema, form.table, run.record, f"{state.status}:{run.id}" if is_open else None
    )
    return state


def write(run: Run, state: State, log: list[LogEntry]) -> None:
    """Store the state reached and the lines of the log."""
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                json.dumps(to_json(state)),
                state.status,
                state.outcome is not None,
                run.id,
            ],
        )
        if log:
            cursor.execute(
                LOG,
                [
                    run.id,
                    run.id,
                    [line.node for line in log],
                    [line.event for line in log],
                    [line.person for line in log],
                    [json.dumps(dict(line.params)) for line in log],
                ],
            )

"""Advances runs inside the caller's transaction: lock, load, compute, perform, repeat, write.

Many runs at once cost hardly more statements than one: each table is read and written once for all
of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from apps_runtime import releases
from apps_runtime.answers import answered, calendars
from apps_runtime.caller import Through
from apps_runtime.effects import Situation, perform_all
from apps_runtime.records.env import names_of, record_envs
from apps_runtime.releases import Installed
from apps_runtime.store.flow_state import set_flow_states
from engines.actions.effect import Effect
from engines.actions.people import Facts
from engines.flows import advance as flow
from engines.flows.compile import FlowPlan
from engines.flows.event import GO_ON, Event
from engines.flows.state import State, from_json, to_json
from engines.flows.walk import LogEntry
from engines.formulas.to_python import Env

COLUMNS = (
    "id, app, flow, release, form, record, state, tokens, starter_id, chain, depth, attempts,"
    " now() AS now"
)
LOCK = f"""
SELECT {COLUMNS} FROM mortise_flow_run WHERE id = ANY(%s) ORDER BY id FOR UPDATE
"""  # noqa: S608
WRITE = """
UPDATE mortise_flow_run AS run
SET tokens = reached.tokens, state = reached.state, version = run.version + 1, attempts = 0,
    retry_at = NULL, error = '',
    finished_at = CASE WHEN reached.ended THEN now() ELSE run.finished_at END
FROM unnest(%s::bigint[], %s::jsonb[], %s::text[], %s::boolean[])
     AS reached (id, tokens, state, ended)
WHERE run.id = reached.id
"""
LOG = """
INSERT INTO mortise_flow_log (run_id, seq, node, event, person, params)
SELECT run, place + coalesce((SELECT max(seq) FROM mortise_flow_log WHERE run_id = run), 0),
       node, event, person, params
FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[])
     AS line (run, place, node, event, person, params)
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
    return next(iter(lock_all([run_id])), None)


def lock_all(run_ids: Iterable[int]) -> list[Run]:
    """Those of the runs that are there, locked by ascending id."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [list(run_ids)])
        names = [column[0] for column in cursor.description]
        return [read(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


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


@dataclass(slots=True)
class _Going:
    """A run on its way: what it has come to, and what has happened since it was locked."""

    run: Run
    plan: FlowPlan
    situation: Situation
    state: State
    event: Event
    log: list[LogEntry] = field(default_factory=list)


def advance(run: Run, event: Event = GO_ON) -> State:
    """Apply ``event`` to a locked run and go on until it must wait; the state reached."""
    return advance_all([(run, event)])[0]


def advance_all(steps: Sequence[tuple[Run, Event]]) -> list[State]:
    """Apply to each of several locked runs an event, and go on until all must wait; their states.

    An event that comes too late changes nothing. Records are read anew after effects that may have
    changed them. A run whose record has gone is cancelled. Runs do not wait for each other: what
    the effects of one change, another may have read before.
    """
    apps = {app: releases.enter(app) for app in sorted({run.app for run, _ in steps})}
    all_of_them = [_begun(run, event, apps[run.app]) for run, event in steps]
    going: Sequence[_Going] = all_of_them
    while going:
        going = _stepped(going)
    _write(all_of_them)
    return [each.state for each in all_of_them]


def _begun(run: Run, event: Event, installed: Installed) -> _Going:
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
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    return _Going(run, plan, situation, run.tokens, event)


def _stepped(going: Sequence[_Going]) -> list[_Going]:
    """One step of each, with its effects; those that have not yet come to wait."""
    causes: list[tuple[Sequence[Effect], Situation]] = []
    left: list[_Going] = []
    for each, env in _read(going):
        installed, run = each.situation.installed, each.run
        needs = flow.needs(each.plan, each.state, each.event, env)
        facts = Facts(
            people=answered(run.app, needs.people),
            names=names_of(installed, run.form, env, needs.names),
            calendars=calendars(installed, needs.calendars),
        )
        step = flow.advance(each.plan, each.state, each.event, facts, env)
        each.state, each.event = step.state, GO_ON
        each.log += step.log
        causes.append((step.effects, each.situation))
        if not step.waiting:
            left.append(each)
    perform_all(causes)
    return left


def _read(going: Sequence[_Going]) -> Iterator[tuple[_Going, Env]]:
    """Each with its record as it is now; one in the recycle bin ends its run, and one that is not
    there any more leaves it as it stands."""
    missing: list[_Going] = []
    for each, env in _envs(going):
        if env is not None:
            yield each, env
        else:
            each.event = Event("cancel", person=each.event.person)
            missing.append(each)
    for each, env in _envs(missing, deleted=True):
        if env is not None:
            yield each, env


def _envs(going: Sequence[_Going], *, deleted: bool = False) -> Iterator[tuple[_Going, Env | None]]:
    """One question per plan."""
    alike: dict[int, list[_Going]] = {}
    for each in going:
        alike.setdefault(id(each.plan), []).append(each)
    for those in alike.values():
        first = those[0]
        found = record_envs(
            first.situation.installed,
            first.run.form,
            {each.run.record for each in those},
            paths=first.plan.paths,
            now=first.run.now,
            deleted=deleted,
        )
        for each in those:
            yield each, found.get(each.run.record)


def _write(going: Sequence[_Going]) -> None:
    """Store the states reached and the lines of the logs, and tell the records."""
    lines = [
        (each.run.id, place, line.node, line.event, line.person, json.dumps(dict(line.params)))
        for each in going
        for place, line in enumerate(each.log, 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                [each.run.id for each in going],
                [json.dumps(to_json(each.state)) for each in going],
                [each.state.status for each in going],
                [each.state.outcome is not None for each in going],
            ],
        )
        if lines:
            cursor.execute(LOG, [list(column) for column in zip(*lines, strict=True)])
    forms: dict[tuple[str, str], dict[int, str | None]] = {}
    for each in going:
        form = each.situation.installed.plan.forms[each.run.form]
        status = each.state.status
        forms.setdefault((form.schema, form.table), {})[each.run.record] = (
            f"{status}:{each.run.id}" if status in OPEN_STATES else None
        )
    for (schema, table), states in sorted(forms.items()):
        set_flow_states(schema, table, states)

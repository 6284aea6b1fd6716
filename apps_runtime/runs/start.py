"""Starts runs: with the record event that asks for it, by hand, or later by a worker."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from apps_runtime import dispatch
from apps_runtime.refusals import conflict, not_found
from apps_runtime.releases import Installed
from apps_runtime.runs.progress import advance, lock
from apps_runtime.store import flow_state
from engines.flows import advance as flow
from engines.flows.state import to_json
from engines.formulas.to_python import Env
from engines.problems import refuse

OPEN = """
SELECT id FROM mortise_flow_run
WHERE app = %s AND form = %s AND record = %s AND state IN ('ready', 'waiting', 'blocked') LIMIT 1
"""
INSERT = """
INSERT INTO mortise_flow_run
  (app, flow, release, form, record, tokens, state, starter_id, key, chain, depth)
VALUES (%s, %s, %s, %s, %s, '{}', 'ready', %s, %s, %s, %s)
ON CONFLICT (key) DO NOTHING RETURNING id
"""


def on_record_event(
    installed: Installed,
    form: str,
    record: int,
    kind: str,
    *,
    env: Env,
    changed: Iterable[str],
    starter: int | None,
    chain: UUID | None = None,
    depth: int = 0,
    later: bool = False,
) -> list[int]:
    """Start the flows that a record event (``created``, ``updated``) begins; their run ids.

    Runs in the transaction that wrote the record, so that the first assignment exists when the
    answer goes out. ``later`` (imports, batches) only marks the runs ready for a worker. A record
    with an open run starts no other.
    """
    starting = [
        key
        for key, plan in installed.plan.flows.items()
        if plan.form == form
        and plan.start.event == kind
        and flow.should_start(plan, kind, frozenset(changed), env)
    ]
    started: list[int] = []
    for key in starting:
        run = mark(installed, key, record, starter=starter, chain=chain, depth=depth, wake=later)
        if run is None:
            continue
        started.append(run)
        if not later:
            locked = lock(run)
            if locked is not None:
                advance(locked)
    return started


def start_by_hand(installed: Installed, flow_key: str, record: int, *, starter: int | None) -> int:
    """Start a flow for a record; the run's id.

    Raises Problems: ``not_found`` for a flow or record that is not there, ``run_open`` (409) while
    another run of the record goes on, ``not_startable`` where the flow does not begin by hand.
    """
    plan = installed.plan.flows.get(flow_key)
    if plan is None:
        raise not_found()
    if plan.start.event != "manual":
        raise refuse("", "not_startable")
    form = installed.plan.forms[plan.form]
    with transaction.atomic():
        if not flow_state.lock(form.schema, form.table, record):
            raise not_found()
        run = mark(installed, flow_key, record, starter=starter, wake=False)
        if run is None:
            raise conflict("run_open")
        locked = lock(run)
        if locked is not None:
            advance(locked)
        return run


def mark(
    installed: Installed,
    flow_key: str,
    record: int,
    *,
    starter: int | None,
    key: str | None = None,
    chain: UUID | None = None,
    depth: int = 0,
    wake: bool = True,
) -> int | None:
    """A new ready run; None when the record has an open one, or ``key`` was used before."""
    plan = installed.plan.flows[flow_key]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [installed.app, plan.form, record])
        if cursor.fetchone() is not None:
            return None
        cursor.execute(
            INSERT,
            [
                installed.app,
                flow_key,
                installed.release,
                plan.form,
                record,
                starter,
                key,
                chain,
                depth,
            ],
        )
        made = cursor.fetchone()
        if made is None:
            return None
        (run,) = made
        state = flow.start(plan, str(run), starter)
        cursor.execute(
            "UPDATE mortise_flow_run SET tokens = %s WHERE id = %s",
            [json.dumps(to_json(state)), run],
        )
    form = installed.plan.forms[plan.form]
    flow_state.set_flow_state(form.schema, form.table, record, f"ready:{run}")
    if wake:
        dispatch.after_commit()
    return int(run)

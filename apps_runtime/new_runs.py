"""New runs of flows: a row that is ready, for whoever made it or for a worker to advance."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import connection, transaction

from apps_runtime.releases import Installed
from apps_runtime.store import flow_state
from engines.flows import advance as flow
from engines.flows.state import to_json

OPEN = """
SELECT id, flow, chain FROM mortise_flow_run
WHERE app = %s AND form = %s AND record = %s AND state IN ('ready', 'waiting', 'blocked') LIMIT 1
"""
NOTE = """
WITH run AS (SELECT id, tokens FROM mortise_flow_run WHERE id = %(run)s FOR UPDATE {wait})
INSERT INTO mortise_flow_log (run_id, seq, node, event, params)
SELECT run.id, coalesce((SELECT max(seq) FROM mortise_flow_log WHERE run_id = run.id), 0) + 1,
       coalesce(run.tokens -> 'tokens' -> 0 ->> 'node', ''), 'not_started',
       jsonb_build_object('flow', %(flow)s::text)
FROM run
"""
# The state names its run, so the id is taken first.
INSERT = """
INSERT INTO mortise_flow_run
  (id, app, flow, release, form, record, tokens, state, starter_id, key, chain, depth)
SELECT id, %s, %s, %s, %s, %s, jsonb_set(%s::jsonb, '{run}', to_jsonb(id::text)), 'ready',
       %s, %s, %s, %s
FROM (SELECT nextval(pg_get_serial_sequence('mortise_flow_run', 'id'))) AS next (id)
ON CONFLICT (key) DO NOTHING RETURNING id
"""


def new_run(
    installed: Installed,
    flow_key: str,
    record: int,
    *,
    starter: int | None,
    key: str | None = None,
    chain: UUID | None = None,
    depth: int = 0,
) -> int | None:
    """A new ready run; None when the record has an open one, or ``key`` was used before.

    The log of the open run tells which flow was not started; a flow whose own steps would start it
    anew is not worth a line.
    """
    plan = installed.plan.flows[flow_key]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [installed.app, plan.form, record])
        found = cursor.fetchone()
        if found is not None:
            run, its_flow, its_chain = found
            if its_flow != flow_key or its_chain != chain:
                _note(run, flow_key)
            return None
        cursor.execute(
            INSERT,
            [
                installed.app,
                flow_key,
                installed.release,
                plan.form,
                record,
                json.dumps(to_json(flow.start(plan, "", starter))),
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
    form = installed.plan.forms[plan.form]
    flow_state.set_flow_states(form.schema, form.table, {record: f"ready:{run}"})
    return int(run)


def _note(run: int, flow_key: str) -> None:
    """A line in the log of the run that kept ``flow_key`` from starting.

    The record is locked here already, and runs are locked before records: a run that somebody else
    advances at this moment is not waited for but gets its line after the commit.
    """
    values: dict[str, int | str] = {"run": run, "flow": flow_key}
    with connection.cursor() as cursor:
        cursor.execute(NOTE.format(wait="SKIP LOCKED"), values)
        if cursor.rowcount:
            return

    def later() -> None:
        with connection.cursor() as cursor:
            cursor.execute(NOTE.format(wait=""), values)

    transaction.on_commit(later, robust=True)

"""New runs of flows: a row that is ready, for whoever made it or for a worker to advance."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import connection

from apps_runtime.releases import Installed
from apps_runtime.store import flow_state
from engines.flows import advance as flow
from engines.flows.state import to_json

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
    flow_state.set_flow_states(form.schema, form.table, {record: f"ready:{run}"})
    return int(run)

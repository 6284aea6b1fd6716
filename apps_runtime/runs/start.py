"""Starts runs: with the record event that asks for it, by hand, or later by a worker."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from apps_runtime import wake
from apps_runtime.new_runs import new_run
from apps_runtime.refusals import conflict, not_found
from apps_runtime.releases import Installed
from apps_runtime.runs.going import go
from apps_runtime.store import flow_state
from engines.flows import advance as flow
from engines.formulas.to_python import Env
from engines.problems import refuse


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
        run = new_run(installed, key, record, starter=starter, chain=chain, depth=depth)
        if run is None:
            continue
        started.append(run)
        if later:
            wake.after_commit()
        else:
            go(run)
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
        run = new_run(installed, flow_key, record, starter=starter)
        if run is None:
            raise conflict("run_open")
        go(run)
        return run

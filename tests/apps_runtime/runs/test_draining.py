"""Runs that a worker drains: a batch costs what one run costs, one that fails stands alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from apps_runtime import dispatch, runs
from apps_runtime.models import FlowRun
from apps_runtime.timers import RUN_TIMERS
from tests.apps_runtime.deals import APP, APPROVAL, DEAL, JSON, create, inbox, read
from tests.apps_runtime.statements import counted

Sign = Callable[[str], Client]
Install = Callable[..., None]

START = {"event": "created"}


def add(client: Client, *deals: dict[str, Any]) -> list[int]:
    """Deals whose flows are left to a worker, as all that come in a batch."""
    answer = client.post(
        f"/api/apps/{APP}/records/deal/batch", {"create": list(deals)}, content_type=JSON
    )
    assert answer.status_code == 200, answer.content
    return list(answer.json()["created"])


def test_a_batch_of_runs_costs_what_one_costs(installed: Install, client_of: Sign) -> None:
    installed({**APPROVAL, "start": START})
    anna = client_of("anna")
    add(anna, {"name": "First"})
    dispatch.drain()
    spent = []
    for many in (1, 12):
        made = add(anna, *({"name": f"Deal {number}"} for number in range(many)))
        with counted() as sent:
            assert dispatch.drain_batch(runs.SOURCE) == many
        spent.append(len(sent))
        waiting = {each["record"]["id"] for each in inbox(client_of("boss"))}
        assert waiting >= set(made)
        assert read(anna, made[-1])["flow_state"]["state"] == "waiting"
    assert spent[0] == spent[1]


def test_a_run_that_fails_does_not_hold_up_its_batch(installed: Install, client_of: Sign) -> None:
    checked = {**DEAL, "checks": [{"that": "note != 'bad' or state = 'open'", "message": "No"}]}
    opening = {"type": "act", "do": [{"action": "set", "values": {"state": "'approved'"}}]}
    nodes = {"start": {"type": "start"}, "mark": opening, "end": {"type": "end"}}
    edges = [{"from": "start", "to": "mark"}, {"from": "mark", "to": "end"}]
    installed(checked, {**APPROVAL, "start": START, "nodes": nodes, "edges": edges})
    anna = client_of("anna")
    made = add(
        anna,
        {"name": "A"},
        {"name": "B", "note": "bad", "state": "open"},
        {"name": "C"},
    )
    dispatch.drain()
    assert [read(anna, each)["state"] for each in made] == ["approved", "open", "approved"]
    states = dict(FlowRun.objects.values_list("record", "state"))
    assert [states[each] for each in made] == ["done", "blocked", "done"]


def test_two_timers_of_a_run_that_are_due_at_once_fire_in_their_order(
    installed: Install, client_of: Sign
) -> None:
    deadline = {"after": "8h", "remind": ["-1h"], "then": "agree"}
    superior = {**APPROVAL["nodes"]["superior"], "deadline": deadline}
    installed({**APPROVAL, "nodes": {**APPROVAL["nodes"], "superior": superior}})
    made = [create(client_of("anna"), name="Large", amount="6000") for _ in range(2)]
    (one, two) = inbox(client_of("boss"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mortise_timer SET due_at = due_at - interval '9 hours'")
        assert cursor.rowcount == 4
    assert dispatch.drain_batch(RUN_TIMERS) == 4
    for each in (one, two):
        log = client_of("anna").get(f"/api/runs/{each['run']}").json()["log"]
        told = [line["event"] for line in log if line["event"] in ("reminded", "deadline_passed")]
        assert told == ["reminded", "deadline_passed"]
    assert [read(client_of("anna"), each["id"])["state"] for each in made] == ["approved"] * 2
    assert inbox(client_of("boss")) == []

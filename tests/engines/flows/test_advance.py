"""Runs move as the definition says: branches, actions, waits, incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engines.actions.people import PeopleQuery
from engines.flows.advance import advance, needs, should_start, start
from engines.flows.event import GO_ON, Event
from engines.flows.state import State, from_json, to_json
from engines.values import read_json
from tests.engines.flows.approvals import (
    ANN,
    BEN,
    EVA,
    FACTS,
    MAY,
    STARTER,
    approval,
    begun,
    decide,
    flow,
    kinds,
    one,
)
from tests.support.definitions import NOW, env, money


def test_branches_take_the_first_edge_that_holds_else_the_default() -> None:
    plan = flow(
        {
            "size": {"type": "exclusive"},
            "big": {"type": "wait", "for": "1d"},
            "vip": {"type": "wait", "for": "2d"},
            "small": {"type": "wait", "for": "3d"},
        },
        [
            {"from": "start", "to": "size"},
            {"from": "size", "to": "big", "when": "total > 100"},
            {"from": "size", "to": "vip", "when": "customer.level = 'a'"},
            {"from": "size", "to": "small", "default": True},
            *({"from": key, "to": "end"} for key in ("big", "vip", "small")),
        ],
    )
    assert plan.paths == {("customer", "level")}
    assert begun(plan, total=money("100.01")).state.tokens[0].node == "big"
    assert begun(plan, total=money("100"), customer__level="a").state.tokens[0].node == "vip"
    assert begun(plan, total=None).state.tokens[0].node == "small"


def test_no_branch_fits_blocks_visibly_and_can_be_retried_or_skipped() -> None:
    plan = flow(
        {"size": {"type": "exclusive"}},
        [{"from": "start", "to": "size"}, {"from": "size", "to": "end", "when": "total > 100"}],
    )
    assert [w.code for w in plan.warnings] == ["branch_without_default"]
    step = begun(plan, total=money("1"))
    assert step.state.status == "blocked"
    assert step.state.blocked is not None
    assert step.state.blocked.code == "no_branch_fits"
    assert advance(plan, step.state, GO_ON, FACTS, env()).effects == ()
    retried = advance(plan, step.state, Event("retry"), FACTS, env(total=money("101")))
    assert retried.state.status == "done"
    assert advance(plan, step.state, Event("skip"), FACTS, env()).state.status == "done"


def test_an_action_that_changes_the_record_makes_the_runtime_read_it_again() -> None:
    plan = flow(
        {
            "make": {"type": "act", "do": [{"action": "set", "values": {"total": "200"}}]},
            "size": {"type": "exclusive"},
            "wait": {"type": "wait", "for": "1d"},
        },
        [
            {"from": "start", "to": "make"},
            {"from": "make", "to": "size"},
            {"from": "size", "to": "wait", "when": "total > 100"},
            {"from": "size", "to": "end", "default": True},
            {"from": "wait", "to": "end"},
        ],
    )
    step = begun(plan, total=money("1"))
    assert step.state.status == "ready"
    assert not step.waiting
    assert one(step, "set_values").payload == {"values": {"total": "200"}}
    step = advance(plan, step.state, GO_ON, FACTS, env(total=money("200")))
    assert step.state.tokens[0].node == "wait"


def test_act_hands_out_effects_with_stable_keys() -> None:
    plan = flow(
        {
            "make": {
                "type": "act",
                "do": [
                    {
                        "action": "create_record",
                        "form": "customer",
                        "values": {"name": "UPPER(name)", "owner": "owner"},
                    },
                    {
                        "action": "notify",
                        "to": [{"type": "field", "field": "owner"}],
                        "text": "{{name}}: {{total|money}}",
                    },
                ],
            }
        },
        [{"from": "start", "to": "make"}, {"from": "make", "to": "end"}],
    )
    step = begun(plan, name="abc", owner=ANN, total=money("1200.5"))
    assert kinds(step) == ["create_record", "notify", "finish"]
    assert step.effects[0].payload == {"form": "customer", "values": {"name": "ABC", "owner": ANN}}
    assert step.effects[1].payload["people"] == [ANN]
    text: Any = step.effects[1].payload["text"]
    assert text["zh-Hans"] == [
        {"text": "abc", "path": "name"},
        ": ",
        {"text": "1,200.50", "path": "total"},
    ]
    assert step.state.outcome == "done"
    again = begun(plan, name="abc", owner=ANN, total=money("1200.5"))
    assert again == step


def test_wait_for_a_duration_and_until_a_date() -> None:
    plan = flow(
        {"wait": {"type": "wait", "for": "3d"}},
        [{"from": "start", "to": "wait"}, {"from": "wait", "to": "end"}],
    )
    step = begun(plan)
    timer = one(step, "set_timer")
    assert timer.payload["due_at"] == (NOW + timedelta(days=3)).isoformat()
    event = Event("timer", token=2, timer="wake")
    done = advance(plan, step.state, event, FACTS, env())
    assert done.state.status == "done"
    assert advance(plan, done.state, event, FACTS, env()).effects == ()
    plan = flow(
        {"wait": {"type": "wait", "until": "due", "for": "-1d", "at": "09:00"}},
        [{"from": "start", "to": "wait"}, {"from": "wait", "to": "end"}],
    )
    from datetime import date

    step = begun(plan, due=date(2026, 12, 1))
    assert one(step, "set_timer").payload["due_at"] == "2026-11-30T01:00:00+00:00"
    assert begun(plan, due=date(2026, 11, 1)).state.status == "done"
    assert begun(plan, due=None).state.blocked.code == "wait_date_empty"  # type: ignore[union-attr]


def test_ten_thousand_automatic_steps_block_the_run() -> None:
    plan = flow(
        {"wait": {"type": "wait", "until": "due"}, "again": {"type": "exclusive"}},
        [
            {"from": "start", "to": "wait"},
            {"from": "wait", "to": "again"},
            {"from": "again", "to": "end", "when": "total > 1"},
            {"from": "again", "to": "wait", "default": True},
        ],
    )
    from datetime import date

    step = begun(plan, due=date(2026, 1, 1))
    assert step.state.blocked is not None
    assert step.state.blocked.code == "step_limit"
    assert step.state.status == "blocked"


def test_start_conditions() -> None:
    edges = [{"from": "start", "to": "end"}]
    plan = flow({}, edges, start={"event": "created", "when": "total > 5000"})
    assert should_start(plan, "created", frozenset(), env(total=money("5001")))
    assert not should_start(plan, "created", frozenset(), env(total=None))
    assert not should_start(plan, "updated", frozenset({"total"}), env(total=money("5001")))
    plan = flow({}, edges, start={"event": "updated", "fields": ["stage"]})
    assert should_start(plan, "updated", frozenset({"stage"}), env())
    assert not should_start(plan, "updated", frozenset({"total"}), env())


def test_state_survives_json() -> None:
    import json

    plan = approval(mode="all", may=MAY)
    step = decide(plan, begun(plan), ANN, "add_signer", to_people=(EVA,), place="before")
    stored: Any = read_json(json.dumps(to_json(step.state)))
    assert from_json(stored) == step.state
    returned = decide(plan, begun(plan), BEN, "return")
    assert from_json(to_json(returned.state)) == returned.state
    assert from_json(to_json(State("1", None))) == State("1", None)


def test_needs_cover_what_an_advance_asks() -> None:
    plan = approval(who=[{"type": "manager", "of": "customer.owner", "level": 2}])
    state = start(plan, "7", STARTER)
    found = needs(plan, state, GO_ON, env(customer__owner=EVA))
    assert PeopleQuery("manager", person=EVA, level=2) in found.people
    assert plan.paths == {("customer", "owner")}

"""Runs move as the definition says: approvals, branches, actions, waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engines.actions.effect import Effect
from engines.actions.people import Facts, PeopleQuery
from engines.flows.advance import Step, advance, needs, should_start, start
from engines.flows.compile import FlowPlan, compile_flow
from engines.flows.event import GO_ON, Event
from engines.flows.state import State, from_json, to_json
from engines.problems import Problems
from engines.values import read_json
from tests.support.definitions import NOW, answered, compiled, env, money

STARTER, BOSS, ANN, BEN, EVA, ADMIN = 1, 2, 3, 4, 5, 9

FACTS = answered(
    {
        PeopleQuery("manager", person=STARTER): (BOSS,),
        PeopleQuery("manager", person=BOSS): (EVA,),
        PeopleQuery("role", key="finance"): (ANN, BEN),
        PeopleQuery("role", key="sales"): (STARTER, ANN),
        PeopleQuery("role", key="administrator"): (ADMIN,),
    }
)


def flow(nodes: dict[str, Any], edges: list[dict[str, Any]], **more: Any) -> FlowPlan:
    body = {
        "kind": "flow",
        "key": "approval",
        "format": 1,
        "label": "审批",
        "form": "quote",
        "nodes": {"start": {"type": "start"}, **nodes, "end": {"type": "end"}},
        "edges": edges,
        **more,
    }
    return compile_flow(body, compiled())


def approval(**options: Any) -> FlowPlan:
    """start → check → end, refused → end."""
    who = options.pop("who", [{"type": "role", "role": "finance"}])
    flow_options = options.pop("flow", {})
    return flow(
        {"check": {"type": "approve", "who": who, **options}},
        [
            {"from": "start", "to": "check"},
            {"from": "check", "to": "end", "on": "agreed"},
            {"from": "check", "to": "end", "on": "refused"},
        ],
        **flow_options,
    )


def begun(plan: FlowPlan, facts: Facts = FACTS, **values: Any) -> Step:
    return advance(plan, start(plan, "7", STARTER), GO_ON, facts, env(**values))


def decide(
    plan: FlowPlan, step: Step, person: int, decision: Any, facts: Facts = FACTS, **more: Any
) -> Step:
    token = step.state.tokens[0].id if step.state.tokens else 99
    event = Event("decide", token=token, person=person, decision=decision, **more)
    return advance(plan, step.state, event, facts, env())


def kinds(step: Step) -> list[str]:
    return [effect.kind for effect in step.effects]


def one(step: Step, kind: str) -> Effect:
    found = [effect for effect in step.effects if effect.kind == kind]
    assert len(found) == 1, kinds(step)
    return found[0]


def test_start_asks_the_approvers() -> None:
    step = begun(approval(mode="all"))
    assert step.state.status == "waiting"
    asked = one(step, "open_assignments")
    assert asked.payload["people"] == [ANN, BEN]
    assert asked.payload["node"] == "check"
    assert asked.payload["purpose"] == "decide"
    assert asked.key.startswith("7:2:")


def test_any_first_answer_decides_and_the_others_are_cancelled() -> None:
    plan = approval(mode="any")
    step = decide(plan, begun(plan), BEN, "agree")
    assert step.state.status == "done"
    assert step.state.outcome == "agreed"
    assert one(step, "cancel_assignments").payload["people"] == [ANN]
    assert one(step, "finish").payload == {"outcome": "agreed"}


def test_all_must_agree_and_one_refusal_refuses() -> None:
    plan = approval(mode="all")
    first = decide(plan, begun(plan), ANN, "agree")
    assert first.state.status == "waiting"
    assert first.effects == ()
    assert decide(plan, first, BEN, "agree").state.outcome == "agreed"
    assert decide(plan, first, BEN, "refuse").state.outcome == "refused"


def test_sequence_asks_one_after_the_other() -> None:
    plan = approval(mode="sequence")
    step = begun(plan)
    assert one(step, "open_assignments").payload["people"] == [ANN]
    with pytest.raises(Problems, match="not_your_turn"):
        decide(plan, step, BEN, "agree")
    step = decide(plan, step, ANN, "agree")
    assert one(step, "open_assignments").payload["people"] == [BEN]
    assert decide(plan, step, BEN, "agree").state.outcome == "agreed"


def test_ratio_is_decided_once_it_cannot_change() -> None:
    facts = answered({PeopleQuery("role", key="finance"): (2, 3, 4, 5)})
    plan = approval(mode="ratio", ratio=50)
    step = advance(plan, start(plan, "7", STARTER), GO_ON, facts, env())
    step = decide(plan, step, 2, "refuse", facts)
    step = decide(plan, step, 3, "refuse", facts)
    assert step.state.status == "waiting"
    assert decide(plan, step, 4, "refuse", facts).state.outcome == "refused"
    step = decide(plan, step, 4, "agree", facts)
    assert decide(plan, step, 5, "agree", facts).state.outcome == "agreed"


def test_a_repeated_answer_and_a_gone_token_change_nothing() -> None:
    plan = approval(mode="all")
    step = decide(plan, begun(plan), ANN, "agree")
    again = decide(plan, step, ANN, "agree")
    assert (again.state, again.effects, again.log) == (step.state, (), ())
    done = decide(plan, step, BEN, "agree")
    event = Event("decide", token=2, person=BEN, decision="agree")
    late = advance(plan, done.state, event, FACTS, env())
    assert (late.state, late.effects) == (done.state, ())


def test_a_person_who_was_not_asked_is_refused() -> None:
    plan = approval()
    with pytest.raises(Problems, match="not_asked"):
        decide(plan, begun(plan), EVA, "agree")


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
    assert text["zh-Hans"] == "abc: 1,200.50"
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


def test_nobody_to_ask_falls_back_to_the_administrators() -> None:
    who = [{"type": "manager", "of": "owner"}]
    step = begun(approval(who=who), owner=EVA)
    assert one(step, "open_assignments").payload["people"] == [ADMIN]
    assert ("automatic", "nobody") in [(e.event, e.params.get("reason")) for e in step.log]
    refused = begun(approval(who=who, automatic={"nobody": "refuse"}), owner=EVA)
    assert refused.state.outcome == "refused"
    blocked = begun(approval(who=who, flow={"automatic": {"nobody": "block"}}), owner=EVA)
    assert blocked.state.status == "blocked"


def test_the_starter_as_approver() -> None:
    who = [{"type": "role", "role": "sales"}]
    assert one(begun(approval(who=who)), "open_assignments").payload["people"] == [STARTER, ANN]
    skipped = begun(approval(who=who, automatic={"starter": "skip"}))
    assert one(skipped, "open_assignments").payload["people"] == [ANN]
    handed = begun(approval(who=who, automatic={"starter": "manager"}))
    assert one(handed, "open_assignments").payload["people"] == [BOSS, ANN]
    alone = begun(approval(who=[{"type": "starter"}], automatic={"starter": "skip"}))
    assert alone.state.outcome == "agreed"


def test_somebody_who_agreed_before_need_not_be_asked_again() -> None:
    plan = flow(
        {
            "one": {"type": "approve", "who": [{"type": "manager"}]},
            "two": {"type": "approve", "who": [{"type": "manager"}]},
        },
        [
            {"from": "start", "to": "one"},
            {"from": "one", "to": "two", "on": "agreed"},
            {"from": "two", "to": "end", "on": "agreed"},
        ],
        automatic={"repeated": "skip"},
    )
    step = decide(plan, begun(plan), BOSS, "agree")
    assert step.state.outcome == "agreed"
    assert decide(plan, begun(plan), BOSS, "refuse").state.outcome == "refused"


MAY = {
    "return": {"to": ["start"], "resubmit": "restart"},
    "transfer": True,
    "add_signer": True,
}


def test_return_to_the_starter_and_resubmit() -> None:
    plan = approval(mode="all", may=MAY)
    step = decide(plan, begun(plan), ANN, "agree")
    step = decide(plan, step, BEN, "return", opinion="补充材料")
    assert step.state.round == 2
    assert one(step, "cancel_timer").payload["timer"] is None
    asked = one(step, "open_assignments")
    assert (asked.payload["people"], asked.payload["purpose"]) == ([STARTER], "resubmit")
    step = decide(plan, step, STARTER, "resubmit")
    assert one(step, "open_assignments").payload["people"] == [ANN, BEN]
    assert decide(plan, step, BEN, "agree").state.status == "waiting", "older rounds do not count"


def test_direct_resubmission_returns_to_the_person_unless_a_condition_changed() -> None:
    plan = flow(
        {
            "size": {"type": "exclusive"},
            "check": {
                "type": "approve",
                "who": [{"type": "role", "role": "finance"}],
                "mode": "all",
                "may": {"return": {"to": ["start"], "resubmit": "direct"}},
            },
        },
        [
            {"from": "start", "to": "size"},
            {"from": "size", "to": "check", "when": "total > 10"},
            {"from": "size", "to": "end", "default": True},
            {"from": "check", "to": "end", "on": "agreed"},
        ],
    )
    step = decide(plan, begun(plan, total=money("20")), BEN, "return")
    token = step.state.tokens[0].id
    event = Event("decide", token=token, person=STARTER, decision="resubmit")
    direct = advance(plan, step.state, event, FACTS, env(total=money("20")))
    assert one(direct, "open_assignments").payload["people"] == [BEN]
    fallback = advance(plan, step.state, event, FACTS, env(total=money("30")))
    assert one(fallback, "open_assignments").payload["people"] == [ANN, BEN]
    assert "values_changed" in [entry.params.get("reason") for entry in fallback.log]


def test_transfer_replaces_one_person() -> None:
    plan = approval(mode="all", may=MAY)
    step = decide(plan, begun(plan), ANN, "transfer", to_people=(EVA,))
    assert one(step, "cancel_assignments").payload["state"] == "transferred"
    assert one(step, "open_assignments").payload["people"] == [EVA]
    with pytest.raises(Problems, match="asked_already"):
        decide(plan, step, EVA, "transfer", to_people=(BEN,))
    step = decide(plan, decide(plan, step, EVA, "agree"), BEN, "agree")
    assert step.state.outcome == "agreed"
    with pytest.raises(Problems, match="transfer_not_allowed"):
        decide(approval(), begun(approval()), ANN, "transfer", to_people=(EVA,))


def test_signers_before_come_back_to_me() -> None:
    plan = approval(mode="any", may=MAY)
    step = decide(plan, begun(plan), ANN, "add_signer", to_people=(EVA,), place="before")
    with pytest.raises(Problems, match="added_signer_adds_nobody"):
        decide(plan, step, EVA, "add_signer", to_people=(BOSS,))
    step = decide(plan, step, EVA, "refuse")
    assert one(step, "open_assignments").payload["people"] == [ANN]
    assert decide(plan, step, ANN, "agree").state.outcome == "agreed"


def test_signers_after_speak_for_me() -> None:
    plan = approval(mode="all", may=MAY)
    step = decide(plan, begun(plan), ANN, "add_signer", to_people=(EVA, BOSS), place="after")
    step = decide(plan, decide(plan, step, BEN, "agree"), EVA, "agree")
    assert step.state.status == "waiting"
    assert decide(plan, step, BOSS, "agree").state.outcome == "agreed"
    assert decide(plan, step, BOSS, "refuse").state.outcome == "refused"


def test_deadline_reminds_then_hands_over_to_the_superior() -> None:
    plan = approval(
        who=[{"type": "manager"}], deadline={"after": "8h", "remind": ["-1h"], "then": "escalate"}
    )
    step = begun(plan)
    due = {e.payload["timer"]: e.payload["due_at"] for e in step.effects if e.kind == "set_timer"}
    assert due == {
        "due": (NOW + timedelta(hours=8)).isoformat(),
        "remind.0": (NOW + timedelta(hours=7)).isoformat(),
    }
    remind = Event("timer", token=2, timer="remind.0")
    reminded = advance(plan, step.state, remind, FACTS, env())
    assert one(reminded, "notify").payload["people"] == [BOSS]
    late = Event("timer", token=2, timer="due")
    wanted = needs(plan, step.state, late, env()).people
    assert PeopleQuery("manager", person=BOSS) in wanted
    step = advance(plan, reminded.state, late, FACTS, env())
    assert one(step, "open_assignments").payload["people"] == [EVA]
    assert decide(plan, step, EVA, "agree").state.outcome == "agreed"


def test_deadline_may_answer_by_itself() -> None:
    for then, outcome in (("agree", "agreed"), ("refuse", "refused")):
        plan = approval(deadline={"after": "1h", "then": then})
        step = advance(plan, begun(plan).state, Event("timer", token=2, timer="due"), FACTS, env())
        assert step.state.outcome == outcome
        assert one(step, "cancel_assignments").payload["people"] == [ANN, BEN]


def test_withdraw_only_by_the_starter_and_only_in_time() -> None:
    plan = approval()
    step = begun(plan)
    with pytest.raises(Problems, match="only_starter_withdraws"):
        advance(plan, step.state, Event("withdraw", person=ANN), FACTS, env())
    gone = advance(plan, step.state, Event("withdraw", person=STARTER), FACTS, env())
    assert gone.state.status == "cancelled"
    assert gone.state.outcome == "withdrawn"
    assert one(gone, "cancel_assignments").payload["people"] == [ANN, BEN]
    with pytest.raises(Problems, match="withdrawal_not_allowed"):
        strict = approval(flow={"withdraw": False})
        advance(strict, begun(strict).state, Event("withdraw", person=STARTER), FACTS, env())
    cancelled = advance(plan, step.state, Event("cancel", person=ADMIN), FACTS, env())
    assert cancelled.state.outcome == "cancelled"


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

"""Approvals: who is asked, whose answers decide, what happens when nobody answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engines.actions.people import PeopleQuery
from engines.flows.advance import advance, needs, start
from engines.flows.event import GO_ON, Event
from engines.problems import Problems
from tests.engines.flows.approvals import (
    ADMIN,
    ANN,
    BEN,
    BOSS,
    EVA,
    FACTS,
    STARTER,
    approval,
    begun,
    decide,
    flow,
    one,
)
from tests.support.definitions import NOW, answered, env


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

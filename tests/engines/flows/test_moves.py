"""What people may do beside agreeing: return, transfer, add signers, withdraw."""

from __future__ import annotations

import pytest

from engines.flows.advance import Step, advance
from engines.flows.compile import FlowPlan
from engines.flows.event import Event
from engines.problems import Problems
from tests.engines.flows.approvals import (
    ADMIN,
    ANN,
    BEN,
    BOSS,
    EVA,
    FACTS,
    MAY,
    STARTER,
    approval,
    begun,
    decide,
    flow,
    one,
)
from tests.support.definitions import env, money


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


def hand_over(plan: FlowPlan, step: Step, leaver: int, to: int) -> Step:
    event = Event("hand_over", person=ADMIN, leaver=leaver, to_people=(to,))
    return advance(plan, step.state, event, FACTS, env())


def test_whoever_leaves_is_replaced_where_nothing_may_be_handed_over() -> None:
    plan = approval(mode="all")
    step = hand_over(plan, begun(plan), ANN, EVA)
    assert one(step, "cancel_assignments").payload["people"] == [ANN]
    assert one(step, "open_assignments").payload["people"] == [EVA]
    assert next((line.event, line.person, line.params) for line in step.log) == (
        "handed_over", ADMIN, {"people": [ANN], "to": [EVA]},
    )  # fmt: skip
    step = decide(plan, decide(plan, step, EVA, "agree"), BEN, "agree")
    assert step.state.outcome == "agreed"


def test_one_who_was_asked_too_answers_for_both() -> None:
    plan = approval(mode="all")
    agreed = decide(plan, begun(plan), BEN, "agree")
    step = hand_over(plan, agreed, ANN, BEN)
    assert step.state.outcome == "agreed"
    assert [effect.kind for effect in step.effects].count("open_assignments") == 0
    waiting = hand_over(plan, begun(plan), ANN, BEN)
    assert waiting.state.open_people(waiting.state.tokens[0].id) == (BEN,)
    assert decide(plan, waiting, BEN, "refuse").state.outcome == "refused"


def test_whose_turn_has_not_come_is_replaced_without_being_asked_yet() -> None:
    plan = approval(mode="sequence", may=MAY)
    step = hand_over(plan, begun(plan), BEN, EVA)
    assert [effect.kind for effect in step.effects] == []
    step = decide(plan, step, ANN, "agree")
    assert one(step, "open_assignments").payload["people"] == [EVA]
    first = hand_over(plan, begun(plan), ANN, BEN)
    assert one(first, "open_assignments").payload["people"] == [BEN], "his own turn comes now"


def test_added_signers_come_back_to_the_one_who_took_over() -> None:
    plan = approval(mode="all", may=MAY)
    step = decide(plan, begun(plan), ANN, "add_signer", to_people=(EVA,))
    step = hand_over(plan, step, ANN, EVA)
    step = decide(plan, step, EVA, "agree")
    assert one(step, "open_assignments").payload["people"] == [EVA]
    step = decide(plan, decide(plan, step, EVA, "agree"), BEN, "agree")
    assert step.state.outcome == "agreed"


def test_what_came_back_to_the_starter_is_handed_over_to_be_submitted_again() -> None:
    plan = approval(may=MAY)
    step = hand_over(plan, decide(plan, begun(plan), ANN, "return"), STARTER, EVA)
    asked = one(step, "open_assignments").payload
    assert (asked["people"], asked["purpose"]) == ([EVA], "resubmit")
    again = decide(plan, step, EVA, "resubmit")
    assert one(again, "open_assignments").payload["people"] == [ANN, BEN]
    nothing = hand_over(plan, again, STARTER, EVA)
    assert (nothing.state, nothing.effects, nothing.log) == (again.state, (), ())


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

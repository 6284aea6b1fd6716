"""Small flows around one approval, and short ways to run them."""

from __future__ import annotations

from typing import Any

from engines.actions.effect import Effect
from engines.actions.people import Facts, PeopleQuery
from engines.flows.advance import Step, advance, start
from engines.flows.compile import FlowPlan, compile_flow
from engines.flows.event import GO_ON, Event
from tests.support.definitions import answered, compiled, env

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


MAY = {
    "return": {"to": ["start"], "resubmit": "restart"},
    "transfer": True,
    "add_signer": True,
}

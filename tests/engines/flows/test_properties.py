"""Any order and any repetition ends the same; random graphs walk as a reference does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engines.actions.people import PeopleQuery
from engines.flows.advance import Step, advance, needs, start
from engines.flows.compile import FlowPlan, compile_flow
from engines.flows.event import GO_ON, Event
from engines.flows.graph import reached
from engines.flows.state import from_json, to_json
from engines.problems import Problems
from tests.support.definitions import answered, compiled, env

FORMS = compiled()
ROLE = PeopleQuery("role", key="finance")


def flow(nodes: dict[str, Any], edges: list[dict[str, Any]]) -> FlowPlan:
    body = {"key": "f", "label": "f", "form": "quote", "nodes": nodes, "edges": edges}
    return compile_flow(body, FORMS)


def approval(mode: str, ratio: int = 50) -> FlowPlan:
    return flow(
        {
            "start": {"type": "start"},
            "check": {
                "type": "approve",
                "who": [{"type": "role", "role": "finance"}],
                "mode": mode,
                "ratio": ratio,
            },
            "end": {"type": "end"},
        },
        [
            {"from": "start", "to": "check"},
            {"from": "check", "to": "end", "on": "agreed"},
            {"from": "check", "to": "end", "on": "refused"},
        ],
    )


def asked(step: Step) -> list[int]:
    return [
        person
        for effect in step.effects
        if effect.kind == "open_assignments"
        for person in effect.payload["people"]  # type: ignore[union-attr]
    ]


votes = st.lists(st.booleans(), min_size=1, max_size=6)


@given(votes, st.sampled_from(["all", "ratio"]), st.integers(1, 100), st.data())
def test_any_order_and_any_repetition_ends_the_same(
    answers: list[bool], mode: str, ratio: int, data: st.DataObject
) -> None:
    people = tuple(range(1, len(answers) + 1))
    plan = approval(mode, ratio)
    facts = answered({ROLE: people})
    order = data.draw(st.permutations(people))
    repeated = data.draw(st.lists(st.sampled_from(people), max_size=12))
    step = advance(plan, start(plan, "1", None), GO_ON, facts, env())
    everybody = asked(step)
    keys = [effect.key for effect in step.effects]
    for person in [each for one in order for each in (one, *repeated[:2])] + list(order):
        decision = "agree" if answers[person - 1] else "refuse"
        event = Event("decide", token=2, person=person, decision=decision)
        again = advance(plan, step.state, event, facts, env())
        assert again == advance(plan, from_json(to_json(step.state)), event, facts, env())
        everybody += asked(again)
        keys += [effect.key for effect in again.effects]
        step = again
    enough = 100 * sum(answers) >= ratio * len(answers)
    expected = all(answers) if mode == "all" else enough
    assert step.state.outcome == ("agreed" if expected else "refused")
    assert sorted(everybody) == sorted(people), "each person is asked once"
    assert len(keys) == len(set(keys)), "effect keys are never used twice"


@given(votes)
def test_in_sequence_each_is_asked_once_and_nobody_after_a_refusal(answers: list[bool]) -> None:
    people = tuple(range(1, len(answers) + 1))
    plan = approval("sequence")
    facts = answered({ROLE: people})
    step = advance(plan, start(plan, "1", None), GO_ON, facts, env())
    everybody = asked(step)
    while step.state.status == "waiting":
        person = step.state.open_people(2)[0]
        decision = "agree" if answers[person - 1] else "refuse"
        event = Event("decide", token=2, person=person, decision=decision)
        step = advance(plan, step.state, event, facts, env())
        everybody += asked(step)
    first = answers.index(False) + 1 if False in answers else len(answers)
    assert everybody == list(people[:first])
    assert step.state.outcome == ("agreed" if all(answers) else "refused")


actions = st.tuples(
    st.sampled_from(["agree", "refuse", "return", "transfer", "add_signer", "resubmit", "timer"]),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from(["before", "after"]),
)


@settings(max_examples=150)
@given(st.sampled_from(["any", "all", "sequence", "ratio"]), st.lists(actions, max_size=25))
def test_whatever_people_try_the_state_stays_sound(
    mode: str, tried: list[tuple[Any, int, int, Any]]
) -> None:
    plan = flow(
        {
            "start": {"type": "start"},
            "check": {
                "type": "approve",
                "who": [{"type": "role", "role": "finance"}],
                "mode": mode,
                "may": {"return": {}, "transfer": True, "add_signer": True},
                "deadline": {"after": "1h", "then": "escalate"},
            },
            "end": {"type": "end"},
        },
        [{"from": "start", "to": "check"}, {"from": "check", "to": "end", "on": "agreed"}],
    )
    facts = answered({ROLE: (1, 2, 3), PeopleQuery("manager", person=1): (5,)})
    step = advance(plan, start(plan, "1", 4), GO_ON, facts, env())
    for decision, person, other, place in tried:
        state = step.state
        token = state.tokens[0].id if state.tokens else 2
        if decision == "timer":
            event = Event("timer", token=token, timer="due")
        else:
            event = Event(
                "decide",
                token=token,
                person=person,
                decision=decision,
                to_people=(other,),
                place=place,
            )
        try:
            step = advance(plan, state, event, facts, env())
        except Problems:
            continue
        assert from_json(to_json(step.state)) == step.state
        for each in step.state.tokens:
            people = step.state.open_people(each.id)
            assert len(people) == len(set(people))
            assert people, "a token that waits for people waits for somebody"
        if step.state.outcome is not None:
            assert not step.state.tokens
            assert not step.state.asks


@dataclass
class Reference:
    """The subset start, exclusive, approve (any), act, end, walked by hand; 40 plain lines."""

    nodes: dict[str, dict[str, Any]]
    edges: list[dict[str, Any]]
    total: Decimal
    answers: Iterator[bool]
    trace: list[str] = field(default_factory=list)

    def walk(self) -> str:
        node, verdict = "start", "done"
        while True:
            self.trace.append(node)
            kind = self.nodes[node]["type"]
            out = [edge for edge in self.edges if edge["from"] == node]
            if kind == "end":
                return verdict
            if kind == "act":
                self.total += self.nodes[node]["plus"]
            if kind == "approve":
                verdict = "agreed" if next(self.answers) else "refused"
                out = [edge for edge in out if edge["on"] == verdict]
                if not out:
                    return verdict
            if kind == "exclusive":
                met = [edge for edge in out if "over" in edge and self.total > edge["over"]]
                out = met or [edge for edge in out if edge.get("default")]
            node = out[0]["to"]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Edges lead forward, except that a refusal may lead back to an earlier approval."""
    count = draw(st.integers(1, 7))
    names = [f"n{number}" for number in range(count)]
    nodes: dict[str, Any] = {"start": {"type": "start"}}
    for name in names:
        kind = draw(st.sampled_from(["exclusive", "approve", "act"]))
        nodes[name] = {"type": kind, "plus": draw(st.integers(-5, 5))}
    nodes["end"] = {"type": "end"}
    edges: list[dict[str, Any]] = [{"from": "start", "to": "n0"}]
    for number, name in enumerate(names):
        onward = st.sampled_from([*names[number + 1 :], "end"])
        kind = nodes[name]["type"]
        if kind == "act":
            edges.append({"from": name, "to": draw(onward)})
        elif kind == "approve":
            edges.append({"from": name, "to": draw(onward), "on": "agreed"})
            back = [each for each in names[: number + 1] if nodes[each]["type"] == "approve"]
            if draw(st.booleans()):
                to = draw(st.sampled_from([*back, *names[number + 1 :], "end"]))
                edges.append({"from": name, "to": to, "on": "refused"})
        else:
            for _ in range(draw(st.integers(0, 2))):
                over = draw(st.integers(-10, 10))
                edges.append({"from": name, "to": draw(onward), "over": over})
            edges.append({"from": name, "to": draw(onward), "default": True})
    known = reached("start", lambda key: frozenset(e["to"] for e in edges if e["from"] == key))
    return (
        {key: node for key, node in nodes.items() if key in known},
        [edge for edge in edges if edge["from"] in known],
    )


def definition(
    nodes: dict[str, Any], edges: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The random graph as a flow definition writes it."""
    options: dict[str, Any] = {
        "approve": lambda node: {"who": [{"type": "person", "person": "li"}]},
        "act": lambda node: {
            "do": [{"action": "set", "values": {"total": f"total + ({node['plus']})"}}]
        },
    }
    written = {
        key: {"type": node["type"], **options.get(node["type"], lambda node: {})(node)}
        for key, node in nodes.items()
    }
    ways = [
        {**{k: v for k, v in edge.items() if k != "over"}, "when": f"total > {edge['over']}"}
        if "over" in edge
        else edge
        for edge in edges
    ]
    return written, ways


@settings(max_examples=150, deadline=None)
@given(graphs(), st.integers(-10, 10), st.lists(st.booleans(), max_size=12))
def test_random_graphs_walk_as_the_reference(
    graph: tuple[dict[str, Any], list[dict[str, Any]]], total: int, answers: list[bool]
) -> None:
    def endless() -> Iterator[bool]:
        yield from answers
        while True:
            yield True

    nodes, edges = graph
    reference = Reference(nodes, edges, Decimal(total), endless())
    outcome = reference.walk()
    plan = flow(*definition(nodes, edges))
    facts = answered({PeopleQuery("username", key="li"): (1,)})
    values, given_answers = Decimal(total), endless()
    state, event, trace = start(plan, "1", None), GO_ON, ["start"]
    while state.outcome is None:
        now = env(total=values)
        wanted = needs(plan, state, event, now)
        step = advance(plan, state, event, facts, now)
        for entry in step.log:
            if entry.event in ("branch_taken", "acted", "asked"):
                trace.append(entry.node)
            if entry.event == "asked":
                assert PeopleQuery("username", key="li") in wanted.people
        for effect in step.effects:
            if effect.kind == "set_values":
                changed: Any = effect.payload["values"]
                values = Decimal(changed["total"])
        state, event = step.state, GO_ON
        if state.status == "waiting":
            decision = "agree" if next(given_answers) else "refuse"
            event = Event("decide", token=state.tokens[0].id, person=1, decision=decision)
    assert trace == [node for node in reference.trace if node != "end"]
    assert (state.outcome, values) == (outcome, reference.total)

"""What a flow definition may not say, and what its schema draws (checks D09)."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engines.flows.compile import compile_flow
from engines.flows.flow import flow_schema
from engines.problems import Problems
from tests.support.definitions import compiled

START_END: dict[str, Any] = {"start": {"type": "start"}, "end": {"type": "end"}}
CHECK: dict[str, Any] = {"type": "approve", "who": [{"type": "starter"}]}
DIRECT = [{"from": "start", "to": "end"}]
THROUGH_CHECK = [
    {"from": "start", "to": "check"},
    {"from": "check", "to": "end", "on": "agreed"},
]


def body(nodes: dict[str, Any], edges: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "kind": "flow",
        "key": "f",
        "format": 1,
        "label": "流程",
        "form": "quote",
        "nodes": {**START_END, **nodes},
        "edges": edges,
        **more,
    }


def codes(nodes: dict[str, Any], edges: list[dict[str, Any]], **more: Any) -> set[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        compile_flow(
            body(nodes, edges, **more),
            compiled(),
            roles=frozenset({"sales"}),
            flows={},
            calendars=frozenset({"office"}),
        )
    return {(each.path, each.code) for each in caught.value.problems}


def check(**options: Any) -> dict[str, Any]:
    return {"check": {**CHECK, **options}}


@pytest.mark.parametrize(
    ("nodes", "edges", "expected"),
    [
        (
            {"again": {"type": "start"}},
            [*DIRECT, {"from": "again", "to": "end"}],
            ("/nodes", "one_start_needed"),
        ),
        (
            {"lost": CHECK},
            [*DIRECT, {"from": "lost", "to": "end", "on": "agreed"}],
            ("/nodes/lost", "node_not_reached"),
        ),
        ({}, [*DIRECT, {"from": "start", "to": "gone"}], ("/edges/1/to", "no_such_node")),
        ({}, [], ("/nodes/start", "way_out_needed")),
        ({}, [*DIRECT, *DIRECT], ("/nodes/start", "several_ways_out")),
        (
            {},
            [{"from": "start", "to": "end", "when": "total > 1"}],
            ("/edges/0/when", "edge_option_not_here"),
        ),
        (
            {},
            [{"from": "start", "to": "end", "on": "agreed"}],
            ("/edges/0/on", "edge_option_not_here"),
        ),
        ({}, [*DIRECT, {"from": "end", "to": "start"}], ("/nodes/end", "way_into_start")),
        (
            check(),
            [{"from": "start", "to": "check"}, {"from": "check", "to": "end"}],
            ("/edges/1", "edge_without_answer"),
        ),
        (
            check(),
            [{"from": "start", "to": "check"}, {"from": "check", "to": "end", "on": "refused"}],
            ("/nodes/check", "way_out_needed"),
        ),
        (
            {"size": {"type": "exclusive"}},
            [{"from": "start", "to": "size"}, {"from": "size", "to": "end"}],
            ("/edges/1", "condition_or_default"),
        ),
        (
            {"size": {"type": "exclusive"}},
            [{"from": "start", "to": "size"}, {"from": "size", "to": "end", "when": "total >"}],
            ("/edges/1/when", "formula_unfinished"),
        ),
        (
            {"a": {"type": "exclusive"}, "b": {"type": "exclusive"}},
            [
                {"from": "start", "to": "a"},
                {"from": "a", "to": "b", "default": True},
                {"from": "b", "to": "a", "when": "total > 1"},
                {"from": "b", "to": "end", "default": True},
            ],
            ("/nodes/a", "loop_without_wait"),
        ),
        (
            {"a": {"type": "exclusive"}, "b": {"type": "exclusive"}},
            [
                *DIRECT[:0],
                {"from": "start", "to": "a"},
                {"from": "a", "to": "b", "default": True},
                {"from": "b", "to": "a", "default": True},
            ],
            ("/nodes/start", "no_way_to_end"),
        ),
        (
            check(who=[{"type": "role", "role": "gone"}]),
            THROUGH_CHECK,
            ("/nodes/check/who/0/role", "no_such_role"),
        ),
        (
            check(who=[{"type": "field", "field": "name"}]),
            THROUGH_CHECK,
            ("/nodes/check/who/0/field", "not_a_person_field"),
        ),
        (
            check(fields={"gone": "edit"}),
            THROUGH_CHECK,
            ("/nodes/check/fields/gone", "no_such_field"),
        ),
        (
            check(fields={"half": "edit"}),
            THROUGH_CHECK,
            ("/nodes/check/fields/half", "field_is_computed"),
        ),
        (
            check(may={"return": {"to": ["gone"]}}),
            THROUGH_CHECK,
            ("/nodes/check/may/return/to/0", "no_such_node"),
        ),
        (
            check(may={"return": {"to": ["end"]}}),
            THROUGH_CHECK,
            ("/nodes/check/may/return/to/0", "cannot_return_there"),
        ),
        (
            check(deadline={"after": "0h"}),
            THROUGH_CHECK,
            ("/nodes/check/deadline/after", "duration_not_positive"),
        ),
        (
            check(deadline={"after": "-1h"}),
            THROUGH_CHECK,
            ("/nodes/check/deadline/after", "duration_not_positive"),
        ),
        (
            check(deadline={"after": "9999d"}),
            THROUGH_CHECK,
            ("/nodes/check/deadline/after", "not_a_duration"),
        ),
        (
            check(deadline={"after": "8h", "calendar": "gone"}),
            THROUGH_CHECK,
            ("/nodes/check/deadline/calendar", "no_such_calendar"),
        ),
        (
            {"wait": {"type": "wait"}},
            [{"from": "start", "to": "wait"}, {"from": "wait", "to": "end"}],
            ("/nodes/wait", "wait_without_end"),
        ),
        (
            {"wait": {"type": "wait", "until": "name"}},
            [{"from": "start", "to": "wait"}, {"from": "wait", "to": "end"}],
            ("/nodes/wait/until", "not_a_date_field"),
        ),
        (
            {"make": {"type": "act", "do": [{"action": "refuse", "text": "x"}]}},
            [{"from": "start", "to": "make"}, {"from": "make", "to": "end"}],
            ("/nodes/make/do/0/action", "action_not_here"),
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    nodes: dict[str, Any], edges: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    assert expected in codes(nodes, edges)


def test_problems_of_conditions_carry_the_column() -> None:
    with pytest.raises(Problems) as caught:
        compile_flow(
            body({}, DIRECT, start={"event": "created", "when": "total > gone"}), compiled()
        )
    assert caught.value.problems[0].path == "/start/when"
    assert caught.value.problems[0].params["column"] == 9


def test_the_schema_is_closed_and_limits_the_size() -> None:
    validator = Draft202012Validator(flow_schema())
    assert validator.is_valid(body(check(mode="all"), THROUGH_CHECK))
    assert not validator.is_valid(body(check(mood="all"), THROUGH_CHECK))
    assert not validator.is_valid(body(check(deadline={"after": "100y"}), THROUGH_CHECK))
    many = {f"n{number}": {"type": "end"} for number in range(10_000)}
    assert not validator.is_valid(body(many, DIRECT))


def test_a_flow_that_starts_another_for_its_own_record_is_warned_of() -> None:
    make = {"make": {"type": "act", "do": [{"action": "start_flow", "flow": "other"}]}}
    edges = [{"from": "start", "to": "make"}, {"from": "make", "to": "end"}]
    plan = compile_flow(body(make, edges), compiled(), flows={"other": "quote"})
    assert [(each.path, each.code, each.severity) for each in plan.warnings] == [
        ("/nodes/make/do/0", "own_run_still_open", "warning")
    ]
    assert codes(make, edges) >= {("/nodes/make/do/0/flow", "no_such_flow")}


def test_a_refusal_without_a_way_ends_the_run_and_is_no_mistake() -> None:
    plan = compile_flow(body(check(), THROUGH_CHECK), compiled())
    assert plan.warnings == ()
    assert plan.nodes["check"].edge("refused") is None


@pytest.mark.parametrize(
    "picture",
    [{"check": [1]}, {"check": [1, 2, 3]}, {"check": [1, "x"]}, {"check": "x"}, {"A b": [1, 2]}],
)
def test_a_picture_holds_positions_only(picture: Any) -> None:
    schema = Draft202012Validator(flow_schema())
    assert schema.is_valid(body(check(), THROUGH_CHECK, picture={"check": [200, 40.5]}))
    assert not schema.is_valid(body(check(), THROUGH_CHECK, picture=picture))

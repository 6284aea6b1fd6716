"""A flow definition into a plan: every reference checked, the graph sound, formulas compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from engines.actions.reading import Reading, scope_of
from engines.flows.graph import ahead, check_graph
from engines.flows.node import EdgePlan, NodePlan, Surroundings
from engines.flows.nodes import NODES
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.types import BOOLEAN
from engines.problems import Problem, Problems, has_errors, pointer, refuse
from engines.texts import Text


@dataclass(frozen=True, slots=True)
class StartPlan:
    """When a run begins; ``fields`` empty: whichever field changed."""

    event: Literal["created", "updated", "manual"]
    fields: frozenset[str]
    when: Formula | None


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A compiled flow.

    ``first`` is the start node; ``ahead`` the nodes that one advance may enter after leaving a
    node; ``paths`` the link paths the runtime loads into ``env.links``.
    """

    key: str
    label: Text
    form: str
    start: StartPlan
    nodes: Mapping[str, NodePlan]
    first: str
    withdraw: bool
    ahead: Mapping[str, frozenset[str]]
    paths: frozenset[tuple[str, ...]]
    warnings: tuple[Problem, ...] = ()


def compile_flow(
    body: Mapping[str, Any],
    forms: Mapping[str, FormPlan],
    *,
    roles: frozenset[str] | None = None,
    flows: Mapping[str, str] | None = None,
    calendars: frozenset[str] | None = None,
) -> FlowPlan:
    """The plan of a definition that fits its schema. Raises Problems with all that is wrong.

    ``roles`` and ``calendars`` are the keys the application has, ``flows`` those of its flows with
    their forms; None: not checked.
    """
    form = forms.get(str(body["form"]))
    if form is None:
        raise refuse("/form", "no_such_form", form=body["form"])
    scope = scope_of(form, forms)
    reading = Reading(form, forms, scope, roles=roles, flows=flows, calendars=calendars)
    start = _start(body.get("start", {}), reading)
    around = Surroundings(body["nodes"], body.get("automatic", {}))
    nodes: dict[str, NodePlan] = {}
    for key, options in body["nodes"].items():
        at = reading.at(pointer("nodes", key))
        kind = NODES.get(str(options.get("type")))
        if kind is None:
            at.problem("/type", "no_such_node_type", type=str(options.get("type")))
            continue
        label = options.get("label", kind.label)
        nodes[key] = NodePlan(key, kind, label, options, kind.compile(options, at, around))
    edges = _edges(body["edges"], nodes, reading)
    nodes = {key: replace(node, edges=tuple(edges[key])) for key, node in nodes.items()}
    check_graph(nodes, reading)
    if has_errors(reading.problems):
        raise Problems(reading.problems)
    return FlowPlan(
        key=str(body["key"]),
        label=body["label"],
        form=form.key,
        start=start,
        nodes=nodes,
        first=next(key for key, node in nodes.items() if node.type.key == "start"),
        withdraw=bool(body.get("withdraw", True)),
        ahead={key: ahead(nodes, key) for key in nodes},
        paths=_paths(start, nodes),
        warnings=tuple(reading.problems),
    )


def _start(options: Mapping[str, Any], reading: Reading) -> StartPlan:
    at = reading.at("/start")
    fields = options.get("fields", ())
    for index, field in enumerate(fields):
        if field not in reading.form.by_key:
            at.problem(pointer("fields", index), "no_such_field", field=field)
    text = options.get("when")
    event = options.get("event", "manual")
    scope = scope_of(reading.form, reading.forms, old=event == "updated")
    when = None if text is None else at.formula(str(text), "/when", BOOLEAN, scope=scope)
    return StartPlan(event, frozenset(fields), when)


def _edges(
    given: Sequence[Mapping[str, Any]], nodes: Mapping[str, NodePlan], reading: Reading
) -> dict[str, list[EdgePlan]]:
    found: dict[str, list[EdgePlan]] = {key: [] for key in nodes}
    for index, edge in enumerate(given):
        at = reading.at(pointer("edges", index))
        ends = True
        for side in ("from", "to"):
            if edge[side] not in nodes:
                at.problem("/" + side, "no_such_node", node=edge[side])
                ends = False
        if not ends:
            continue
        source = nodes[edge["from"]].type
        for name in ("when", "default"):
            if name in edge and source.key != "exclusive":
                at.problem("/" + name, "edge_option_not_here", node=edge["from"], option=name)
        text = edge.get("when")
        when = None if text is None else at.formula(str(text), "/when", BOOLEAN)
        default = bool(edge.get("default", False))
        if source.key == "exclusive" and (text is None) != default:
            at.problem("", "condition_or_default", node=edge["from"])
        if source.answers and edge.get("on") not in source.answers:
            at.problem("", "edge_without_answer", node=edge["from"])
        if not source.answers and "on" in edge:
            at.problem("/on", "edge_option_not_here", node=edge["from"], option="on")
        found[edge["from"]].append(
            EdgePlan(edge["to"], edge.get("on"), when, default, edge.get("label"))
        )
    return found


def _paths(start: StartPlan, nodes: Mapping[str, NodePlan]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set(start.when.paths) if start.when is not None else set()
    for node in nodes.values():
        found |= node.type.paths(node.compiled)
        for edge in node.edges:
            if edge.when is not None:
                found |= edge.when.paths
    return frozenset(found)

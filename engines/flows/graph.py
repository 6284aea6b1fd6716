"""Is the graph sound: one start, an end in reach of every node, no loop that never waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engines.actions.reading import Reading
from engines.flows.node import NodePlan
from engines.problems import pointer

Nodes = Mapping[str, NodePlan]


def reached(start: str, edges: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """Everything reached from ``start`` by following ``edges``, itself included."""
    found = {start}
    waiting = [start]
    while waiting:
        for key in edges(waiting.pop()) - found:
            found.add(key)
            waiting.append(key)
    return frozenset(found)


def ahead(nodes: Nodes, key: str) -> frozenset[str]:
    """Nodes that one advance may enter after leaving ``key``: up to the next that wait.

    After an ``act`` that changes the record the advance stops, and the runtime asks again; a
    ``wait`` whose moment has passed lets the token through.
    """
    found: set[str] = set()
    waiting = [edge.to for edge in nodes[key].edges]
    while waiting:
        to = waiting.pop()
        if to in found:
            continue
        found.add(to)
        node = nodes[to]
        if (
            not node.type.waits and not node.type.changes_record(node.compiled)
        ) or node.type.key == "wait":
            waiting.extend(edge.to for edge in node.edges)
    return frozenset(found)


def check_graph(nodes: Nodes, reading: Reading) -> None:
    """Note every fact that makes the graph unsound."""
    starts = [key for key, node in nodes.items() if node.type.key == "start"]
    ends = [key for key, node in nodes.items() if node.type.key == "end"]
    if len(starts) != 1:
        reading.problem("/nodes", "one_start_needed", found=len(starts))
    if not ends:
        reading.problem("/nodes", "end_needed")
    for key, node in nodes.items():
        _check_ways_out(node, reading.at(pointer("nodes", key)))
        for edge in node.edges:
            if edge.to in starts:
                reading.problem(pointer("nodes", key), "way_into_start", node=key)
    if len(starts) == 1:
        known = reached(starts[0], lambda key: frozenset(e.to for e in nodes[key].edges))
        for key in nodes:
            if key not in known:
                reading.problem(pointer("nodes", key), "node_not_reached", node=key)
    _check_end_in_reach(nodes, ends, reading)
    for key in _loops(nodes):
        reading.problem(pointer("nodes", key), "loop_without_wait", node=key)


def _check_ways_out(node: NodePlan, at: Reading) -> None:
    kind, ways = node.type, len(node.edges)
    if kind.key == "end":
        if ways:
            at.problem("", "way_out_of_end", node=node.key)
    elif kind.key == "exclusive":
        if not ways:
            at.problem("", "way_out_needed", node=node.key)
        defaults = sum(edge.default for edge in node.edges)
        if defaults > 1:
            at.problem("", "several_defaults", node=node.key)
        elif ways and not defaults:
            at.warning("", "branch_without_default", node=node.key)
    elif kind.answers:
        for answer in kind.answers:
            count = sum(edge.on == answer for edge in node.edges)
            if count > 1:
                at.problem("", "several_ways_out", node=node.key, answer=answer)
            elif not count and answer == kind.answers[0]:
                at.problem("", "way_out_needed", node=node.key, answer=answer)
    elif ways != 1:
        at.problem("", "several_ways_out" if ways else "way_out_needed", node=node.key)


def _check_end_in_reach(nodes: Nodes, ends: list[str], reading: Reading) -> None:
    into: dict[str, set[str]] = {key: set() for key in nodes}
    for key, node in nodes.items():
        for edge in node.edges:
            into[edge.to].add(key)
    known: set[str] = set()
    for end in ends:
        known |= reached(end, lambda key: frozenset(into[key]))
    for key, node in nodes.items():
        if key not in known and node.edges:
            reading.problem(pointer("nodes", key), "no_way_to_end", node=key)


def _loops(nodes: Nodes) -> list[str]:
    """Nodes on a cycle of nodes that never wait (each such cycle has at least one of them)."""

    def automatic(key: str) -> frozenset[str]:
        if nodes[key].type.waits:
            return frozenset()
        return frozenset(edge.to for edge in nodes[key].edges)

    return [
        key
        for key, node in nodes.items()
        if not node.type.waits and any(key in reached(to, automatic) for to in automatic(key))
    ]

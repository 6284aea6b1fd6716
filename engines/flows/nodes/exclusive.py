"""A branch: the first edge whose condition is met, else the default edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.reading import Reading
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.state import Token
from engines.flows.walk import Walk
from engines.forms.options import closed
from engines.formulas.to_python import is_met


class Exclusive(Node):
    """Conditions are on its edges, tried in order; several edges may lead into it."""

    key = "exclusive"
    label = {"zh-Hans": "条件分支", "en": "Branch"}
    order = 40
    options_schema = closed({})

    def compile(self, options: Mapping[str, Any], reading: Reading, around: Surroundings) -> None:
        return None

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        for number, edge in enumerate(node.edges):
            if edge.when is None:
                continue
            walk.remember(edge.when)
            if is_met(edge.when, walk.env):
                walk.note("branch_taken", node.key, to=edge.to, number=number, when=edge.when.text)
                walk.follow(token, edge)
                return
        default = next((edge for edge in node.edges if edge.default), None)
        if default is None:
            walk.block(token, "no_branch_fits")
            return
        walk.note("branch_taken", node.key, to=default.to, default=True)
        walk.follow(token, default)

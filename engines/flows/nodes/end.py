"""Where a run ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.reading import Reading
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.state import Token
from engines.flows.walk import Walk
from engines.forms.options import closed


class End(Node):
    """Consumes a token; the run is done when no other is left."""

    key = "end"
    label = {"zh-Hans": "结束", "en": "End"}
    order = 100
    options_schema = closed({})

    def compile(self, options: Mapping[str, Any], reading: Reading, around: Surroundings) -> None:
        return None

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        walk.remove(token)
        walk.end(token)

"""Does what rules can do: set values, create a record, notify, assign …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engines.actions.action import ActionPlan, Cause
from engines.actions.do import compile_actions, do_schema, perform
from engines.actions.people import Needs
from engines.actions.reading import Reading
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.state import State, Token
from engines.flows.walk import Walk
from engines.forms.options import closed, option
from engines.formulas.to_python import Env
from engines.problems import pointer


class Act(Node):
    """Waits for nothing. What changes the record is seen by all that comes after it."""

    key = "act"
    label = {"zh-Hans": "执行动作", "en": "Do something"}
    order = 50
    options_schema = closed(
        {"do": option(do_schema("flow"), "要做的事", "What to do", order=1, widget="actions")},
        ("do",),
    )

    def compile(
        self, options: Mapping[str, Any], reading: Reading, around: Surroundings
    ) -> tuple[ActionPlan, ...]:
        for index, entry in enumerate(options["do"]):
            if entry.get("action") == "start_flow":
                reading.warning(pointer("do", index), "own_run_still_open")
        return compile_actions(options["do"], reading, "/do", place="flow")

    def paths(self, compiled: tuple[ActionPlan, ...]) -> frozenset[tuple[str, ...]]:
        return frozenset().union(*(action.paths for action in compiled))

    def needs(self, compiled: tuple[ActionPlan, ...], env: Env, state: State) -> Needs:
        found = Needs()
        for action in compiled:
            found |= action.needs(env, state.starter)
        return found

    def changes_record(self, compiled: tuple[ActionPlan, ...]) -> bool:
        return any(plan.action.changes_record for plan in compiled)

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        actions: tuple[ActionPlan, ...] = node.compiled
        cause = Cause(f"{walk.plan.key}.{node.key}", walk.key(token), walk.starter)
        effects, go_on = perform(actions, walk.env, walk.facts, cause, first=token.action)
        walk.effects.extend(effects)
        if go_on is not None:
            walk.tokens[token.id] = replace(token, action=go_on)
            walk.paused = True
            return
        walk.note("acted", node.key, actions=[plan.action.key for plan in actions])
        walk.leave(token)
        walk.paused = self.changes_record(actions)

"""Starts a flow with the record in hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.action import Action, Cause
from engines.actions.effect import Effect
from engines.actions.people import Facts
from engines.actions.reading import Reading
from engines.forms.options import closed, option
from engines.formulas.to_python import Env


class StartFlow(Action):
    """The starter of the new run is whoever caused this one."""

    key = "start_flow"
    label = {"zh-Hans": "发起流程", "en": "Start a flow"}
    order = 50
    places = frozenset({"after", "flow"})
    options_schema = closed(
        {"flow": option({"type": "string"}, "流程", "Flow", order=1, widget="flow")}, ("flow",)
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> str:
        flow = str(options["flow"])
        if reading.flows is not None:
            form = reading.flows.get(flow)
            if form is None:
                reading.problem("/flow", "no_such_flow", flow=flow)
            elif form != reading.form.key:
                reading.problem("/flow", "flow_of_another_form", flow=flow, form=form)
        return flow

    def effects(self, compiled: str, env: Env, facts: Facts, cause: Cause) -> tuple[Effect, ...]:
        return (Effect("start_flow", cause.key, {"flow": compiled, "starter": cause.starter}),)

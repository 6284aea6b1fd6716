"""Starts a flow for the record in hand."""

from collections.abc import Mapping
from typing import Any

from apps_runtime import runs
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect


class StartFlow(EffectKind):
    """The run is marked ready; a worker advances it, so locks never nest."""

    key = "start_flow"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        flow = str(effect.payload["flow"])
        if situation.record is None:
            return {"flow": flow, "run": None}
        run = runs.mark(
            situation.installed,
            flow,
            situation.record,
            starter=situation.person,
            key=effect.key,
            chain=situation.chain,
            depth=situation.depth + 1,
        )
        return {"flow": flow, "run": run}

"""Starts a flow for the record in hand."""

from collections.abc import Mapping
from typing import Any

from apps_runtime import wake
from apps_runtime.effects import EffectKind, Situation
from apps_runtime.new_runs import new_run
from engines.actions.effect import Effect


class StartFlow(EffectKind):
    """The run is ready; a worker advances it, so locks never nest."""

    key = "start_flow"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        flow = str(effect.payload["flow"])
        if situation.record is None:
            return {"flow": flow, "run": None}
        run = new_run(
            situation.installed,
            flow,
            situation.record,
            starter=situation.person,
            key=effect.key,
            chain=situation.chain,
            depth=situation.depth + 1,
        )
        wake.after_commit()
        told: dict[str, Any] = {"flow": flow, "run": run}
        return told if run is not None else {**told, "reason": "run_open"}

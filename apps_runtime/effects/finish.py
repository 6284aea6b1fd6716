"""Ends a run: the record is free again."""

from collections.abc import Mapping
from typing import Any

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect


class Finish(EffectKind):
    """The run's own row is written by the run; the outcome goes into the log."""

    key = "finish"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        return {"outcome": effect.payload["outcome"]}

"""Refuses what is being done; only a rule of the phase ``before`` may ask for it."""

from collections.abc import Mapping
from typing import Any

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect
from engines.actions.template import tell
from engines.problems import refuse


class Refuse(EffectKind):
    """Outside the phase ``before`` the change has already happened: it is an error of the rule."""

    key = "refuse"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        field = effect.payload.get("field")
        text: Any = effect.payload["text"]
        said = tell(text, lambda _: "")  # nobody in particular reads it
        raise refuse(f"/{field}" if field else "", "refused_by_rule", text=said)

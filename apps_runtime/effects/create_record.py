"""Creates a record of any form of the application."""

from collections.abc import Mapping
from typing import Any

from apps_runtime import records
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect


class CreateRecord(EffectKind):
    """Happens in the transaction of its cause, so it cannot happen twice."""

    key = "create_record"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        _, _, record = records.add(situation.caller(), payload["form"], payload["values"])
        return {"form": payload["form"], "record": record}

"""Sets fields of the record in hand."""

from collections.abc import Mapping
from typing import Any

from apps_runtime import records
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect


class SetValues(EffectKind):
    """All checks apply; a record that has gone meanwhile is left alone."""

    key = "set_values"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        values: Any = effect.payload["values"]
        if situation.record is None:
            return {"changed": []}
        changed = records.set_values(situation.caller(), situation.form, situation.record, values)
        return {"changed": sorted(changed)}

"""Takes back what people were asked at a token."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect

CANCEL = """
UPDATE mortise_assignment SET state = %s, decided_at = now(), version = version + 1
WHERE run_id = %s AND token = %s AND person_id = ANY(%s) AND state = 'open'
"""


class CancelAssignments(EffectKind):
    """Only open ones change; what was decided stays decided."""

    key = "cancel_assignments"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        with connection.cursor() as cursor:
            cursor.execute(
                CANCEL,
                [payload["state"], situation.run, str(payload["token"]), payload["people"]],
            )
        return {"people": payload["people"]}

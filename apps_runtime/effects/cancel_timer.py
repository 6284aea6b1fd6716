"""Removes one timer of a token, or all of them."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect

CANCEL = """
DELETE FROM mortise_timer
WHERE run_id = %s AND token = %s AND (%s::text IS NULL OR payload ->> 'timer' = %s)
"""


class CancelTimer(EffectKind):
    """A timer that has already gone is no problem."""

    key = "cancel_timer"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        name = payload["timer"]
        with connection.cursor() as cursor:
            cursor.execute(CANCEL, [situation.run, str(payload["token"]), name, name])
        return {}

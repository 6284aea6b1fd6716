"""Removes one timer of a token, or all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime.effects import Asked, EffectKind, Situation
from engines.actions.effect import Effect

CANCEL = """
DELETE FROM mortise_timer AS t
USING unnest(%s::bigint[], %s::text[], %s::text[]) AS gone (run, token, timer)
WHERE t.run_id = gone.run AND t.token = gone.token
  AND (gone.timer IS NULL OR t.payload ->> 'timer' = gone.timer)
"""


class CancelTimer(EffectKind):
    """A timer that has already gone is no problem."""

    key = "cancel_timer"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        self.perform_all([(effect, situation)])
        return {}

    def perform_all(self, asked: Sequence[Asked]) -> None:
        payloads: list[Any] = [effect.payload for effect, _ in asked]
        with connection.cursor() as cursor:
            cursor.execute(
                CANCEL,
                [
                    [situation.run for _, situation in asked],
                    [str(payload["token"]) for payload in payloads],
                    [payload["timer"] for payload in payloads],
                ],
            )

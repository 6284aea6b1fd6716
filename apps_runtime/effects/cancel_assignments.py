"""Takes back what people were asked at a token."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime.effects import Asked, EffectKind, Situation
from engines.actions.effect import Effect

CANCEL = """
UPDATE mortise_assignment AS a
SET state = gone.state, decided_at = now(), version = a.version + 1
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[]) AS gone (run, token, person, state)
WHERE a.run_id = gone.run AND a.token = gone.token AND a.person_id = gone.person
  AND a.state = 'open'
"""


class CancelAssignments(EffectKind):
    """Only open ones change; what was decided stays decided."""

    key = "cancel_assignments"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        self.perform_all([(effect, situation)])
        return {"people": effect.payload["people"]}

    def perform_all(self, asked: Sequence[Asked]) -> None:
        gone: list[tuple[Any, ...]] = []
        for effect, situation in asked:
            payload: Any = effect.payload
            gone += [
                (situation.run, str(payload["token"]), person, payload["state"])
                for person in payload["people"]
            ]
        if gone:
            with connection.cursor() as cursor:
                cursor.execute(CANCEL, [list(column) for column in zip(*gone, strict=True)])

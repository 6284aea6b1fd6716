"""Sets a timer of a token; the one of that name is replaced."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime.effects import Asked, EffectKind, Situation
from engines.actions.effect import Effect

SET = """
INSERT INTO mortise_timer (kind, run_id, token, app, form, record, key, payload, due_at)
SELECT 'run', run, token, app, form, record, 'run:' || run || ':' || token || ':' || name,
       jsonb_build_object('timer', name), due
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[],
            %s::timestamptz[]) AS timer (run, token, app, form, record, name, due)
ON CONFLICT (key) DO UPDATE SET due_at = EXCLUDED.due_at, attempts = 0
"""


class SetTimer(EffectKind):
    """Keyed by run, token and name, so that a repeat moves it at most."""

    key = "set_timer"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        self.perform_all([(effect, situation)])
        return {"timer": effect.payload["timer"], "due_at": effect.payload["due_at"]}

    def perform_all(self, asked: Sequence[Asked]) -> None:
        timers: list[tuple[Any, ...]] = []
        for effect, situation in asked:
            payload: Any = effect.payload
            timers.append(
                (
                    situation.run,
                    str(payload["token"]),
                    situation.app,
                    situation.form,
                    situation.record,
                    payload["timer"],
                    payload["due_at"],
                )
            )
        with connection.cursor() as cursor:
            cursor.execute(SET, [list(column) for column in zip(*timers, strict=True)])

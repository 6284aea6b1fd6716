"""Sets a timer of a token; the one of that name is replaced."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect

SET = """
INSERT INTO mortise_timer (kind, run_id, token, app, form, record, key, payload, due_at)
VALUES ('run', %s, %s, %s, %s, %s, %s, jsonb_build_object('timer', %s::text), %s)
ON CONFLICT (key) DO UPDATE SET due_at = EXCLUDED.due_at, attempts = 0
"""


class SetTimer(EffectKind):
    """Keyed by run, token and name, so that a repeat moves it at most."""

    key = "set_timer"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        token, name = payload["token"], payload["timer"]
        with connection.cursor() as cursor:
            cursor.execute(
                SET,
                [
                    situation.run,
                    str(token),
                    situation.app,
                    situation.form,
                    situation.record,
                    f"run:{situation.run}:{token}:{name}",
                    name,
                    payload["due_at"],
                ],
            )
        return {"timer": name, "due_at": payload["due_at"]}

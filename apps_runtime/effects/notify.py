"""Tells people something inside the product."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime import people as directory
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect

WRITE = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT person, %s, %s, %s, %s, %s, %s || ':' || person FROM unnest(%s::bigint[]) AS person
ON CONFLICT (key) DO NOTHING
"""


class Notify(EffectKind):
    """One line per person and effect key; a repeat adds none. ``text`` holds JSON or a code."""

    key = "notify"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        people = directory.active(payload["people"])
        if not people:
            return {"people": []}
        if "text" in payload:
            text = json.dumps(payload["text"], ensure_ascii=False)
            params: Mapping[str, Any] = {}
        else:
            text = payload["code"]
            params = {
                **payload.get("params", {}),
                "flow": situation.through.key,
                "run": situation.run,
            }
        with connection.cursor() as cursor:
            cursor.execute(
                WRITE,
                [
                    situation.app,
                    situation.form,
                    situation.record,
                    text,
                    json.dumps(params, ensure_ascii=False),
                    effect.key,
                    people,
                ],
            )
        return {"people": people}

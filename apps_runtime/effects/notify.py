"""Tells people something inside the product."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime import people as directory
from apps_runtime import records
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect
from engines.actions.template import paths_told, tell
from engines.forms.plan import Path

WRITE = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT person, %s, %s, %s, said, %s, %s || ':' || person
FROM unnest(%s::bigint[], %s::text[]) AS told(person, said)
ON CONFLICT (key) DO NOTHING
"""


class Notify(EffectKind):
    """One line per person and effect key; a repeat adds none. ``text`` holds JSON or a code.

    A text of the definition tells each person only what his roles show him of the record.
    """

    key = "notify"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        people = directory.active(payload["people"])
        if not people:
            return {"people": []}
        if "text" in payload:
            texts = _said(payload["text"], people, situation)
            params: Mapping[str, Any] = {}
        else:
            texts = [payload["code"]] * len(people)
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
                    json.dumps(params, ensure_ascii=False),
                    effect.key,
                    people,
                    texts,
                ],
            )
        return {"people": people}


def _said(text: Mapping[str, Any], people: Sequence[int], situation: Situation) -> list[str]:
    """What each of them is told: a JSON string with one sentence per language."""
    paths = paths_told(text)
    shown: Mapping[int, Mapping[Path, str | None]] = {}
    if paths and situation.record is not None:
        shown = records.told(situation.installed, situation.form, situation.record, paths, people)
    return [
        json.dumps(tell(text, shown.get(person, {}).get), ensure_ascii=False) for person in people
    ]

"""Asks people: one open assignment each, once per token, round and person."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect

OPEN = """
INSERT INTO mortise_assignment (run_id, node, round, token, person_id, kind, position, due)
SELECT %(run)s, %(node)s, %(round)s, %(token)s, person, %(kind)s, place + %(offset)s,
       -- Whoever is asked later (handed over to, added) has the deadline of those before him.
       coalesce(%(due)s::timestamptz, (SELECT max(due) FROM mortise_assignment
                          WHERE run_id = %(run)s AND token = %(token)s AND round = %(round)s))
FROM unnest(%(people)s::bigint[]) WITH ORDINALITY AS asked (person, place)
ON CONFLICT (run_id, token, round, person_id, kind, position) DO NOTHING
"""
TELL = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT person, %s, %s, %s, 'assignment_opened', %s, %s || ':' || person
FROM unnest(%s::bigint[]) AS person
ON CONFLICT (key) DO NOTHING
"""


class OpenAssignments(EffectKind):
    """The purpose ``resubmit`` makes assignments of the kind ``handle``: filled in, no verdict."""

    key = "open_assignments"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        kind = "handle" if payload["purpose"] == "resubmit" else "approve"
        people = payload["people"]
        # Positions begin above those of earlier effects of the token: one who was asked, handed
        # over and is asked again gets a new assignment.
        offset = int(effect.key.rsplit(":", 1)[-1]) * 1000
        with connection.cursor() as cursor:
            cursor.execute(
                OPEN,
                {
                    "run": situation.run,
                    "node": payload["node"],
                    "round": payload["round"],
                    "token": str(payload["token"]),
                    "kind": kind,
                    "offset": offset,
                    "due": payload["due"],
                    "people": people,
                },
            )
            cursor.execute(
                TELL,
                [
                    situation.app,
                    situation.form,
                    situation.record,
                    json.dumps({"flow": situation.through.key, "run": situation.run}),
                    effect.key,
                    people,
                ],
            )
        return {"people": people}

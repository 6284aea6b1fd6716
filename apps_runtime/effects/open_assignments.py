"""Asks people: one open assignment each, once per token, round and person."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime.effects import Asked, EffectKind, Situation
from engines.actions.effect import Effect

OPEN = """
INSERT INTO mortise_assignment (run_id, node, round, token, person_id, kind, position, due)
SELECT run, node, asked.round, asked.token, person, kind, position,
       -- Whoever is asked later (handed over to, added) has the deadline of those before him.
       coalesce(asked.due, (SELECT max(a.due) FROM mortise_assignment AS a
                            WHERE a.run_id = run AND a.token = asked.token
                              AND a.round = asked.round))
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::text[], %s::bigint[], %s::text[], %s::int[],
            %s::timestamptz[]) AS asked (run, node, round, token, person, kind, position, due)
ON CONFLICT (run_id, token, round, person_id, kind, position) DO NOTHING
"""
TELL = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT person, app, form, record, 'assignment_opened', params, key || ':' || person
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[], %s::text[])
     AS told (person, app, form, record, params, key)
ON CONFLICT (key) DO NOTHING
"""


class OpenAssignments(EffectKind):
    """The purpose ``resubmit`` makes assignments of the kind ``handle``: filled in, no verdict."""

    key = "open_assignments"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        self.perform_all([(effect, situation)])
        return {"people": effect.payload["people"]}

    def perform_all(self, asked: Sequence[Asked]) -> None:
        opened: list[tuple[Any, ...]] = []
        told: list[tuple[Any, ...]] = []
        for effect, situation in asked:
            opened += _opened(effect, situation)
            told += _told(effect, situation)
        if not opened:
            return
        with connection.cursor() as cursor:
            cursor.execute(OPEN, [list(column) for column in zip(*opened, strict=True)])
            cursor.execute(TELL, [list(column) for column in zip(*told, strict=True)])


def _opened(effect: Effect, situation: Situation) -> list[tuple[Any, ...]]:
    payload: Any = effect.payload
    kind = "handle" if payload["purpose"] == "resubmit" else "approve"
    token = str(payload["token"])
    # Positions begin above those of earlier effects of the token: one who was asked, handed over
    # and is asked again gets a new assignment.
    first = int(effect.key.rsplit(":", 1)[-1]) * 1000 + 1
    return [
        (
            situation.run,
            payload["node"],
            payload["round"],
            token,
            person,
            kind,
            place,
            payload["due"],
        )
        for place, person in enumerate(payload["people"], first)
    ]


def _told(effect: Effect, situation: Situation) -> list[tuple[Any, ...]]:
    payload: Any = effect.payload
    params = json.dumps({"flow": situation.through.key, "run": situation.run})
    return [
        (person, situation.app, situation.form, situation.record, params, effect.key)
        for person in payload["people"]
    ]

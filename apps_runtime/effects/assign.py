"""Puts a person into a field: in turn, fixed, or whoever has the least open records."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from apps_runtime import records
from apps_runtime.effects import EffectKind, Situation
from engines.actions.effect import Effect
from engines.queries.filters import compile_filter

TAKE = """
INSERT INTO mortise_pointer (key, value) VALUES (%s, 0)
ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key RETURNING value
"""


class Assign(EffectKind):
    """The pointer's row is locked until the transaction ends: two workers never choose at once."""

    key = "assign"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        payload: Any = effect.payload
        people: list[int] = payload["people"]
        if situation.record is None or not people:
            return {"person": None, "reason": "nobody_to_assign"}
        field = payload["field"]
        if payload.get("only_empty"):
            current = records.value_of(situation.installed, situation.form, situation.record, field)
            if current is not None:
                return {"person": current, "reason": "already_assigned"}
        person = self._chosen(payload, people, situation)
        records.set_values(situation.caller(), situation.form, situation.record, {field: person})
        return {"person": person, "reason": payload["method"], "among": len(people)}

    def _chosen(self, payload: Mapping[str, Any], people: list[int], situation: Situation) -> int:
        if payload["method"] == "fixed":
            return people[0]
        if payload["method"] == "least_open":
            forms = situation.installed.plan.forms
            when = payload.get("open_when")
            counts = records.counts_by_person(
                situation.installed,
                situation.form,
                payload["field"],
                people,
                when=compile_filter(when, forms[situation.form], forms) if when else None,
            )
            return min(people, key=lambda one: (counts.get(one, 0), people.index(one)))
        return self._in_turn(f"{situation.app}:{payload['pointer']}", people)

    def _in_turn(self, key: str, people: list[int]) -> int:
        """The next after the last chosen one, by id; somebody who left is simply passed over."""
        ordered = sorted(people)
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [key])
            (last,) = cursor.fetchone()
            person = next((one for one in ordered if one > last), ordered[0])
            cursor.execute("UPDATE mortise_pointer SET value = %s WHERE key = %s", [person, key])
        return person

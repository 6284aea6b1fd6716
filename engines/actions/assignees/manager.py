"""The superior in the reporting line, some levels up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.of import OF_SCHEMA, STARTER, people_in, person_field
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env


@dataclass(frozen=True, slots=True)
class Superior:
    """``level`` steps above the person in ``of`` (None: the starter)."""

    of: Formula | None
    level: int


class Manager(Assignee):
    """Follows the reporting line, not the departments."""

    key = "manager"
    label = {"zh-Hans": "直属上级", "en": "Superior"}
    order = 50
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "of": OF_SCHEMA,
            "level": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10,
                "default": 1,
                "x-label": {"zh-Hans": "向上第几级", "en": "Levels up"},
            },
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Superior:
        of = str(options.get("of", STARTER))
        formula = None if of == STARTER else person_field(of, reading, "/of")
        return Superior(formula, int(options.get("level", 1)))

    def paths(self, compiled: Superior) -> frozenset[tuple[str, ...]]:
        return frozenset() if compiled.of is None else compiled.of.paths

    def queries(self, compiled: Superior, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        if compiled.of is not None:
            people = people_in(compiled.of, env)
        else:
            people = () if starter is None else (starter,)
        return tuple(PeopleQuery("manager", person=one, level=compiled.level) for one in people)

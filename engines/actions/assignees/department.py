"""Everybody of a department, with or without the departments below it."""

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
class Members:
    """``department`` by key, or the department of ``of`` (None: the starter)."""

    department: str | None
    of: Formula | None
    below: bool


class Department(Assignee):
    """A department by its key, or the one that somebody belongs to."""

    key = "department"
    label = {"zh-Hans": "部门成员", "en": "People of a department"}
    order = 30
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "of": OF_SCHEMA,
            "department": {
                "type": "string",
                "minLength": 1,
                "maxLength": 40,
                "x-label": {"zh-Hans": "指定部门", "en": "A certain department"},
                "x-widget": "department",
            },
            "below": {
                "type": "boolean",
                "default": False,
                "x-label": {"zh-Hans": "包含下级部门", "en": "Departments below it too"},
            },
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Members:
        of = str(options.get("of", STARTER))
        formula = None if of == STARTER else person_field(of, reading, "/of")
        return Members(options.get("department"), formula, bool(options.get("below", False)))

    def paths(self, compiled: Members) -> frozenset[tuple[str, ...]]:
        return frozenset() if compiled.of is None else compiled.of.paths

    def queries(self, compiled: Members, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        if compiled.department is not None:
            return (PeopleQuery("department", key=compiled.department, below=compiled.below),)
        if compiled.of is not None:
            people = people_in(compiled.of, env)
        else:
            people = () if starter is None else (starter,)
        return tuple(PeopleQuery("department", person=one, below=compiled.below) for one in people)

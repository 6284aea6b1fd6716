"""Everybody of a department, with or without the departments below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.of import DEPARTMENT_SCHEMA, OF_SCHEMA, Whose, read_whose
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.forms.options import closed
from engines.formulas.to_python import Env


@dataclass(frozen=True, slots=True)
class Members:
    """``department`` by key, or else the departments of the people of ``of``."""

    department: str | None
    of: Whose
    below: bool


class Department(Assignee):
    """A department by its key, or the one that somebody belongs to."""

    key = "department"
    label = {"zh-Hans": "部门成员", "en": "People of a department"}
    order = 30
    options_schema = closed(
        {
            "of": OF_SCHEMA,
            "department": DEPARTMENT_SCHEMA,
            "below": {
                "type": "boolean",
                "default": False,
                "x-label": {"zh-Hans": "包含下级部门", "en": "Departments below it too"},
            },
        }
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Members:
        below = bool(options.get("below", False))
        return Members(options.get("department"), read_whose(options, reading), below)

    def paths(self, compiled: Members) -> frozenset[tuple[str, ...]]:
        return compiled.of.paths

    def queries(self, compiled: Members, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        if compiled.department is not None:
            return (PeopleQuery("department", key=compiled.department, below=compiled.below),)
        people = compiled.of.people(env, starter)
        return tuple(PeopleQuery("department", person=one, below=compiled.below) for one in people)

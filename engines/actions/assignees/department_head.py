"""The head of a department: of the starter's, of somebody's in a field, or of a named one."""

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
class Head:
    """``department`` by key, or the department of ``of`` (None: the starter)."""

    department: str | None
    of: Formula | None
    level: int


class DepartmentHead(Assignee):
    """Level 1 is the nearest head who is somebody else; headless departments are passed over."""

    key = "department_head"
    label = {"zh-Hans": "部门主管", "en": "Head of a department"}
    order = 40
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
            "level": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10,
                "default": 1,
                "x-label": {"zh-Hans": "向上第几级", "en": "Levels up"},
            },
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Head:
        of = str(options.get("of", STARTER))
        formula = None if of == STARTER else person_field(of, reading, "/of")
        return Head(options.get("department"), formula, int(options.get("level", 1)))

    def paths(self, compiled: Head) -> frozenset[tuple[str, ...]]:
        return frozenset() if compiled.of is None else compiled.of.paths

    def queries(self, compiled: Head, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        if compiled.department is not None:
            return (PeopleQuery("head", key=compiled.department, level=compiled.level),)
        if compiled.of is not None:
            people = people_in(compiled.of, env)
        else:
            people = () if starter is None else (starter,)
        return tuple(PeopleQuery("head", person=one, level=compiled.level) for one in people)

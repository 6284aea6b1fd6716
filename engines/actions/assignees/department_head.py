"""The head of a department: of the starter's, of somebody's in a field, or of a named one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.of import DEPARTMENT_SCHEMA, LEVEL_SCHEMA, OF_SCHEMA, Whose, read_whose
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.forms.options import closed
from engines.formulas.to_python import Env


@dataclass(frozen=True, slots=True)
class Head:
    """``department`` by key, or else the departments of the people of ``of``."""

    department: str | None
    of: Whose
    level: int


class DepartmentHead(Assignee):
    """Level 1 is the nearest head who is somebody else; headless departments are passed over."""

    key = "department_head"
    label = {"zh-Hans": "部门主管", "en": "Head of a department"}
    order = 40
    options_schema = closed(
        {"of": OF_SCHEMA, "department": DEPARTMENT_SCHEMA, "level": LEVEL_SCHEMA}
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Head:
        level = int(options.get("level", 1))
        return Head(options.get("department"), read_whose(options, reading), level)

    def paths(self, compiled: Head) -> frozenset[tuple[str, ...]]:
        return compiled.of.paths

    def queries(self, compiled: Head, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        if compiled.department is not None:
            return (PeopleQuery("head", key=compiled.department, level=compiled.level),)
        people = compiled.of.people(env, starter)
        return tuple(PeopleQuery("head", person=one, level=compiled.level) for one in people)

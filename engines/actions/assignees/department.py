"""Everybody of a department, with or without the departments below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.to_python import Env


class Department(Assignee):
    """A department by its key."""

    key = "department"
    label = {"zh-Hans": "部门成员", "en": "People of a department"}
    order = 30
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["department"],
        "properties": {
            "department": {
                "type": "string",
                "minLength": 1,
                "maxLength": 40,
                "x-label": {"zh-Hans": "部门", "en": "Department"},
                "x-widget": "department",
            },
            "below": {
                "type": "boolean",
                "default": False,
                "x-label": {"zh-Hans": "包含下级部门", "en": "Departments below it too"},
            },
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> PeopleQuery:
        return PeopleQuery(
            "department", key=str(options["department"]), below=bool(options.get("below", False))
        )

    def queries(
        self, compiled: PeopleQuery, env: Env, starter: int | None
    ) -> tuple[PeopleQuery, ...]:
        return (compiled,)

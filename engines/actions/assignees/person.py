"""People named one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.to_python import Env


class Person(Assignee):
    """Definitions name people by username."""

    key = "person"
    label = {"zh-Hans": "指定人员", "en": "A certain person"}
    order = 10
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["person"],
        "properties": {
            "person": {
                "type": "string",
                "minLength": 1,
                "maxLength": 150,
                "x-label": {"zh-Hans": "人员", "en": "Person"},
                "x-widget": "person",
            }
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> str:
        return str(options["person"])

    def queries(self, compiled: str, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        return (PeopleQuery("username", key=compiled),)

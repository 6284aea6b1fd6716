"""Everybody who has a role of the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.to_python import Env

ADMINISTRATOR = "administrator"


class Role(Assignee):
    """The members at the moment of asking."""

    key = "role"
    label = {"zh-Hans": "角色成员", "en": "Members of a role"}
    order = 20
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["role"],
        "properties": {
            "role": {
                "type": "string",
                "x-label": {"zh-Hans": "角色", "en": "Role"},
                "x-widget": "role",
            }
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> str:
        role = str(options["role"])
        if reading.roles is not None and role not in reading.roles | {ADMINISTRATOR}:
            reading.problem("/role", "no_such_role", role=role)
        return role

    def queries(self, compiled: str, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        return (PeopleQuery("role", key=compiled),)

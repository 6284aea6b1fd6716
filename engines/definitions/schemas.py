"""The closed JSON Schema of each kind of definition; upper engines fill in their own kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engines.definitions.kinds.application import application_schema
from engines.definitions.kinds.calendar import calendar_schema
from engines.definitions.kinds.dashboard import dashboard_problems, dashboard_schema
from engines.definitions.kinds.flow import flow_schema
from engines.definitions.kinds.form import form_problems, form_schema
from engines.definitions.kinds.report import report_schema
from engines.definitions.kinds.role import role_schema
from engines.definitions.kinds.rule import rule_schema
from engines.definitions.parts import Schema
from engines.problems import Problem
from engines.registry import generation

KINDS = ("application", "form", "flow", "rule", "report", "dashboard", "role", "calendar")

COLORS = ("grey", "blue", "cyan", "green", "amber", "orange", "red", "pink", "purple")
ICONS = (
    "tile", "team", "user", "department", "form", "list", "table", "kanban", "report", "dashboard",
    "money", "number", "calendar", "clock", "phone", "mail", "location", "comment", "attachment",
    "inbox", "home", "shield", "flow", "rule", "settings", "star", "tag", "box", "cart", "building",
    "funnel", "target", "file", "message",
)  # fmt: skip

Provider = Callable[[], Schema]

_PROVIDERS: dict[str, Provider] = {
    "application": application_schema,
    "form": form_schema,
    "flow": flow_schema,
    "rule": rule_schema,
    "report": report_schema,
    "dashboard": dashboard_schema,
    "role": role_schema,
    "calendar": calendar_schema,
}
_schemas: dict[str, tuple[int, Schema]] = {}

# What a schema cannot say, per kind; asked only when the schema is content.
FURTHER: dict[str, Callable[[dict[str, Any]], list[Problem]]] = {
    "form": form_problems,
    "dashboard": dashboard_problems,
}


def register_schema(kind: str, provider: Provider) -> None:
    """Let ``provider`` give the whole schema of ``kind``, usually a frame filled from registries.

    Called while the engines load, before anything is read.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of definition: {kind}")
    _PROVIDERS[kind] = provider
    _schemas.pop(kind, None)


def schema(kind: str) -> Schema:
    """The closed JSON Schema of ``kind``, made again when a registry has grown.

    That it is valid is proved by the contract tests; here the first request would wait for it.
    """
    age, known = _schemas.get(kind, (-1, {}))
    if age != generation():
        made = _PROVIDERS[kind]()
        if made.get("additionalProperties") is not False:
            raise ValueError(f"the schema of {kind} is not closed")
        _schemas[kind] = (generation(), made)
        return made
    return known

"""The closed JSON Schema of each kind of definition; upper engines fill in their own kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator

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
from engines.texts import Text

KINDS = ("application", "form", "flow", "rule", "report", "dashboard", "role", "calendar")

LABELS: dict[str, Text] = {
    "application": {"zh-Hans": "应用", "en": "Application"},
    "form": {"zh-Hans": "表单", "en": "Form"},
    "flow": {"zh-Hans": "流程", "en": "Flow"},
    "rule": {"zh-Hans": "规则", "en": "Rule"},
    "report": {"zh-Hans": "报表", "en": "Report"},
    "dashboard": {"zh-Hans": "看板", "en": "Dashboard"},
    "role": {"zh-Hans": "角色", "en": "Role"},
    "calendar": {"zh-Hans": "日历", "en": "Calendar"},
}

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
_schemas: dict[str, Schema] = {}

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
    """The closed JSON Schema of ``kind``."""
    if kind not in _schemas:
        made = _PROVIDERS[kind]()
        Draft202012Validator.check_schema(made)
        if made.get("additionalProperties") is not False:
            raise ValueError(f"the schema of {kind} is not closed")
        _schemas[kind] = made
    return _schemas[kind]

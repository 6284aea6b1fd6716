"""Everything a designer can choose from, read from the registries; never a second list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import engines.application  # noqa: F401 - registers every kind of thing
from engines.actions import ACTIONS
from engines.actions.assignees import ASSIGNEES
from engines.definitions.kinds import KIND_LABELS
from engines.definitions.schemas import COLORS, ICONS, KINDS, schema
from engines.flows.nodes import NODES
from engines.forms.field import COMMON_SCHEMA
from engines.forms.field_type import field_types
from engines.formulas.functions import FUNCTIONS
from engines.formulas.types import Type
from engines.registry import Kind, generation
from engines.reports.charts import CHARTS
from engines.reports.grains import GRAINS
from engines.reports.measures import MEASURES
from engines.rules.triggers import TRIGGERS
from engines.texts import LANGUAGES, Text, text


def catalogue() -> Mapping[str, Any]:
    """Every registry as JSON; labels in all languages, because the designer switches itself."""
    return _catalogue(generation())


@lru_cache(maxsize=1)
def _catalogue(_generation: int) -> Mapping[str, Any]:
    return {
        "field_types": [
            {
                **_kind(each),
                "group": each.group,
                "icon": each.icon,
                "widget": each.widget,
                "computed": each.computed,
                "common": list(each.common),
            }
            for each in field_types
        ],
        "common_field_schema": COMMON_SCHEMA,
        "nodes": _kinds(NODES),
        "actions": _kinds(ACTIONS),
        "triggers": _kinds(TRIGGERS),
        "assignees": _kinds(ASSIGNEES),
        "measures": _kinds(MEASURES),
        "charts": _kinds(CHARTS),
        "functions": _functions(),
        "definition_kinds": [
            {"key": kind, "label": labels(KIND_LABELS[kind]), "schema": schema(kind)}
            for kind in KINDS
        ],
        "colors": list(COLORS),
        "icons": list(ICONS),
        "grains": [{"key": each.key, "label": labels(each.label)} for each in GRAINS.values()],
    }


def labels(value: Text | None) -> dict[str, str]:
    """A text in every language."""
    return {language: text(value, language) for language in LANGUAGES}


def _kinds(registry: Iterable[Kind]) -> list[dict[str, Any]]:
    return [_kind(each) for each in registry]


def _kind(each: Kind) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": each.key,
        "label": labels(each.label),
        "options_schema": each.options_schema,
    }
    for name in ("icon", "group"):
        if isinstance(value := getattr(each, name, None), str):
            found[name] = value
    return found


def _functions() -> list[dict[str, Any]]:
    return [
        {
            "key": each.key,
            "family": each.family,
            "label": labels(each.label),
            "arguments": [
                {
                    "key": argument.key,
                    "types": [kind.name for kind in argument.types],
                    "optional": argument.optional,
                    "repeated": argument.repeated,
                    "values": sorted(set(argument.values.values())) if argument.values else None,
                }
                for argument in each.arguments
            ],
            "returns": each.returns.name if isinstance(each.returns, Type) else "any",
        }
        for each in FUNCTIONS.values()
        if not each.hidden
    ]

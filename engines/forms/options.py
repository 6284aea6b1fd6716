"""Short forms for the properties of options schemas, so that every panel words them alike."""

from __future__ import annotations

from typing import Any


def closed(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """A closed object schema."""
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    if required:
        schema["required"] = list(required)
    return schema


def option(
    schema: dict[str, Any],
    zh: str,
    en: str,
    *,
    order: int,
    group: str = "basic",
    widget: str | None = None,
    help: tuple[str, str] | None = None,
    **extras: Any,
) -> dict[str, Any]:
    """``schema`` of one property with what the designer needs to draw it."""
    drawn = {**schema, "x-label": {"zh-Hans": zh, "en": en}, "x-order": order, "x-group": group}
    if widget is not None:
        drawn["x-widget"] = widget
    if help is not None:
        drawn["x-help"] = {"zh-Hans": help[0], "en": help[1]}
    for name, value in extras.items():
        drawn["x-" + name.replace("_", "-")] = value
    return drawn


DECIMAL = {"type": ["number", "string"], "pattern": r"^-?[0-9]{1,20}(\.[0-9]{1,10})?$"}
"""A number in a definition; as text where it has a fraction that a float would bend."""

FORMULA = {"type": "string", "minLength": 1, "maxLength": 2000}
KEY = {"type": "string", "pattern": "^[a-z](_?[a-z0-9])*$", "maxLength": 40}
DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

"""Pieces that the schemas of definitions are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engines.definitions.keys import MAX_KEY, PATTERN
from engines.texts import TEXT_SCHEMA

Schema = dict[str, Any]

KEY: Schema = {"type": "string", "pattern": PATTERN, "maxLength": MAX_KEY}
FORMULA: Schema = {"type": "string", "minLength": 1, "maxLength": 2000}
TEXT: Schema = dict(TEXT_SCHEMA)
MOST_FIELDS = 300
MOST_ITEMS = 200


def closed(properties: Mapping[str, Any], required: Iterable[str] = ()) -> Schema:
    """An object with these properties and no others."""
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
    }
    if needed := list(required):
        schema["required"] = needed
    return schema


def drawn(schema: Mapping[str, Any], zh: str, en: str, order: int, **extras: Any) -> Schema:
    """A property with its label and what else the designer needs: ``widget``, ``of``, ``group``."""
    more = {f"x-{name}": value for name, value in extras.items()}
    return {**schema, "x-label": {"zh-Hans": zh, "en": en}, "x-order": order, **more}


def many(items: Mapping[str, Any], most: int = MOST_ITEMS, **more: Any) -> Schema:
    """A list of at most ``most`` such items."""
    return {"type": "array", "maxItems": most, "items": dict(items), **more}


def field_keys(zh: str, en: str, order: int, **extras: Any) -> Schema:
    """A list of fields of the form in hand."""
    names = {"type": "string", "maxLength": 90}
    return drawn(many(names, MOST_FIELDS), zh, en, order, **{"widget": "fields", **extras})


def keyed(values: Mapping[str, Any], most: int = MOST_FIELDS) -> Schema:
    """An object from keys to such values."""
    return {
        "type": "object",
        "maxProperties": most,
        "propertyNames": dict(KEY),
        "additionalProperties": dict(values),
    }


def one_of(
    kinds: Mapping[str, Schema], *, by: str = "type", common: Schema | None = None
) -> Schema:
    """One of several closed objects, told apart by the constant in their property ``by``.

    Validation looks only at the branch whose constant stands there, so that problems are those
    of the kind that was meant.
    """
    shared = (common or {}).get("properties", {})
    needed = (common or {}).get("required", [])
    branches = []
    for key, schema in kinds.items():
        own = schema.get("properties", {})
        branches.append(
            {
                **schema,
                "properties": {by: {"const": key}, **shared, **own},
                "required": [by, *needed, *schema.get("required", [])],
            }
        )
    return {"oneOf": branches}


def frame(kind: str, properties: Mapping[str, Any], required: Iterable[str] = ()) -> Schema:
    """A whole definition of ``kind``: what every definition carries, and its own properties."""
    return closed(
        {
            "kind": {"const": kind},
            "key": drawn(KEY, "标识", "Key", 0),
            "format": {"type": "integer", "minimum": 1},
            "label": drawn(TEXT, "名称", "Name", 1, widget="text"),
            "description": drawn(TEXT, "说明", "Description", 2, widget="long_text", group="more"),
            "icon": drawn(
                {"type": "string", "maxLength": 40}, "图标", "Icon", 3, widget="icon", group="more"
            ),
            **properties,
        },
        ("kind", "key", "format", *required),
    )

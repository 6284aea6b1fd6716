"""What a formula may return: the field type whose values it has."""

from __future__ import annotations

from engines.forms.field_type import FieldType, Options, field_types

RETURNS = ("text", "number", "money", "date", "moment", "check", "person", "department")


def result(options: Options) -> FieldType:
    """The field type named by ``returns``; text where that is missing in a draft."""
    returns = options.get("returns")
    return field_types[returns if returns in RETURNS else "text"]

"""What person, department and link share: ids of rows elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engines.forms.field_type import FieldValue, InvalidValue, Named
from engines.values import JsonValue, storable

LARGEST_ID = 2**63 - 1
_NAMES = {"person": "username", "department": "key"}


def read_reference(
    value: JsonValue, code: str, *, named: Literal["person", "department"] | None = None
) -> FieldValue:
    """An id from 7, "7" or {"id": 7}; with ``named`` also a name, or an object with one.

    Text of digits is an id only where there are no names: a username may be a staff number.
    Raises InvalidValue.
    """
    if isinstance(value, Mapping):
        identity = value.get("id")
        if isinstance(identity, int):
            return read_reference(identity, code)
        name = identity if named is None else value.get(_NAMES[named])
        if not isinstance(name, str) or not name.strip():
            raise InvalidValue(code)
        value = name
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise InvalidValue(code)
    if isinstance(value, int) and 0 < value <= LARGEST_ID:
        return value
    if isinstance(value, str) and storable(value) and len(value) <= 150:
        text = value.strip()
        if named is not None:
            return Named(named, text) if text else None
        if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST_ID:
            return int(text)
    raise InvalidValue(code)


def present_id(value: FieldValue) -> JsonValue:
    """The id; labels are added where the rows are read."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def reference_text(value: object) -> str:
    """The label or name where the value carries one, else the id."""
    if isinstance(value, Mapping):
        value = value.get("label") or value.get("name") or value.get("id")
    return "" if value is None else str(value)

"""Values as history and events keep them, read back: whatever the form of today would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from engines.formulas.types import Type, Value, is_reference
from engines.values import JsonValue


def kept_value(value: JsonValue, kind: Type) -> Value:
    """JSON that `FieldType.present` wrote → the value that formulas see.

    No limits, options or rights are looked at, since the form may have become stricter after the
    value was written; computed fields are read like others. What is not of ``kind`` at all (the
    type of the field was changed) is empty.
    """
    if value is None or value == "":
        return None
    if kind.name == "list":
        if isinstance(value, str) or not isinstance(value, Sequence):
            return None
        members = (kept_value(each, kind.of) if kind.of else None for each in value)
        return tuple(each for each in members if each is not None) or None
    if kind.name == "boolean":
        return value if isinstance(value, bool) else None
    if isinstance(value, bool):
        return None
    if is_reference(kind):
        return value if isinstance(value, int) else None
    if kind.name == "number":
        return _number(value)
    if not isinstance(value, str):
        return None
    return _time(value, kind.name) if kind.name in ("date", "moment") else value


def _number(value: JsonValue) -> Decimal | None:
    if not isinstance(value, str | int | Decimal):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _time(value: str, kind: str) -> date | None:
    try:
        if kind == "date":
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None

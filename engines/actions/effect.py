"""An effect: what an engine asks the runtime to do, under a key that never changes on a repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from engines.values import JsonValue, decimal_text

KINDS = frozenset(
    {
        "open_assignments",
        "cancel_assignments",
        "set_timer",
        "cancel_timer",
        "set_values",
        "create_record",
        "assign",
        "notify",
        "start_flow",
        "refuse",
        "finish",
    }
)


@dataclass(frozen=True, slots=True)
class Effect:
    """``kind`` is one of ``KINDS``; ``payload`` is plain JSON (decimals and moments as text).

    | kind | payload |
    |---|---|
    | open_assignments | token, node, round, people: [id], due or null, purpose: decide, resubmit |
    | cancel_assignments | token, people: [id], state: cancelled or transferred |
    | set_timer | token, timer (unique per token), due_at |
    | cancel_timer | token, timer: name, or null for all timers of the token |
    | set_values | values: {field: value} of the record in hand |
    | create_record | form, values |
    | assign | field, method, people: [id], pointer, open_when or null, only_empty |
    | notify | people: [id]; text: {language: text} or code + params |
    | start_flow | flow |
    | refuse | text: {language: text}, field or null |
    | finish | outcome: agreed, refused, done, withdrawn or cancelled |
    """

    kind: str
    key: str
    payload: Mapping[str, JsonValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of effect: {self.kind}")


def plain(value: object) -> JsonValue:
    """A formula's value as JSON, as the forms read it: decimals and dates become text."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(member) for member in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no JSON form for {type(value).__name__}")

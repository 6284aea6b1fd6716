"""Fields of public forms and approval pages as HTML controls, and what a browser sends back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from engines.forms.currency import SIGNS
from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue
from engines.texts import text
from engines.values import JsonValue

# Up to this many options stand openly; more of them fold into a list.
OPEN_OPTIONS = 6
# Ids with names, in the order in which they are shown.
Listed = Sequence[tuple[int, str]]
NOBODY = {"person": "not_a_person", "department": "not_a_department"}
INPUTS: Mapping[str, Mapping[str, str]] = {
    "text": {"type": "text"},
    "number": {"type": "text", "inputmode": "decimal"},
    "money": {"type": "text", "inputmode": "decimal"},
    "date": {"type": "date"},
    "moment": {"type": "datetime-local"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "email": {"type": "email", "autocomplete": "email"},
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One field as the template draws it."""

    key: str
    label: str
    unit: str
    kind: str  # input | textarea | select | radios | checkboxes | checkbox
    attributes: Mapping[str, str]
    required: bool
    value: str
    options: tuple[Option, ...]
    hint: str
    help: str
    problems: tuple[str, ...] = field(default_factory=tuple)


def controls(
    fields: tuple[FieldPlan, ...],
    language: str,
    sent: QueryDict | None,
    problems: Mapping[str, tuple[str, ...]],
    listed: Mapping[str, Listed] | None = None,
) -> list[Control]:
    """The controls with what was sent before and what was wrong with it.

    ``listed`` are the people or departments to choose from, for the fields that hold one.
    """
    return [
        _control(each, language, sent, problems.get(each.key, ()), (listed or {}).get(each.key))
        for each in fields
    ]


def _control(
    plan: FieldPlan,
    language: str,
    sent: QueryDict | None,
    problems: tuple[str, ...],
    listed: Listed | None,
) -> Control:
    values = sent.getlist(plan.key) if sent is not None else []
    attributes = dict(INPUTS.get(plan.type.key, {}))
    limit = plan.options.get("max_length")
    if isinstance(limit, int) and plan.type.key in ("text", "long_text"):
        attributes["maxlength"] = str(limit)
    return Control(
        key=plan.key,
        label=text(plan.label, language),
        unit=_unit(plan),
        kind=_kind(plan) if listed is None else "select",
        attributes=attributes,
        required=plan.required,
        value=values[0] if values else "",
        options=tuple(
            Option(
                each["value"],
                text(each.get("label"), language, each["value"]),
                each["value"] in values,
            )
            for each in plan.options.get("options", ())
        )
        if listed is None
        else tuple(Option(str(key), name, str(key) in values) for key, name in listed),
        hint=text(plan.hint, language),
        help=text(plan.help, language),
        problems=problems,
    )


def _unit(plan: FieldPlan) -> str:
    """What stands behind the label: the unit of a number, the currency of an amount."""
    currency = plan.options.get("currency")
    if plan.type.key == "money" and currency:
        return SIGNS.get(currency, str(currency))
    return str(plan.options.get("unit") or "")


def _kind(plan: FieldPlan) -> str:
    kind = plan.type.key
    if kind == "choice":
        return "radios" if len(plan.options.get("options", ())) <= OPEN_OPTIONS else "select"
    return {"long_text": "textarea", "choices": "checkboxes", "check": "checkbox"}.get(
        kind, "input"
    )


def body_of(
    fields: tuple[FieldPlan, ...], sent: QueryDict, zone: str
) -> tuple[dict[str, JsonValue], dict[str, InvalidValue]]:
    """The record's JSON from what a browser sent, and the values that cannot be read.

    Only the published fields are looked at: whatever else was sent is no part of the record.
    """
    body: dict[str, JsonValue] = {}
    wrong: dict[str, InvalidValue] = {}
    for plan in fields:
        values = [each.strip() for each in sent.getlist(plan.key) if each.strip()]
        try:
            body[plan.key] = _value(plan, values, zone)
        except InvalidValue as error:
            wrong[plan.key] = error
    return body, wrong


def _value(plan: FieldPlan, values: list[str], zone: str) -> JsonValue:
    kind = plan.type.key
    if kind == "check":
        return bool(values)
    if kind == "choices":
        return list(values)
    if not values:
        return None
    if kind in NOBODY:
        if not (values[0].isascii() and values[0].isdecimal()):
            raise InvalidValue(NOBODY[kind])
        return int(values[0])
    if kind == "moment":
        try:
            # The browser sends the wall clock of the form's zone.
            moment = datetime.fromisoformat(values[0])
        except ValueError:
            raise InvalidValue("not_a_moment") from None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        return aware.isoformat()
    try:
        plan.parse(values[0])
    except InvalidValue:
        # Typed as people write it, such as 1,200.50: read as a cell of a spreadsheet is.
        return plan.type.from_text(values[0], plan.options)
    return values[0]


def shown(plan: FieldPlan, value: Any, language: str) -> str:
    """A sent value as the receipt repeats it."""
    if value in (None, "", []):
        return "—"
    try:
        return plan.type.to_text(plan.parse(value), plan.options, language)
    except InvalidValue:
        return str(value)


def sent_of(fields: tuple[FieldPlan, ...], record: Mapping[str, Any], zone: str) -> QueryDict:
    """What a browser would send if nobody changed anything: the reverse of ``body_of``."""
    sent = QueryDict(mutable=True)
    for plan in fields:
        value = record.get(plan.key)
        if value in (None, "", []):
            continue
        if plan.type.key == "check":
            sent.setlist(plan.key, ["on"] if value else [])
        elif plan.type.key == "moment":
            wall = datetime.fromisoformat(str(value)).astimezone(ZoneInfo(zone))
            sent[plan.key] = wall.strftime("%Y-%m-%dT%H:%M")
        elif plan.type.key in NOBODY:
            sent[plan.key] = str(value["id"] if isinstance(value, Mapping) else value)
        elif isinstance(value, list):
            sent.setlist(plan.key, [str(each) for each in value])
        else:
            sent[plan.key] = str(value)
    return sent

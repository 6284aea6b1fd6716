"""What is wrong with a public form, and the moments between which it takes answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue
from engines.forms.moments import read_moment, zone_of
from engines.problems import Problem, problem, warning

MOMENTS = ("opens_at", "closes_at")


def public_moment(public: Mapping[str, Any], name: str, zone: str) -> datetime | None:
    """``opens_at`` or ``closes_at`` in UTC, None where there is none; without an offset it is a
    time of ``zone``. Raises InvalidValue."""
    text = public.get(name)
    return read_moment(text, zone_of(zone)) if isinstance(text, str) and text else None


def public_problems(
    form: str, public: Any, fields: Mapping[str, FieldPlan], zone: str
) -> Iterator[Problem]:
    """Fields that are not there, that strangers will not see or would have to fill in, and moments
    at which it never opens."""
    if not isinstance(public, Mapping):
        return
    shown = set()
    for index, key in enumerate(public.get("fields") or ()):
        path = f"/public/fields/{index}"
        if key not in fields:
            yield problem(path, "unknown_field", field=key, form=form)
        elif not fields[key].type.plain or fields[key].read_only:
            yield warning(path, "not_on_public_forms", field=key)
        else:
            shown.add(key)
    for key, field in fields.items():
        if field.required and field.default is None and not field.computed and key not in shown:
            yield warning("/public/fields", "required_not_public", field=field.label)
    moments: dict[str, datetime] = {}
    for name in MOMENTS:
        try:
            moment = public_moment(public, name, zone)
        except InvalidValue as error:
            yield problem(f"/public/{name}", error.code, **error.params)
            continue
        if moment is not None:
            moments[name] = moment
    if len(moments) == len(MOMENTS) and moments["opens_at"] >= moments["closes_at"]:
        yield problem("/public/closes_at", "closes_before_opening")

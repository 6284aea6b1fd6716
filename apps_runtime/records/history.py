"""What has happened to a record, as its reader may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.caller import installed as installed_app
from apps_runtime.forms import form_of
from apps_runtime.records.asking import policed
from apps_runtime.records.current import Current, current
from apps_runtime.releases import Installed
from apps_runtime.store import read
from engines.access.masks import masked
from engines.forms.field import FieldPlan
from engines.problems import Problems
from engines.queries import Query
from engines.texts import text


def history(
    caller: Caller,
    form: str,
    record: int,
    *,
    after: int | None,
    language: str,
    limit: int,
) -> dict[str, Any]:
    """The changes, newest first; ``next`` asks for those before.

    Hidden fields are left out, masked ones masked; what a link pointed to is only named where the
    reader sees that record.
    """
    installed = installed_app(caller.app)
    plan = form_of(installed, form)
    one = current(caller, installed, plan, record)
    rows = read.history(caller.app, form, record, before=after, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    entries = [(row, _json(row[3])) for row in rows]
    shown = [field for field in plan.stored if _sees(one, field)]
    labels = _labels(caller, installed, shown, [changes for _, changes in entries], language)
    return {
        "history": [
            {
                "id": row[0],
                "at": row[1],
                "action": row[2],
                "person": _person(row[4]),
                "through": _through(installed, _json(row[5]), language),
                "changes": [
                    {
                        "field": field.key,
                        "label": text(field.label, language),
                        "before": _value(one, field, changes[field.key][0], labels),
                        "after": _value(one, field, changes[field.key][1], labels),
                    }
                    for field in shown
                    if field.key in changes
                ],
            }
            for row, changes in entries
        ],
        "next": str(rows[-1][0]) if more else None,
    }


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


def _sees(one: Current, field: FieldPlan) -> bool:
    return one.rights is None or one.rights.fields.get(field.key, "hide") != "hide"


def _person(person: int | None) -> dict[str, Any] | None:
    found = people.person(person)
    return None if found is None else {"id": found.pk, "name": found.name}


def _through(installed: Installed, through: Mapping[str, str], language: str) -> dict[str, Any]:
    kind, key = through.get("kind", "api"), through.get("key")
    named: Any = None
    if kind == "flow":
        named = installed.plan.flows.get(str(key))
    elif kind == "rule":
        named = installed.plan.rules.get(str(key))
    label = text(named.label, language) if named is not None else None
    return {"kind": kind, "key": key, "label": label}


def _labels(
    caller: Caller,
    installed: Installed,
    fields: Iterable[FieldPlan],
    changes: Iterable[Mapping[str, Any]],
    language: str,
) -> Mapping[str, Mapping[int, str]]:
    """Form → id → title of everything that links in these changes point to and the reader sees."""
    wanted: dict[str, set[int]] = defaultdict(set)
    links = {field.key: str(field.target) for field in fields if field.target}
    for change in changes:
        for key, form in links.items():
            wanted[form].update(each for each in change.get(key, ()) if isinstance(each, int))
    found: dict[str, dict[int, str]] = {}
    for form, ids in wanted.items():
        if form not in installed.plan.forms or not ids:
            continue
        query = Query(
            form, columns=(("id",),), ids=tuple(sorted(ids)), limit=None, language=language
        )
        try:
            allowed = policed(caller, installed, query, reason="names in the history")
        except Problems:
            continue
        page, _ = read.page(allowed)
        found[form] = {each["id"]: each["label"] for each in orjson.loads(page)}
    return found


def _value(
    one: Current, field: FieldPlan, value: Any, labels: Mapping[str, Mapping[int, str]]
) -> Any:
    if value is None:
        return None
    if one.rights is not None and field.key in one.rights.masks:
        return masked(str(value), one.rights.masks[field.key])
    column = field.column
    if column is None or column.references is None:
        return value
    if column.references == "form":
        return {"id": value, "label": labels.get(str(column.form), {}).get(value)}
    if column.references == "person":
        person = people.person(value)
        return {"id": value, "name": person.name if person else ""}
    department = people.directory().departments.get(value)
    return {"id": value, "name": department.name if department else ""}

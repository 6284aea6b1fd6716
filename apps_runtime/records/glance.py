"""Short looks at records on behalf of the application: titles, summaries, single values, ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import orjson

from apps_runtime.caller import Caller
from apps_runtime.forms import form_of
from apps_runtime.records.asking import sql_env
from apps_runtime.records.current import current
from apps_runtime.records.facts import values_at
from apps_runtime.releases import Installed
from apps_runtime.store import glance, read
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan, Path
from engines.formulas.compile import Formula
from engines.queries import Query, as_application
from engines.texts import text

REASON = "shown to people who were asked or told about the record"
PAGE = 500


def require_visible(caller: Caller, form: str, record: int) -> None:
    """404 unless the caller sees this record."""
    from apps_runtime.caller import installed

    found = installed(caller.app)
    current(caller, found, form_of(found, form), record)


def titles(installed: Installed, form: str, ids: Sequence[int]) -> dict[int, str]:
    """Id → title; records in the recycle bin too, those that never were are left out."""
    return {row["id"]: str(row["label"]) for row in _shown(installed, form, (("id",),), ids)}


def summary(
    installed: Installed,
    form: str,
    record: int,
    *,
    hidden: Collection[str],
    most: int,
    language: str,
) -> list[dict[str, str]]:
    """What somebody who decides wants to see at once: money, the header, then other fields."""
    plan = installed.plan.forms[form]
    fields = [each for each in _telling(plan) if each.key not in hidden]
    rows = _shown(installed, form, tuple((each.key,) for each in fields), [record])
    if not rows:
        return []
    found = []
    for field in fields:
        shown = field.to_text(rows[0].get(field.key), language)
        if shown:
            found.append({"label": text(field.label, language, field.key), "value": shown})
    return found[:most]


def _telling(plan: FormPlan) -> list[FieldPlan]:
    in_title = {part.path[0] for part in plan.title if part.path}
    header = [key for key in plan.page.get("header", ()) if key in plan.by_key]
    money = [each.key for each in plan.fields if each.type.key == "money"]
    keys = dict.fromkeys([*money, *header, *(each.key for each in plan.fields)])
    return [plan.by_key[key] for key in keys if key not in in_title]


def _shown(
    installed: Installed, form: str, columns: tuple[Path, ...], ids: Sequence[int]
) -> list[dict[str, Any]]:
    plan = installed.plan.forms[form]
    policed = as_application(
        Query(form, columns=columns, ids=tuple(ids), limit=None, deleted="all"),
        installed.plan.forms,
        sql_env(Caller.application(installed.app), plan),
        reason=REASON,
    )
    found: list[dict[str, Any]] = orjson.loads(read.page(policed)[0])
    return found


def value_of(installed: Installed, form: str, record: int, field: str) -> Any:
    """The typed value of one field; None for a record or field that is not there."""
    plan = installed.plan.forms[form]
    if plan.field(field) is None:
        return None
    found = values_at(
        Caller.application(installed.app),
        installed,
        plan,
        {record},
        {(field,)},
        reason="a rule or flow of the application",
    )
    return found.get(record, {}).get((field,))


def ids_where(installed: Installed, form: str, when: Formula | None) -> Iterator[int]:
    """Ids of the records that meet a condition, ascending; all of them without one."""
    plan = installed.plan.forms[form]
    env = sql_env(Caller.application(installed.app), plan)
    after = 0
    while True:
        policed = as_application(
            Query(form, columns=(("id",),), fixed=() if when is None else (when,), limit=None),
            installed.plan.forms,
            env,
            reason="a rule that runs by the clock",
        )
        ids = glance.ids_after(policed, after, PAGE)
        yield from ids
        if len(ids) < PAGE:
            return
        after = ids[-1]


def ids_between(
    installed: Installed,
    form: str,
    field: str,
    moments: tuple[datetime, datetime],
    days: tuple[date, date],
) -> Iterator[tuple[int, Any]]:
    """Id and value of the records whose date or moment lies between (both ends included)."""
    plan = installed.plan.forms[form]
    kind = plan.by_key[field] if field in plan.by_key else plan.system[field]
    low, high = moments if kind.value_type.name == "moment" else days
    for record, value in glance.between(plan.schema, plan.table, field, low, high):
        yield record, kind.type.from_row(value)


def counts_by_person(
    installed: Installed, form: str, field: str, people: Sequence[int]
) -> dict[int, int]:
    """How many records each person has in a person field."""
    plan = installed.plan.forms[form]
    return glance.counts(plan.schema, plan.table, field, people)

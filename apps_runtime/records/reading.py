"""Reads records: one, for people; several, for the runtime's own questions."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import orjson

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.caller import installed as installed_app
from apps_runtime.forms import form_of
from apps_runtime.language import DEFAULT
from apps_runtime.records.asking import policed, sql_env
from apps_runtime.records.current import current
from apps_runtime.refusals import not_found
from apps_runtime.releases import Installed
from apps_runtime.store import read
from apps_runtime.store.flow_states import flow_state_json
from apps_runtime.store.recipes import rows_by_ids
from engines.access import Rights
from engines.forms.plan import FormPlan, Path
from engines.formulas.compile import Formula
from engines.formulas.types import MOMENT
from engines.problems import Problems
from engines.queries import Group, Measure, PolicedQuery, Query, as_application, list_json
from engines.queries.resolve import end
from engines.sql import Sql
from engines.texts import text

OWN = "the runtime's own question about records"


def extras(installed: Installed, form: FormPlan, language: str) -> dict[str, Sql]:
    """What the runtime adds to each record: the run that holds it."""
    labels = {
        key: text(flow.label, language)
        for key, flow in installed.plan.flows.items()
        if flow.form == form.key
    }
    return {"flow_state": flow_state_json(labels)} if labels else {}


def record_text(
    caller: Caller, installed: Installed, form: FormPlan, record: int, *, language: str
) -> str | None:
    """The record's JSON as the caller sees it; None where he does not."""
    forms = installed.plan.forms

    def make(ids: tuple[int, ...]) -> PolicedQuery:
        query = Query(form.key, ids=ids, limit=1, rights=True, language=language)
        return policed(caller, installed, query, reason="the application reads what it wrote")

    def write(allowed: PolicedQuery) -> Sql:
        return list_json(allowed, extras(installed, form, language))

    reader = None if caller.everything else caller.person_id
    key = ("record", people.stamp(), id(forms), form.key, caller.everything, reader, language)
    try:
        _, found = rows_by_ids(key, (record,), make, write)
    except Problems:
        return None
    return str(found[0][0]) if found else None


def record_json(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    record: int,
    *,
    language: str,
    must: bool = True,
) -> dict[str, Any]:
    """The same as a value. Without ``must`` a record that the caller may write but not see is
    answered with nothing but its id."""
    found = record_text(caller, installed, form, record, language=language)
    if found is not None:
        result: dict[str, Any] = orjson.loads(found)
        return result
    if must:
        raise not_found()
    return {
        "id": record,
        "release": installed.release,
        "rights": {"edit": False, "delete": False},
    }


def read_one(caller: Caller, form: str, record: int, *, language: str = DEFAULT) -> bytes:
    """One record as JSON; 404 where there is none or it may not be seen."""
    installed = installed_app(caller.app)
    plan = form_of(installed, form)
    found = record_text(caller, installed, plan, record, language=language)
    if found is None:
        raise not_found()
    return found.encode()


def require_visible(caller: Caller, form: str, record: int) -> None:
    """404 unless the caller sees the record."""
    installed = installed_app(caller.app)
    current(caller, installed, form_of(installed, form), record)


def _own(installed: Installed, query: Query) -> list[tuple[Any, ...]]:
    caller = Caller.application(installed.app)
    form = installed.plan.forms[query.form]
    env = sql_env(caller, form)
    policed_query = as_application(query, installed.plan.forms, env, reason=OWN)
    return read.grouped_rows(policed_query) if query.grouped else read.typed_rows(policed_query)


def titles(
    installed: Installed, form: str, ids: Collection[int], *, reader: int | None = None
) -> dict[int, str]:
    """The titles of records by id, as the application sees them, or without the fields that the
    roles of ``reader`` hide."""
    if not ids:
        return {}
    caller = Caller.application(installed.app)
    forms = installed.plan.forms

    def make(wanted: tuple[int, ...]) -> PolicedQuery:
        query = Query(form, columns=(("id",),), ids=wanted, limit=None)
        rights = asked_rights(installed, reader)
        return as_application(query, forms, sql_env(caller, forms[form]), reason=OWN, fields=rights)

    key = ("titles", people.stamp(), id(forms), form, reader)
    _, found = rows_by_ids(key, sorted(ids), make, list_json)
    shown = [orjson.loads(row[0]) for row in found]
    return {each["id"]: each["label"] for each in shown}


def asked_rights(installed: Installed, person: int | None) -> Mapping[str, Rights]:
    """What the roles of somebody who is asked about records say of their fields, by form.

    He was asked, so no row rule stands in the way; forms that his roles do not mention are missing.
    """
    if person is None:
        return {}
    caller = Caller(person, installed.app)
    return caller.permissions(installed.plan, installed.release).of_any_row


def told(
    installed: Installed, form: str, record: int, paths: Collection[Path], people: Iterable[int]
) -> dict[int, dict[Path, str | None]]:
    """How each of ``people`` may read what lies at ``paths``: nothing ("") where it is hidden or
    the record is not his to see, another text where it is masked, None where nothing is held back.
    """
    query = Query(form, columns=tuple(sorted(paths)), ids=(record,), limit=1, deleted="all")
    env = sql_env(Caller.application(installed.app), installed.plan.forms[form])
    all_of_it = as_application(query, installed.plan.forms, env, reason=OWN)
    whole: Mapping[str, Any] = next(iter(orjson.loads(read.page(all_of_it)[0])), {})
    return {person: _told(installed, query, whole, person) for person in people}


def _told(
    installed: Installed, query: Query, whole: Mapping[str, Any], person: int
) -> dict[Path, str | None]:
    caller = Caller(person, installed.app)
    seen: list[dict[str, Any]] = []
    if caller.permissions(installed.plan, installed.release).rights(query.form).grants:
        # A hidden field forbids the question as a whole: such a text tells this person nothing.
        with contextlib.suppress(Problems):
            allowed = policed(caller, installed, query, reason="somebody is told of a record")
            seen = orjson.loads(read.page(allowed)[0])
    return {
        path: _held_back(whole.get(".".join(path)), seen[0].get(".".join(path))) if seen else ""
        for path in query.columns or ()
    }


def _held_back(whole: Any, seen: Any) -> str | None:
    if seen == whole:
        return None
    if isinstance(seen, dict):
        seen = seen.get("label")
    return seen if isinstance(seen, str) else ""


def value_of(installed: Installed, form: str, record: int, field: str) -> Any:
    """The typed value of one field; None also where the record is gone."""
    rows = _own(installed, Query(form, columns=((field,),), ids=(record,), limit=None))
    if not rows:
        return None
    plan = installed.plan.forms[form]
    return end(plan, (field,), installed.plan.forms).field.type.from_row(rows[0][1])


def counts_by_person(
    installed: Installed,
    form: str,
    field: str,
    people: Iterable[int],
    *,
    when: Formula | None = None,
) -> dict[int, int]:
    """How many records (not deleted, ``when`` met) have each of ``people`` in a person field."""
    wanted = set(people)
    rows = _own(
        installed,
        Query(
            form,
            fixed=() if when is None else (when,),
            groups=(Group((field,), "person"),),
            measures=(Measure("count", "count"),),
            limit=None,
        ),
    )
    found = {row[0]["id"]: int(row[1]) for row in rows if row[0] is not None}
    return {person: found.get(person, 0) for person in wanted}


def ids_where(installed: Installed, form: str, when: Formula | None) -> list[int]:
    """The ids of all records that meet a rule's condition, ascending."""
    fixed = () if when is None else (when,)
    rows = _own(installed, Query(form, columns=(("id",),), fixed=fixed, limit=None))
    return sorted(int(row[0]) for row in rows)


def ids_between(
    installed: Installed,
    form: str,
    field: str,
    moments: tuple[datetime, datetime],
    days: tuple[date, date],
    *,
    changed_after: datetime | None = None,
) -> list[tuple[int, Any]]:
    """(id, value) of the records whose date lies in ``days``, or whose moment in ``moments``; with
    ``changed_after`` only of those changed since."""
    plan = installed.plan.forms[form]
    found = plan.field(field)
    if found is None:
        return []
    low, high = moments if found.value_type == MOMENT else days
    if found.stored:
        return read.between(plan, field, low, high, changed_after)
    rows = _own(installed, Query(form, columns=((field,), ("updated_at",)), limit=None))
    return [
        (row[0], row[1])
        for row in rows
        if row[1] is not None
        and low <= row[1] <= high
        and (changed_after is None or row[2] > changed_after)
    ]

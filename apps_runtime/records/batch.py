"""Many records at once, all or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

import orjson
import psycopg2
from django.db import IntegrityError, transaction

from apps_runtime import releases, wake
from apps_runtime.caller import Caller
from apps_runtime.forms import form_of
from apps_runtime.language import DEFAULT
from apps_runtime.records import submission as submitting
from apps_runtime.records.asking import policed
from apps_runtime.records.current import Current, currents
from apps_runtime.records.held import holds
from apps_runtime.records.reading import extras
from apps_runtime.records.submission import Prepared, Row
from apps_runtime.records.writing import (
    as_problems,
    changed_row,
    follow,
    gone_row,
    new_row,
    require_create,
    told,
)
from apps_runtime.refusals import Refused, forbidden, malformed, not_found, status_of
from apps_runtime.releases import Installed
from apps_runtime.store import read, write
from apps_runtime.store.write import Told, Written
from engines.forms.plan import FormPlan
from engines.forms.table import table
from engines.problems import Problem, Problems, problem
from engines.queries import Query
from engines.values import JsonValue

MAX_BATCH = 1000
PARTS = ("create", "update", "delete")
_DETAIL = re.compile(r"\)=\((.*)\)", re.DOTALL)
"""Postgres on a broken unique rule: ``Key (a, b)=(1, x) already exists.``, in any language."""

Change = tuple[int, Mapping[str, JsonValue]]
"""The id of a record and what it was sent, with the version that it starts from."""

Deletion = tuple[int, int | None]
"""The id of a record, and the version that it must still have where one is named."""


def batch(
    caller: Caller, form: str, body: Mapping[str, JsonValue], *, language: str = DEFAULT
) -> dict[str, Any]:
    """Creates, updates and deletes in one transaction; nothing is done where anything is wrong.

    {"created": [ids], "updated": [records], "deleted": [ids]}; problems have paths such as
    ``/create/3/amount``.
    """
    creates, updates, deletes = _read(body)
    gone = [identity for identity, _ in deletes]
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        writable = require_create(caller, installed, plan) if creates else None
        found = _found(caller, installed, plan, updates, deletes, language)
        rows = [Row(f"/create/{index}", each, writable) for index, each in enumerate(creates)]
        rows += [
            Row(
                f"/update/{index}",
                {key: each for key, each in values.items() if key not in ("id", "version")},
                found[identity].writable,
                found[identity].values,
                found[identity].system,
            )
            for index, (identity, values) in enumerate(updates)
        ]
        prepared = submitting.submit(caller, installed, plan, rows)
        telling = told(caller, plan)
        made = prepared[: len(creates)]
        created = _insert_all(caller, installed, plan, made, telling)
        _update_all(caller, installed, plan, found, updates, prepared[len(creates) :], telling)
        _delete_all(caller, plan, [found[identity] for identity in gone], telling)
        for identity, one in zip(created, made, strict=True):
            follow(caller, installed, plan, identity, "created", one, later=True)
        for (identity, _), one in zip(updates, prepared[len(creates) :], strict=True):
            if one.submission.changed:
                follow(caller, installed, plan, identity, "updated", one, later=True)
        wake.after_commit()
    return {
        "created": created,
        "updated": _shown(caller, installed, plan, [each for each, _ in updates], language),
        "deleted": gone,
    }


def _read(
    body: Mapping[str, JsonValue],
) -> tuple[list[Mapping[str, JsonValue]], list[Change], list[Deletion]]:
    """The three lists, every member of the right shape; raises Problems."""
    problems: list[Problem] = [
        problem(f"/{name}", "unknown_key", key=name[:60]) for name in body if name not in PARTS
    ]
    parts: dict[str, list[Any]] = {}
    for name in PARTS:
        part = body.get(name)
        if part is None:
            part = []
        if not isinstance(part, list):
            raise malformed("list_expected", f"/{name}")
        parts[name] = part
    if sum(len(part) for part in parts.values()) > MAX_BATCH:
        raise Problems((problem("", "batch_too_large", limit=MAX_BATCH),))
    for index, each in enumerate(parts["create"]):
        if not isinstance(each, Mapping):
            problems.append(problem(f"/create/{index}", "not_an_object"))
    named: set[int] = set()
    updates = []
    for index, each in enumerate(parts["update"]):
        path = f"/update/{index}"
        identity: Any = each.get("id") if isinstance(each, Mapping) else None
        wrong = _naming_problem(path, identity, named)
        if wrong is not None:
            problems.append(wrong)
        elif each.get("version") is None:
            problems.append(problem(f"{path}/version", "version_missing"))
        elif not _is_version(each["version"]):
            problems.append(problem(f"{path}/version", "not_a_version"))
        else:
            updates.append((identity, each))
    deletes = []
    for index, each in enumerate(parts["delete"]):
        path = f"/delete/{index}"
        whole = each if isinstance(each, Mapping) else {"id": each}
        identity, version = whole.get("id"), whole.get("version")
        problems += [
            problem(f"{path}/{key[:60]}", "no_such_property")
            for key in whole
            if key not in ("id", "version")
        ]
        wrong = _naming_problem(path, identity, named)
        if wrong is not None:
            problems.append(wrong)
        elif version is not None and not _is_version(version):
            problems.append(problem(f"{path}/version", "not_a_version"))
        else:
            deletes.append((identity, version))
    if problems:
        raise Problems(problems)
    return parts["create"], updates, deletes


def _naming_problem(path: str, identity: Any, named: set[int]) -> Problem | None:
    """What is wrong with the id of a member; a good one is added to those ``named`` before."""
    if not _is_id(identity):
        return problem(path, "record_not_named")
    if identity in named:
        return problem(path, "record_named_twice")
    named.add(identity)
    return None


def _is_id(value: object) -> TypeGuard[int]:
    return _is_version(value) and 0 < value < 2**63


def _is_version(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _found(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    updates: Sequence[Change],
    deletes: Sequence[Deletion],
    language: str,
) -> dict[int, Current]:
    """The records that are changed or deleted, locked; refuses what is not there, not allowed, or
    has changed meanwhile, with the status of the gravest problem."""
    ids = [identity for identity, _ in (*updates, *deletes)]
    if not ids:
        return {}
    found = currents(caller, installed, form, ids, lock=True)
    refused: list[tuple[str, Problems]] = []
    stale: dict[str, Change] = {}
    for index, (identity, values) in enumerate(updates):
        path = f"/update/{index}"
        one = found.get(identity)
        if one is None:
            refused.append((path, not_found()))
        elif not one.may_edit:
            refused.append((path, forbidden("record_not_editable")))
        elif holds(caller, form, one, values.keys() - {"version"}):
            refused.append((path, Refused(409, (problem("", "record_locked"),))))
        elif values["version"] != one.version:
            refused.append((path, Refused(409, (problem("", "record_changed"),))))
            stale[path] = identity, values
    for index, (identity, version) in enumerate(deletes):
        path = f"/delete/{index}"
        one = found.get(identity)
        if one is None:
            refused.append((path, not_found()))
        elif not one.may_delete:
            refused.append((path, forbidden("record_not_deletable")))
        elif one.locked and not caller.everything:
            refused.append((path, Refused(409, (problem("", "record_locked"),))))
        elif version is not None and version != one.version:
            refused.append((path, Refused(409, (problem("", "record_changed"),))))
            stale[path] = identity, {}
    if refused:
        raise Refused(
            min(status_of(error) for _, error in refused),
            [each.under(path) for path, error in refused for each in error.problems],
            _conflicts(caller, installed, form, stale, language) if stale else None,
        )
    return found


def _conflicts(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    stale: Mapping[str, Change],
    language: str,
) -> Mapping[str, object]:
    """Both values of each record that has changed meanwhile, by the path of its problem."""
    shown = _shown(caller, installed, form, [identity for identity, _ in stale.values()], language)
    now = {each["id"]: each for each in shown}
    return {
        "conflicts": [
            {
                "path": path,
                "yours": {key: each for key, each in yours.items() if key not in ("id", "version")},
                "current": now.get(identity),
            }
            for path, (identity, yours) in stale.items()
        ]
    }


def _insert_all(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    prepared: Sequence[Prepared],
    telling: Told,
) -> list[int]:
    written = [new_row(caller, installed, form, one) for one in prepared]
    try:
        return write.insert_many(form, written, telling)
    except IntegrityError as error:
        row = _guilty(form, error, prepared)
        place = "/create" if row is None else f"/create/{row}"
        raise as_problems(error, form).under(place) from error


def _guilty(form: FormPlan, error: IntegrityError, rows: Sequence[Prepared]) -> int | None:
    """The row whose values are there already, in another record or an earlier row of the batch."""
    cause = error.__cause__
    if not isinstance(cause, psycopg2.errors.UniqueViolation):
        return None
    name = cause.diag.constraint_name
    columns = next((each.columns for each in table(form).uniques if each.name == name), ())
    detail = _DETAIL.search(cause.diag.message_detail or "")
    if detail is not None and columns:
        keys = (tuple(one.submission.values.get(column) for column in columns) for one in rows)
        told = [index for index, key in enumerate(keys) if ", ".join(map(str, key)) == detail[1]]
        if told:
            return told[min(1, len(told) - 1)]
    return 0 if len(rows) == 1 else None


def _update_all(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    found: Mapping[int, Current],
    updates: Sequence[tuple[int, object]],
    prepared: Sequence[Prepared],
    telling: Told,
) -> None:
    groups: dict[tuple[str, ...], list[Written]] = defaultdict(list)
    for (identity, _), one in zip(updates, prepared, strict=True):
        if one.submission.changed:
            changed = changed_row(caller, installed, form, found[identity], one)
            groups[tuple(sorted(changed.columns))].append(_sorted(changed))
    try:
        for rows in groups.values():
            write.change_many(form, rows, telling, kind="updated", action="changed")
    except IntegrityError as error:
        row = _guilty(form, error, prepared)
        place = "/update" if row is None else f"/update/{row}"
        raise as_problems(error, form).under(place) from error


def _sorted(row: Written) -> Written:
    return Written(
        {key: row.columns[key] for key in sorted(row.columns)},
        row.changes,
        row.stays,
        row.id,
        row.version,
    )


def _delete_all(caller: Caller, form: FormPlan, found: Sequence[Current], telling: Told) -> None:
    for one in found:
        write.change(
            form,
            gone_row(caller, one, gone=True),
            telling,
            kind="deleted",
            action="deleted",
        )


def _shown(
    caller: Caller, installed: Installed, form: FormPlan, ids: Sequence[int], language: str
) -> list[dict[str, Any]]:
    if not ids:
        return []
    query = Query(form.key, ids=tuple(ids), limit=None, rights=True, language=language)
    try:
        allowed = policed(caller, installed, query, reason="the application reads what it wrote")
    except Problems:
        return []
    page, _ = read.page(allowed, extras(installed, form, language))
    found = {each["id"]: each for each in orjson.loads(page)}
    return [found[identity] for identity in ids if identity in found]

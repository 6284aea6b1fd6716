"""Loads what a submission needs, for all its rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.records.asking import sql_env
from apps_runtime.releases import Installed
from apps_runtime.store import counters
from apps_runtime.store.recipes import rows_by_ids
from engines.access.row_rule import RowRule
from engines.forms.plan import FormPlan, Path, Sort
from engines.forms.submission import Facts, Needs, PathNeed, Reference
from engines.formulas.to_python import Env
from engines.queries import PolicedQuery, Query, as_application, rows
from engines.queries.resolve import end

Values = Mapping[Path, Any]


def load(
    caller: Caller, installed: Installed, form: FormPlan, wanted: Sequence[Needs]
) -> list[Facts]:
    """The facts for each of ``wanted``, with one statement per form that is linked to.

    A record that the caller may not see is not found, as if it did not exist.
    """
    known = people.directory()
    linked, visible = _linked(caller, installed, wanted)
    numbers = _numbers(caller.app, form, wanted)
    return [
        Facts(
            links={
                need.path: linked[need.form].get(need.id, {}).get(need.path[1:])
                for need in needs.paths
            },
            people={
                name: known.usernames[name] for name in needs.usernames if name in known.usernames
            },
            departments={
                key: known.department_keys[key]
                for key in needs.departments
                if key in known.department_keys
            },
            found=frozenset(each for each in needs.references if _exists(each, visible)),
            serials=numbers[index],
        )
        for index, needs in enumerate(wanted)
    ]


def _exists(reference: Reference, visible: Mapping[str, set[int]]) -> bool:
    known = people.directory()
    if reference.kind == "person":
        return reference.id in known.people
    if reference.kind == "department":
        return reference.id in known.departments
    return reference.id in visible[str(reference.form)]


def _linked(
    caller: Caller, installed: Installed, wanted: Sequence[Needs]
) -> tuple[Mapping[str, Mapping[int, Values]], Mapping[str, set[int]]]:
    paths: dict[str, list[PathNeed]] = defaultdict(list)
    asked: dict[str, set[int]] = defaultdict(set)
    for needs in wanted:
        for need in needs.paths:
            paths[need.form].append(need)
        for reference in needs.references:
            if reference.kind == "form":
                asked[str(reference.form)].add(reference.id)
    rows: dict[str, Mapping[int, Values]] = defaultdict(dict)
    visible: dict[str, set[int]] = defaultdict(set)
    for key in sorted({*paths, *asked}):
        target = installed.plan.forms[key]
        rule = None if caller.everything else _see(caller, installed, key)
        if rule is not None and rule.everything:
            rule = None
        ids = asked[key] | {need.id for need in paths[key]}
        found = values_at(
            caller,
            installed,
            target,
            ids,
            {need.path[1:] for need in paths[key]} | (_reads(target, rule) if rule else set()),
            reason="checks and defaults of a submission read through links",
        )
        rows[key] = found
        visible[key] = {
            identity
            for identity, values in found.items()
            if rule is None or rule.met(row_env(caller, target, identity, values))
        }
    return rows, visible


def _see(caller: Caller, installed: Installed, form: str) -> RowRule:
    return caller.permissions(installed.plan, installed.release).rights(form).see


def _reads(form: FormPlan, rule: RowRule) -> set[Path]:
    return {path for formula in rule.formulas for path in formula.paths} | {
        (name,) for formula in rule.formulas for name in formula.names
    }


def row_env(caller: Caller, form: FormPlan, identity: int, values: Values) -> Env:
    """What a row rule is asked against."""
    known = people.directory()
    return Env(
        values={
            "id": identity,
            **{path[0]: each for path, each in values.items() if len(path) == 1},
        },
        now=sql_env(caller, form).now,
        zone=form.zone,
        actor=caller.actor,
        links={path: each for path, each in values.items() if len(path) > 1},
        people=known.usernames,
        departments=known.department_keys,
    )


def values_at(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    ids: set[int],
    paths: set[Path],
    *,
    reason: str,
    lock: bool = False,
    deleted: Literal["no", "only", "all"] = "no",
) -> dict[int, dict[Path, Any]]:
    """Typed values at ``paths`` of the records with ``ids``, by id."""
    if not ids:
        return {}
    columns = tuple(sorted(paths)) or (("id",),)
    forms = installed.plan.forms

    def make(wanted: tuple[int, ...]) -> PolicedQuery:
        query = Query(
            form.key,
            columns=columns,
            ids=wanted,
            sort=(Sort(("id",)),),  # locks are taken by ascending id
            limit=None,
            lock=lock,
            deleted=deleted,
        )
        return as_application(query, forms, sql_env(caller, form), reason=reason)

    key = ("values", people.stamp(), id(forms), form.key, columns, lock, deleted)
    shown, found = rows_by_ids(key, sorted(ids), make, rows)
    kinds = [end(form, path, forms).field.type for path in shown]
    return {
        row[0]: {
            path: kind.from_row(each)
            for path, kind, each in zip(shown, kinds, row[1:], strict=True)
        }
        for row in found
    }


def _numbers(app: str, form: FormPlan, wanted: Sequence[Needs]) -> list[dict[str, int]]:
    takers: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for index, needs in enumerate(wanted):
        for need in needs.serials:
            takers[need.field, need.period, need.start].append(index)
    numbers: list[dict[str, int]] = [{} for _ in wanted]
    # Always in the same order, so that two writers never wait for each other.
    for (field, period, start), which in sorted(takers.items()):
        first = counters.take(app, form.key, field, period, start=start, many=len(which))
        for offset, index in enumerate(which):
            numbers[index][field] = first + offset
    return numbers

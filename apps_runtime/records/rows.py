"""Writes the rows of an import: each stands for itself, good ones in sets, bad ones told apart."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from apps_runtime.caller import Caller
from apps_runtime.records import submission as submitting
from apps_runtime.records.current import Current, currents
from apps_runtime.records.submission import Prepared, Row
from apps_runtime.records.writing import (
    Body,
    as_problems,
    changed_row,
    follow,
    new_row,
    require_create,
    told,
)
from apps_runtime.releases import Installed
from apps_runtime.store import write
from engines.forms.plan import FormPlan
from engines.problems import Problem, problem

Outcome = tuple[Problem, ...]


def write_rows(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[tuple[int | None, Body]],
    *,
    run_rules: bool,
    dry_run: bool,
) -> list[Outcome]:
    """Create (id None) or change records; for each row what is wrong with it, () when written.

    Every check applies. Rules, flows and events happen only with ``run_rules``. A dry run finds
    the same problems, but for what only writing shows: two rows of the file with one unique value.
    """
    writable = require_create(caller, installed, form)
    ids = [each for each, _ in rows if each is not None]
    existing = currents(caller, installed, form, ids, lock=not dry_run) if ids else {}
    outcomes: list[Outcome] = [()] * len(rows)
    asked: list[Row] = []
    places: list[int] = []
    for place, (identity, body) in enumerate(rows):
        if identity is None:
            asked.append(Row("", body, writable))
        elif (found := existing.get(identity)) is None:
            outcomes[place] = (problem("", "not_found"),)
            continue
        elif not found.may_edit or (found.locked and not caller.everything):
            code = "record_locked" if found.may_edit else "record_not_editable"
            outcomes[place] = (problem("", code),)
            continue
        else:
            asked.append(Row("", body, found.writable, found.values, found.system))
        places.append(place)
    prepared = submitting.tried(
        caller, installed, form, asked, run_rules=run_rules, numbers=not dry_run
    )
    fresh: list[tuple[int, Prepared]] = []
    for place, one in zip(places, prepared, strict=True):
        if one.refused:
            outcomes[place] = tuple(each for each in one.problems if each.severity == "error")
        elif dry_run:
            continue
        elif rows[place][0] is None:
            fresh.append((place, one))
        else:
            outcomes[place] = _change(
                caller, installed, form, existing[rows[place][0] or 0], one, run_rules=run_rules
            )
    _create(caller, installed, form, fresh, outcomes, run_rules=run_rules)
    return outcomes


def _create(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[tuple[int, Prepared]],
    outcomes: list[Outcome],
    *,
    run_rules: bool,
) -> None:
    """All at once; where a constraint objects, halves, until the rows it objects to stand alone."""
    if not rows:
        return
    try:
        with transaction.atomic():
            ids = write.insert_many(
                form.schema,
                form.table,
                [new_row(caller, installed, form, one) for _, one in rows],
                told(caller, form, events=run_rules),
            )
    except IntegrityError as error:
        if len(rows) == 1:
            outcomes[rows[0][0]] = as_problems(error, form).problems
            return
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            _create(caller, installed, form, half, outcomes, run_rules=run_rules)
        return
    if run_rules:
        for identity, (_, one) in zip(ids, rows, strict=True):
            follow(caller, installed, form, identity, "created", one, later=True)


def _change(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    found: Current,
    one: Prepared,
    *,
    run_rules: bool,
) -> Outcome:
    if not one.submission.changed:
        return ()
    try:
        with transaction.atomic():
            write.change(
                form.schema,
                form.table,
                changed_row(caller, installed, form, found, one),
                told(caller, form, events=run_rules),
                kind="updated",
                action="changed",
            )
    except IntegrityError as error:
        return as_problems(error, form).problems
    if run_rules:
        follow(caller, installed, form, found.id, "updated", one, later=True)
    return ()

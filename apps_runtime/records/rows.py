"""Rows of an import: each is written or refused by itself, a chunk together where it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from apps_runtime import releases
from apps_runtime.caller import Caller
from apps_runtime.forms import form_of
from apps_runtime.records import submission as submitting
from apps_runtime.records.current import currents
from apps_runtime.records.submission import Prepared, Row
from apps_runtime.records.writing import (
    as_problems,
    changed_row,
    follow,
    new_row,
    require_create,
    told,
)
from apps_runtime.refusals import Refused
from apps_runtime.releases import Installed
from apps_runtime.store import write
from apps_runtime.store.write import Told
from engines.forms.plan import FormPlan
from engines.problems import Problem, problem
from engines.values import JsonValue


class _Undo(Exception):
    """Rolls a dry run back."""


def write_rows(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[tuple[int | None, Mapping[str, JsonValue]]],
    *,
    run_rules: bool,
    dry_run: bool = False,
) -> list[tuple[Problem, ...]]:
    """For imports: writes the rows that can be written; per row what is wrong with it.

    A row with a record changes it, whatever its version; a row without makes a new one. Rights,
    checks and uniqueness apply to each. ``run_rules`` off: rules and flows hear nothing. A dry run
    does the same and leaves no trace.
    """
    outcomes: list[tuple[Problem, ...]] = [()] * len(rows)
    try:
        with transaction.atomic():
            entered = releases.enter(caller.app)
            if entered.release != installed.release:
                entered_form = form_of(entered, form.key)
            else:
                entered_form = form
            _write_rows(
                caller,
                entered,
                entered_form,
                rows,
                outcomes,
                run_rules=run_rules,
                dry_run=dry_run,
            )
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return outcomes


def _write_rows(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[tuple[int | None, Mapping[str, JsonValue]]],
    outcomes: list[tuple[Problem, ...]],
    *,
    run_rules: bool,
    dry_run: bool,
) -> None:
    creating: Any = None
    refused: tuple[Problem, ...] = ()
    if any(record is None for record, _ in rows):
        try:
            creating = require_create(caller, installed, form)
        except Refused as error:
            refused = error.problems
    ids = [record for record, _ in rows if record is not None]
    found = currents(caller, installed, form, ids, lock=True) if ids else {}
    tried: list[tuple[int, Row]] = []
    for index, (record, body) in enumerate(rows):
        if record is None:
            if refused:
                outcomes[index] = refused
            else:
                tried.append((index, Row("", body, creating)))
            continue
        one = found.get(record)
        if one is None:
            outcomes[index] = (problem("", "not_found"),)
        elif not one.may_edit:
            outcomes[index] = (problem("", "record_not_editable"),)
        elif one.locked and not caller.everything:
            outcomes[index] = (problem("", "record_locked"),)
        else:
            tried.append((index, Row("", body, one.writable, one.values, one.system)))
    prepared = submitting.tried(
        caller,
        installed,
        form,
        [row for _, row in tried],
        run_rules=run_rules,
        numbers=not dry_run,
    )
    telling = told(caller, form, events=run_rules)
    good: list[tuple[int, Prepared]] = []
    for (index, _), one_row in zip(tried, prepared, strict=True):
        if one_row.refused:
            outcomes[index] = one_row.problems
        else:
            good.append((index, one_row))
    new = [(index, one_row) for index, one_row in good if one_row.row.current is None]
    _insert_tolerant(caller, installed, form, new, outcomes, telling, run_rules=run_rules)
    for index, one_row in good:
        record = rows[index][0]
        if record is None or not one_row.submission.changed:
            continue
        try:
            with transaction.atomic():
                write.change(
                    form,
                    changed_row(caller, installed, form, found[record], one_row),
                    telling,
                    kind="updated",
                    action="changed",
                )
        except IntegrityError as error:
            outcomes[index] = as_problems(error, form, one_row.row.body).problems
            continue
        if run_rules:
            follow(caller, installed, form, record, "updated", one_row, later=True)


def _insert_tolerant(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[tuple[int, Prepared]],
    outcomes: list[tuple[Problem, ...]],
    telling: Told,
    *,
    run_rules: bool,
) -> None:
    """All together; where a constraint objects, by halves, so that only the guilty row is left."""
    if not rows:
        return
    try:
        with transaction.atomic():
            written = [new_row(caller, installed, form, one) for _, one in rows]
            ids = write.insert_many(form, written, telling)
    except IntegrityError as error:
        if len(rows) == 1:
            index, one = rows[0]
            outcomes[index] = as_problems(error, form, one.row.body).problems
            return
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            _insert_tolerant(caller, installed, form, half, outcomes, telling, run_rules=run_rules)
        return
    if run_rules:
        for identity, (_, one) in zip(ids, rows, strict=True):
            follow(caller, installed, form, identity, "created", one, later=True)

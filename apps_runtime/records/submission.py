"""From what was sent to what is written: the same way for one record, a batch, an import, a flow.

Rows go through together, so that whatever has to be loaded is loaded once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from apps_runtime.caller import Caller
from apps_runtime.records.before_rules import before
from apps_runtime.records.facts import load
from apps_runtime.records.refusal_texts import as_told
from apps_runtime.releases import Installed
from engines.forms.needs import needs
from engines.forms.plan import FormPlan
from engines.forms.scope import environment
from engines.forms.search import grams, search_text
from engines.forms.submission import Facts, Parsed, Submission, Values
from engines.forms.submit import complete, read_body
from engines.formulas.to_python import Env
from engines.problems import Problem, Problems, has_errors
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Row:
    """One record that somebody sends: ``path`` leads to it in the whole request.

    ``current`` are the stored values and ``system`` the system columns of a record that is
    changed; they are None and empty for a new one. ``writable`` says which fields the sender may
    write (None: the application itself).
    """

    path: str
    body: Mapping[str, JsonValue]
    writable: Mapping[str, bool] | None = None
    current: Values | None = None
    system: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what it would be stored as, all that is wrong with it, and what was loaded."""

    row: Row
    submission: Submission
    problems: tuple[Problem, ...]
    env: Env
    facts: Facts

    @property
    def refused(self) -> bool:
        """Whether it must not be written."""
        return has_errors(self.problems)


def submit(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[Row],
    *,
    run_rules: bool = True,
) -> list[Prepared]:
    """What every row would be stored as. Raises Problems with those of all rows."""
    prepared = tried(caller, installed, form, rows, run_rules=run_rules)
    found = [problem.under(one.row.path) for one in prepared for problem in one.problems]
    if has_errors(found):
        raise Problems(found)
    return prepared


def tried(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[Row],
    *,
    run_rules: bool = True,
    numbers: bool = True,
) -> list[Prepared]:
    """The same without raising. ``numbers`` off takes no serial numbers (a dry run)."""
    now = timezone.now()
    parsed = [
        read_body(form, row.body, writable=row.writable, partial=row.current is not None)
        for row in rows
    ]
    envs = [_env(caller, form, row, now) for row in rows]
    facts = _facts(caller, installed, form, rows, parsed, envs, numbers=numbers)
    prepared = []
    for one, row, env, fact in zip(parsed, rows, envs, facts, strict=True):
        submission = complete(form, one, row.current, env, fact)
        prepared.append(Prepared(row, submission, submission.problems, env, fact))
    if run_rules and _has_before_rules(installed, form):
        return [
            _before(caller, installed, form, each, one)
            for each, one in zip(prepared, parsed, strict=True)
        ]
    return prepared


def _env(caller: Caller, form: FormPlan, row: Row, now: datetime) -> Env:
    return Env(
        values=dict(row.system),  # type: ignore[arg-type]
        now=now,
        zone=form.zone,
        actor=caller.actor,
        old={**row.system, **(row.current or {})},  # type: ignore[dict-item]
    )


def _facts(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    rows: Sequence[Row],
    parsed: Sequence[Parsed],
    envs: Sequence[Env],
    *,
    numbers: bool,
) -> list[Facts]:
    wanted = [
        # A row that is already refused takes no number.
        needs(form, one, row.current, env, numbers=numbers and not has_errors(one.problems))
        for one, row, env in zip(parsed, rows, envs, strict=True)
    ]
    return load(caller, installed, form, wanted)


def _has_before_rules(installed: Installed, form: FormPlan) -> bool:
    return any(
        rule.form == form.key and rule.phase == "before" for rule in installed.plan.rules.values()
    )


def _before(
    caller: Caller, installed: Installed, form: FormPlan, prepared: Prepared, parsed: Parsed
) -> Prepared:
    """Rules that speak before a record is written: they set values or refuse."""
    if prepared.refused:
        return prepared
    row, submission = prepared.row, prepared.submission
    values, problems = before(
        installed,
        form.key,
        "created" if row.current is None else "updated",
        submission.values,
        row.current,
        environment(form, submission.values, prepared.env, prepared.facts),
    )
    problems = as_told(
        problems, caller, installed, form, row, known={**submission.values, **values}
    )
    facts = prepared.facts
    set_by_rule = {key: each for key, each in values.items() if each != submission.values[key]}
    if set_by_rule:
        changed = parsed.with_values(set_by_rule)
        # What a rule points to need not be visible to the caller: rules act as the application.
        more = load(
            replace(caller, everything=True),
            installed,
            form,
            [needs(form, changed, row.current, prepared.env, numbers=False)],
        )[0]
        facts = replace(
            more,
            serials=facts.serials,
            found=(more.found or frozenset()) | (facts.found or frozenset()),
        )
        submission = complete(form, changed, row.current, prepared.env, facts)
    return Prepared(row, submission, (*submission.problems, *problems), prepared.env, facts)


def columns(form: FormPlan, submission: Submission, *, only_changed: bool) -> dict[str, object]:
    """The field columns to write, as parameters, the search column among them."""
    keys = submission.changed if only_changed else [each.key for each in form.stored]
    found: dict[str, object] = {
        key: form.by_key[key].type.to_row(submission.values[key]) for key in keys
    }
    if not only_changed or any(each.key in submission.changed for each in form.searchable):
        found["grams"] = grams(search_text(form, submission.values))
    return found


def changes(
    form: FormPlan, submission: Submission, current: Values | None
) -> dict[str, tuple[JsonValue, JsonValue]]:
    """What the history keeps: (before, after) of every field that differs, in the form's order."""
    before = current or {}
    return {
        each.key: (
            each.present(before.get(each.key)),
            each.present(submission.values[each.key]),
        )
        for each in form.stored
        if each.key in submission.changed
    }


def stays(form: FormPlan, submission: Submission) -> dict[str, str | None]:
    """The choice fields whose value is a new one: a stay begins (or, for None, only ends)."""
    return {
        key: value if isinstance(value := submission.values[key], str) else None
        for key in form.history_fields
        if key in submission.changed
    }

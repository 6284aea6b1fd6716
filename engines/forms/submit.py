"""One submission of a form, the same for people, programs, imports and flows.

``read_body`` parses what was sent, ``needs`` (of the module of that name) says what must be loaded,
``complete`` fills in defaults, checks everything and works out what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping

from engines.forms import serials
from engines.forms.behaviour import outcome
from engines.forms.demands import checks, locked, required
from engines.forms.field import FieldPlan
from engines.forms.field_type import FieldValue, InvalidValue, Named
from engines.forms.plan import FormPlan
from engines.forms.scope import Scope, compute, for_fields, local_day, scope_of
from engines.forms.submission import Facts, Parsed, Submission, Values
from engines.forms.system_fields import SYSTEM_COLUMNS
from engines.formulas.to_python import Env, evaluate
from engines.problems import Problem, pointer, problem
from engines.values import JsonValue


def read_body(
    plan: FormPlan,
    body: Mapping[str, JsonValue],
    *,
    writable: Mapping[str, bool] | None = None,
    partial: bool = False,
) -> Parsed:
    """Parse ``body`` once. ``writable`` says which fields this person may write (None: all that
    are not computed; the application itself also writes read-only ones)."""
    values: dict[str, FieldValue] = {}
    problems: list[Problem] = []
    for key, value in body.items():
        field = plan.by_key.get(key)
        if field is None:
            code = "field_not_writable" if key in SYSTEM_COLUMNS else "unknown_field"
            problems.append(problem(pointer(key), code, field=key, form=plan.key))
        elif field.computed or not _may_write(field, writable):
            # A hidden field is answered like an unknown one, so that nobody learns of it.
            hidden = writable is not None and key not in writable
            code = "unknown_field" if hidden else "field_not_writable"
            problems.append(problem(pointer(key), code, field=key, form=plan.key))
        else:
            try:
                values[key] = field.parse(value)
            except InvalidValue as wrong:
                problems.append(problem(pointer(key), wrong.code, **wrong.params))
    return Parsed(values, tuple(problems), frozenset(body), partial, writable is not None)


def _may_write(field: FieldPlan, writable: Mapping[str, bool] | None) -> bool:
    if writable is None:
        return True
    return not field.read_only and writable.get(field.key, False)


def complete(
    plan: FormPlan, parsed: Parsed, current: Values | None, env: Env, facts: Facts | None = None
) -> Submission:
    """Fill in, check and work out. Defaults come first, then hidden fields are set aside, then
    required ones and checks are looked at, then formulas are stored."""
    facts = facts or Facts()
    values: dict[str, FieldValue] = dict.fromkeys(plan.initial)
    if current is None:
        values.update(plan.initial)
    else:
        values.update((key, current[key]) for key in values if key in current)
    problems = [*parsed.problems, *_take(parsed, values, facts)]
    problems += _missing(plan, parsed, values, current, facts)
    wrong = {each.path for each in problems}
    scope = scope_of(plan, values, env, facts)
    if current is None:
        problems += _defaults(plan, parsed, values, scope)
        _number(plan, values, facts, env)
    compute(plan, values, scope)
    behaviour = outcome(plan, scope.env)
    if current is None:
        # What the form hides was never asked for; a default there would be nobody's answer.
        hidden = [key for key in behaviour.hidden if _takes_default(plan, parsed, key)]
        if hidden:
            values |= dict.fromkeys(hidden)
            compute(plan, values, scope)
            behaviour = outcome(plan, scope.env)
    else:
        problems += locked(plan, parsed, values, current, scope.env, behaviour)
    problems += required(plan, parsed, values, behaviour, wrong)
    problems += checks(plan, scope.env)
    for key in values:
        values[key] = for_fields(scope.known.get(key))
    before = current or {}
    changed = frozenset(key for key, value in values.items() if value != before.get(key))
    return Submission(values, changed, tuple(problems), behaviour)


def _take(parsed: Parsed, values: dict[str, FieldValue], facts: Facts) -> list[Problem]:
    """Put what was sent into ``values``, names replaced by ids."""
    problems: list[Problem] = []
    for key, value in parsed.values.items():
        if isinstance(value, Named):
            known = facts.people if value.kind == "person" else facts.departments
            if value.name not in known:
                problems.append(problem(pointer(key), f"unknown_{value.kind}", name=value.name))
                values[key] = None
                continue
            value = known[value.name]
        values[key] = value
    return problems


def _missing(
    plan: FormPlan, parsed: Parsed, values: Values, current: Values | None, facts: Facts
) -> list[Problem]:
    """References to rows that were not found. One that stays what it was is not looked at again:
    its row may be out of the writer's sight."""
    if facts.found is None:
        return []
    found = {(each.field, each.id) for each in facts.found}
    problems = []
    for key, value in parsed.values.items():
        column = plan.by_key[key].column
        if column is None or column.references is None or not isinstance(value, int):
            continue
        stays = current is not None and current.get(key) == value
        if not stays and (key, value) not in found and values.get(key) == value:
            code = _MISSING[column.references]
            problems.append(problem(pointer(key), code, id=value, form=column.form))
    return problems


_MISSING = {
    "form": "linked_record_missing",
    "person": "person_missing",
    "department": "department_missing",
}


def _takes_default(plan: FormPlan, parsed: Parsed, key: str) -> bool:
    field = plan.by_key[key]
    return field.default is not None and key not in parsed.given and field.stored


def _defaults(
    plan: FormPlan, parsed: Parsed, values: dict[str, FieldValue], scope: Scope
) -> list[Problem]:
    """Defaults of the fields that were not sent, in the form's order, each seeing those before."""
    problems = []
    for field in plan.defaulted:
        default = field.default
        if default is None or field.key in parsed.given:
            continue
        if default.names or default.paths:
            compute(plan, values, scope)
        made = evaluate(default, scope.env)
        kept = field.type.restrained(for_fields(made), field.options)
        try:
            if kept is not None and field.column is not None and field.column.references is None:
                kept = field.parse(field.present(kept))
        except InvalidValue as wrong:
            problems.append(problem(pointer(field.key), wrong.code, **wrong.params))
            kept = None
        values[field.key] = kept
    return problems


def _number(plan: FormPlan, values: dict[str, FieldValue], facts: Facts, env: Env) -> None:
    for key, number in facts.serials.items():
        pattern = plan.by_key[key].options["pattern"]
        values[key] = serials.finished(pattern, number, local_day(env))

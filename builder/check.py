"""Checks a draft: is it valid, what would publishing change, what would it do to the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps_runtime import dry_run, releases, texts
from builder import drafts, released
from builder.released import Bodies
from engines.application import (
    ApplicationPlan,
    check_application,
    compile_application,
)
from engines.definitions.compare import Change, compare
from engines.forms.operation import Operation
from engines.problems import Problem, Problems, has_errors, pointer, problem, warning
from engines.texts import text

# Which other definitions may decide whether one of a kind is right.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "application": ("application", "form", "report", "dashboard"),
    "form": ("application", "form"),
    "role": ("application", "form"),
    "report": ("application", "form"),
    "dashboard": ("application", "form", "report"),
    "flow": ("application", "form", "role", "flow", "calendar"),
    "rule": ("application", "form", "role", "flow"),
    "calendar": ("application",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A table operation and how many records it would take a value from."""

    operation: Operation
    rows: int


@dataclass(frozen=True, slots=True)
class Checked:
    """``steps`` are empty while there are errors: nothing can be installed then."""

    old: Bodies
    new: Bodies
    base: int
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    plan: ApplicationPlan | None
    old_plan: ApplicationPlan | None


def problems_of(app: str, found: Bodies) -> tuple[Problem, ...]:
    """Errors and warnings of the definitions together."""
    return check_application(app, found)


def check(app: str) -> Checked:
    """The draft against the release in force; reads records only to count what would be lost."""
    old = released.in_force(app)
    new = drafts.bodies(app)
    problems = list(problems_of(app, new))
    old_plan = releases.plan_of(app, old.number) if old.number else None
    plan = None
    steps: tuple[Step, ...] = ()
    if not has_errors(problems):
        try:
            plan = compile_application(app, new)
        except Problems as error:
            problems += error.problems
    if plan is not None:
        steps = steps_of(app, plan)
        problems += dry_run.failing_records(step.operation for step in steps)
        problems += data_warnings(app, plan, steps)
    return Checked(
        old.bodies,
        new,
        old.number,
        tuple(problems),
        compare(old.bodies, new),
        steps,
        plan,
        old_plan,
    )


def steps_of(app: str, plan: ApplicationPlan) -> tuple[Step, ...]:
    """What leads from the tables there are to those of ``plan``."""
    number = released.in_force(app).number
    old = releases.plan_of(app, number) if number else None
    operations = releases.operations_for(app, old, plan, release=number + 1)
    return tuple(Step(each, dry_run.affected_rows(each)) for each in operations)


def losses(steps: Iterable[Step]) -> tuple[Problem, ...]:
    """A warning for each table or field that holds values and would be put away."""
    return tuple(
        warning(
            pointer("forms", step.operation.form, *_field_path(step.operation)),
            "loses_data",
            form=step.operation.form,
            field=step.operation.field or None,
            rows=step.rows,
        )
        for step in steps
        if step.operation.loses_data and step.rows
    )


def _field_path(operation: Operation) -> tuple[str, ...]:
    return ("fields", operation.field) if operation.field else ()


def data_warnings(app: str, plan: ApplicationPlan, steps: Iterable[Step]) -> tuple[Problem, ...]:
    """What publishing ``plan`` does to the records there are, beyond what stops it."""
    number = released.in_force(app).number
    if not number:
        return ()
    emptied = emptied_fields(plan, steps)
    places = {each.path for each in emptied}
    return (
        *emptied,
        *(each for each in losses(steps) if each.path not in places),
        *dry_run.options_in_use(releases.plan_of(app, number), plan),
    )


def emptied_fields(plan: ApplicationPlan, steps: Iterable[Step]) -> tuple[Problem, ...]:
    """A warning for each field that stays under a new type, but without its values."""
    return dry_run.without_conversion((step.operation for step in steps), plan)


def steps_json(checked: Checked, language: str) -> list[dict[str, Any]]:
    """Each operation as a sentence about forms and fields by their labels."""
    return [
        {
            "operation": step.operation.code,
            "form": step.operation.form,
            "field": step.operation.field or None,
            "loses_data": step.operation.loses_data and step.rows > 0,
            "rows": step.rows,
            "message": texts.message(_sentence(checked, step, language), language),
        }
        for step in checked.steps
    ]


def _sentence(checked: Checked, step: Step, language: str) -> Problem:
    operation = step.operation
    form = ("form", operation.form)
    body = checked.new.get(form) or checked.old.get(form) or {}
    labels: dict[str, object] = {
        "form": text(drafts.label_of(body, operation.form), language, operation.form)
    }
    if operation.field:
        labels["field"] = _field_label(checked, operation, language)
    return problem("", operation.code, **{**operation.params, **labels, "rows": step.rows})


def _field_label(checked: Checked, operation: Operation, language: str) -> str:
    for bodies in (checked.new, checked.old):
        fields = (bodies.get(("form", operation.form)) or {}).get("fields") or {}
        if isinstance(fields, Mapping) and operation.field in fields:
            label = drafts.label_of(fields[operation.field], operation.field)
            return text(label, language, operation.field)
    return operation.field


def summary(checked: Checked, language: str) -> str:
    """One sentence: 「将新建 1 张表、10 个字段。不会丢失数据。」"""
    if not checked.changes:
        return texts.message(problem("", "summary_nothing"), language)
    errors = sum(each.severity == "error" for each in checked.problems)
    if errors:
        return _counted("summary_errors", errors, language)
    codes = [step.operation.code for step in checked.steps]
    made = [step.operation.form for step in checked.steps if step.operation.code == "creates_table"]
    forms = checked.plan.forms if checked.plan is not None else {}
    parts = [
        _counted(code, count, language)
        for code, count in (
            ("summary_tables", len(made)),
            ("summary_its_fields", sum(len(forms[form].fields) for form in made)),
            ("summary_fields", codes.count("adds_column")),
            ("summary_types", codes.count("changes_type")),
            ("summary_fields_gone", codes.count("archives_column")),
            ("summary_tables_gone", codes.count("archives_table")),
        )
        if count
    ]
    rows = sum(step.rows for step in checked.steps if step.operation.loses_data)
    if parts:
        what = ("、" if language == "zh-Hans" else ", ").join(parts)
        first = texts.message(problem("", "summary_will", what=what), language)
    else:
        first = _counted("summary_no_tables", len(checked.changes), language)
    kept = texts.message(problem("", "summary_keeps"), language)
    last = _counted("summary_loses", rows, language) if rows else kept
    return first + ("" if language == "zh-Hans" else " ") + last


def _counted(code: str, count: int, language: str) -> str:
    chosen = f"{code}_one" if count == 1 else code
    return texts.message(problem("", chosen, count=count, rows=count), language)


def problems_at(app: str, kind: str, key: str) -> tuple[Problem, ...]:
    """The draft's problems inside one definition.

    Compiles only what the definition can depend on: this runs with every key that is pressed.
    """
    found = {
        place: body
        for place, body in drafts.bodies(app).items()
        if place == (kind, key) or place[0] in NEEDED[kind]
    }
    inside = f"/{kind}s/{key}"
    return tuple(
        each
        for each in problems_of(app, found)
        if each.path == inside or each.path.startswith(inside + "/")
    )

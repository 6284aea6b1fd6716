"""One submission of a form, the same for people, programs, imports and flows.

``read_body`` parses what was sent, ``needs`` says what must be loaded, ``complete`` fills in
defaults, checks everything and works out what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as member
from datetime import date
from typing import Literal

from engines.forms import serials
from engines.forms.behaviour import Behaviour, outcome
from engines.forms.field import FieldPlan
from engines.forms.field_type import FieldValue, InvalidValue, Named
from engines.forms.moments import zone_of
from engines.forms.plan import FormPlan, Path
from engines.forms.serials import SerialNeed
from engines.forms.system_fields import SYSTEM_COLUMNS
from engines.formulas.to_python import Env, evaluate
from engines.formulas.types import Value
from engines.problems import Problem, pointer, problem
from engines.values import JsonValue

Values = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The typed values that were sent; people and departments perhaps still by name.

    ``given`` are all keys that were sent, also those whose value is not valid. ``guarded``: by
    somebody with rights to fields, whom the form's behaviour binds too.
    """

    values: Values
    problems: tuple[Problem, ...]
    given: frozenset[str]
    partial: bool
    guarded: bool = False

    def with_values(self, values: Values) -> Parsed:
        """With values set by a rule: they may be in fields that the person may not write."""
        return replace(self, values={**self.values, **values}, given=self.given | frozenset(values))


@dataclass(frozen=True, slots=True)
class PathNeed:
    """What lies at ``path`` (straight, first key an own link) is read from record ``id``."""

    path: Path
    form: str
    id: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A row that a written value points to: it must exist, and the writer must see it."""

    field: str
    kind: Literal["form", "person", "department"]
    id: int
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be loaded before `complete`."""

    paths: tuple[PathNeed, ...] = ()
    references: tuple[Reference, ...] = ()
    usernames: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    serials: tuple[SerialNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was loaded: values by straight path, ids by name, the references that exist, numbers."""

    links: Mapping[Path, Value] = member(default_factory=dict)
    people: Mapping[str, int] = member(default_factory=dict)
    departments: Mapping[str, int] = member(default_factory=dict)
    found: frozenset[Reference] | None = None
    """None: nobody looked, the database's foreign keys decide."""
    serials: Mapping[str, int] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """The record as it would be: every stored field, and those that differ from before.

    With problems nothing may be written.
    """

    values: Values
    changed: frozenset[str]
    problems: tuple[Problem, ...]
    behaviour: Behaviour


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


def needs(
    plan: FormPlan,
    parsed: Parsed,
    current: Values | None,
    env: Env,
    *,
    numbers: bool = True,
) -> Needs:
    """What `complete` will ask for. ``current`` are the stored values of the record, None for a new
    one. Serial numbers are asked for new records, unless ``numbers`` is off (a dry run)."""
    values: Values = {**_before(plan, parsed, current, env), **parsed.values}
    names = [each for each in values.values() if isinstance(each, Named)]
    references = tuple(
        Reference(key, field.column.references, value, field.column.form)
        for key, value in parsed.values.items()
        if (field := plan.by_key.get(key)) is not None
        and field.column is not None
        and field.column.references is not None
        and isinstance(value, int)
        and (current is None or current.get(key) != value)
    )
    taken: tuple[SerialNeed, ...] = ()
    if current is None and numbers:
        today = _today(env)
        taken = tuple(
            serials.need(field.key, field.options["pattern"], today)
            for field in plan.fields
            if field.type.key == "serial"
        )
    return Needs(
        paths=path_needs(plan, values, plan.submitted_paths) if plan.submitted_paths else (),
        references=references,
        usernames=frozenset(each.name for each in names if each.kind == "person")
        | plan.named_people,
        departments=frozenset(each.name for each in names if each.kind == "department")
        | plan.named_departments,
        serials=taken,
    )


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
    problems = [*parsed.problems, *_take(plan, parsed, values, current, facts)]
    wrong = {each.path for each in problems}
    scope = _scope(plan, values, env, facts)
    if current is None:
        problems += _defaults(plan, parsed, values, scope)
        _number(plan, values, facts, env)
    _compute(plan, values, scope)
    behaviour = outcome(plan, scope.env)
    if current is None:
        # What the form hides was never asked for; a default there would be nobody's answer.
        hidden = [key for key in behaviour.hidden if _takes_default(plan, parsed, key)]
        if hidden:
            values |= dict.fromkeys(hidden)
            _compute(plan, values, scope)
            behaviour = outcome(plan, scope.env)
    else:
        problems += _locked(plan, parsed, values, current, scope.env, behaviour)
    problems += _required(plan, parsed, values, behaviour, wrong)
    problems += _checks(plan, scope.env)
    for key in values:
        values[key] = _plain(scope.known.get(key))
    before = current or {}
    changed = frozenset(key for key, value in values.items() if value != before.get(key))
    return Submission(values, changed, tuple(problems), behaviour)


def environment(plan: FormPlan, values: Values, env: Env, facts: Facts) -> Env:
    """``env`` with the record's values and everything computed: for rules and conditions."""
    scope = _scope(plan, values, env, facts)
    _compute(plan, values, scope)
    return scope.env


@dataclass(frozen=True, slots=True)
class _Scope:
    """What formulas see while a submission is completed: ``known`` are the values of ``env``."""

    known: dict[str, Value]
    env: Env


def _scope(plan: FormPlan, values: Values, env: Env, facts: Facts) -> _Scope:
    known: dict[str, Value] = dict(env.values)
    known.update((key, _value(each)) for key, each in values.items())
    linked = replace(
        env,
        values=known,
        links=_with_lookups(plan, facts.links),
        people={**env.people, **facts.people},
        departments={**env.departments, **facts.departments},
    )
    return _Scope(known, linked)


def path_needs(plan: FormPlan, values: Values, paths: Iterable[Path]) -> tuple[PathNeed, ...]:
    """Straight ``paths`` as reads from the records that ``values`` link to."""
    found = []
    for path in sorted(set(paths)):
        link = plan.by_key.get(path[0])
        target = link.target if link is not None else None
        value = values.get(path[0])
        if target is not None and isinstance(value, int) and not isinstance(value, bool):
            found.append(PathNeed(path, target, value))
    return tuple(found)


def _before(plan: FormPlan, parsed: Parsed, current: Values | None, env: Env) -> Values:
    """Current values, or for a new record what the defaults give that need nothing loaded."""
    if current is not None:
        return current
    values: dict[str, FieldValue] = {}
    if not plan.submitted_paths:
        return values
    for field in plan.stored:
        default = field.default
        if default is not None and field.key not in parsed.given and not default.paths:
            known = {key: _value(each) for key, each in {**values, **parsed.values}.items()}
            values[field.key] = _plain(evaluate(default, replace(env, values=known)))
    return values


def _take(
    plan: FormPlan,
    parsed: Parsed,
    values: dict[str, FieldValue],
    current: Values | None,
    facts: Facts,
) -> list[Problem]:
    """Put what was sent into ``values``, names replaced by ids. A reference that stays what it was
    is not looked at again: its row may be out of the writer's sight."""
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
    if facts.found is None:
        return problems
    for key, value in parsed.values.items():
        column = plan.by_key[key].column
        if column is None or column.references is None or not isinstance(value, int):
            continue
        if current is not None and current.get(key) == value:
            continue
        seen = any(each.field == key and each.id == value for each in facts.found)
        if not seen and values.get(key) == value:
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
    plan: FormPlan, parsed: Parsed, values: dict[str, FieldValue], scope: _Scope
) -> list[Problem]:
    """Defaults of the fields that were not sent, in the form's order, each seeing those before."""
    problems = []
    for field in plan.defaulted:
        default = field.default
        if default is None or field.key in parsed.given:
            continue
        if default.names or default.paths:
            _compute(plan, values, scope)
        made = evaluate(default, scope.env)
        kept = field.type.restrained(_plain(made), field.options)
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
        values[key] = serials.finished(pattern, number, _today(env))


def _compute(plan: FormPlan, values: Values, scope: _Scope) -> None:
    """Bring all own names up to date: stored values, then formulas in order, and lookups from what
    was loaded."""
    known = scope.known
    for key, value in values.items():
        known[key] = _value(value)
    for key in plan.order:
        field = plan.by_key[key]
        if field.lookup is not None:
            known[key] = scope.env.links.get(field.lookup)
        elif field.formula is not None:
            made = evaluate(field.formula, scope.env)
            known[key] = _value(field.type.restrained(_plain(made), field.options))


def _with_lookups(plan: FormPlan, links: Mapping[Path, Value]) -> Mapping[Path, Value]:
    """Paths as formulas write them: one that begins with a lookup is the straight one's value."""
    if not plan.bent_paths:
        return links
    result = dict(links)
    for path, straight in plan.bent_paths:
        result[path] = links.get(straight)
    return result


def _locked(
    plan: FormPlan,
    parsed: Parsed,
    values: Values,
    current: Values,
    env: Env,
    behaviour: Behaviour,
) -> list[Problem]:
    """Fields that the form locks and a person changed all the same.

    Locked before and after: what is typed before the condition came true, or in the same breath as
    it is lifted, counts.
    """
    touched = [
        key
        for key in sorted(behaviour.read_only & parsed.given)
        if values.get(key) != current.get(key)
    ]
    if not parsed.guarded or not touched:
        return []
    old = {**env.values, **{key: _value(each) for key, each in current.items()}}
    before = outcome(plan, replace(env, values=old)).read_only
    return [problem(pointer(key), "field_locked", field=key) for key in touched if key in before]


def _required(
    plan: FormPlan,
    parsed: Parsed,
    values: Values,
    behaviour: Behaviour,
    wrong: set[str],
) -> list[Problem]:
    """Empty required fields. A change of something else is not stopped by a field that is required
    always, but was not when the record was written; what behaviour requires is asked each time."""
    problems = []
    for field in plan.stored:
        key = field.key
        if values[key] is not None or field.computed or key in behaviour.hidden:
            continue
        asked = field.required and (not parsed.partial or key in parsed.given)
        if (asked or key in behaviour.required) and pointer(key) not in wrong:
            problems.append(problem(pointer(key), "required", field=key))
    return problems


def _checks(plan: FormPlan, env: Env) -> list[Problem]:
    """Only a check that is false fails; an empty one cannot be judged."""
    return [
        problem(pointer(check.at) if check.at else "", "check_failed", message=check.message)
        for check in plan.checks
        if evaluate(check.that, env) is False
    ]


def _today(env: Env) -> date:
    return env.now.astimezone(zone_of(env.zone)).date()


def _plain(value: Value) -> FieldValue:
    return value  # type: ignore[return-value]


def _value(value: object) -> Value:
    return None if isinstance(value, Named) else value  # type: ignore[return-value]

"""What formulas see while a record is worked out: its values, and everything computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from engines.forms.field_type import FieldValue, Named
from engines.forms.moments import zone_of
from engines.forms.plan import FormPlan, Path
from engines.forms.submission import Facts, Values
from engines.formulas.to_python import Env, evaluate
from engines.formulas.types import Value


@dataclass(frozen=True, slots=True)
class Scope:
    """What formulas see while a submission is completed: ``known`` are the values of ``env``."""

    known: dict[str, Value]
    env: Env


def scope_of(plan: FormPlan, values: Values, env: Env, facts: Facts) -> Scope:
    """``env`` with the given values, what was loaded, and nothing computed yet."""
    known: dict[str, Value] = dict(env.values)
    known.update((key, for_formulas(each)) for key, each in values.items())
    linked = replace(
        env,
        values=known,
        links=_with_lookups(plan, facts.links),
        people={**env.people, **facts.people},
        departments={**env.departments, **facts.departments},
    )
    return Scope(known, linked)


def environment(plan: FormPlan, values: Values, env: Env, facts: Facts) -> Env:
    """``env`` with the record's values and everything computed: for rules and conditions."""
    scope = scope_of(plan, values, env, facts)
    compute(plan, values, scope)
    return scope.env


def compute(plan: FormPlan, values: Values, scope: Scope) -> None:
    """Bring all own names up to date: stored values, then formulas in order, and lookups from what
    was loaded."""
    known = scope.known
    for key, value in values.items():
        known[key] = for_formulas(value)
    for key in plan.order:
        field = plan.by_key[key]
        if field.lookup is not None:
            known[key] = scope.env.links.get(field.lookup)
        elif field.formula is not None:
            made = evaluate(field.formula, scope.env)
            known[key] = for_formulas(field.type.restrained(for_fields(made), field.options))


def _with_lookups(plan: FormPlan, links: Mapping[Path, Value]) -> Mapping[Path, Value]:
    """Paths as formulas write them: one that begins with a lookup is the straight one's value."""
    if not plan.bent_paths:
        return links
    result = dict(links)
    for path, straight in plan.bent_paths:
        result[path] = links.get(straight)
    return result


def local_day(env: Env) -> date:
    """Today, where the application is."""
    return env.now.astimezone(zone_of(env.zone)).date()


def for_fields(value: Value) -> FieldValue:
    """What a formula gave, as a field keeps it: the same value, seen as the other type."""
    return value  # type: ignore[return-value]


def for_formulas(value: object) -> Value:
    """A field's value as formulas see it; one that is still only a name is empty."""
    return None if isinstance(value, Named) else value  # type: ignore[return-value]

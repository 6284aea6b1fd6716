"""What a form demands of its record: nothing locked changed, nothing required empty, no check
false."""

from __future__ import annotations

from dataclasses import replace

from engines.forms.behaviour import Behaviour, outcome
from engines.forms.plan import FormPlan
from engines.forms.scope import for_formulas
from engines.forms.submission import Parsed, Values
from engines.formulas.to_python import Env, evaluate
from engines.problems import Problem, pointer, problem


def locked(
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
    old = {**env.values, **{key: for_formulas(each) for key, each in current.items()}}
    before = outcome(plan, replace(env, values=old)).read_only
    return [problem(pointer(key), "field_locked", field=key) for key in touched if key in before]


def required(
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


def checks(plan: FormPlan, env: Env) -> list[Problem]:
    """Only a check that is false fails; an empty one cannot be judged."""
    return [
        problem(pointer(check.at) if check.at else "", "check_failed", message=check.message)
        for check in plan.checks
        if evaluate(check.that, env) is False
    ]

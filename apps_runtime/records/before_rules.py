"""Rules that speak before a record is written: they set values or refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps_runtime.answers import answered, calendars
from apps_runtime.caller import Caller
from apps_runtime.records.env import names_of
from apps_runtime.records.facts import load
from apps_runtime.releases import Installed
from engines.actions.people import Facts
from engines.forms.field_type import InvalidValue
from engines.forms.needs import path_needs
from engines.forms.plan import FormPlan, Path
from engines.forms.submission import Needs
from engines.formulas.to_python import Env
from engines.problems import Problem, pointer, problem
from engines.rules.compile import RulePlan
from engines.rules.evaluate import evaluate
from engines.rules.trigger import Happening


def before(
    installed: Installed,
    form: str,
    kind: str,
    values: Mapping[str, Any],
    old: Mapping[str, Any] | None,
    env: Env,
) -> tuple[dict[str, Any], list[Problem]]:
    """What rules of the phase ``before`` set (typed values) and what they refuse.

    In the order of the definitions; each sees what those before it have set.
    """
    plan = installed.plan
    target = plan.forms[form]
    changed = frozenset(
        key for key, value in values.items() if old is None or old.get(key) != value
    )
    happening = Happening(kind, changed)
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for rule in plan.rules.values():
        if rule.form != form or not rule.concerns(happening, "before"):
            continue
        first: int | None = 0
        while first is not None:
            seen = replace(
                env,
                values={**env.values, **found},
                old=dict(old or {}),
                links={**env.links, **_links(installed, target, rule, {**values, **found})},
            )
            facts = _facts(installed, rule, seen, env.actor.id)
            outcome = evaluate(rule, happening, facts, seen, starter=env.actor.id, first=first)
            problems.extend(outcome.problems)
            for key, value in outcome.values.items():
                try:
                    found[key] = target.by_key[key].parse(value)
                except InvalidValue as wrong:
                    problems.append(problem(pointer(key), wrong.code, **wrong.params))
            first = outcome.go_on
    return found, problems


def _links(
    installed: Installed, form: FormPlan, rule: RulePlan, values: Mapping[str, Any]
) -> Mapping[Path, Any]:
    """What the rule reads through links, as the application; nothing is asked without links."""
    wanted = path_needs(form, values, {form.straight(path) for path in rule.paths})
    if not wanted:
        return {}
    caller = Caller.application(installed.app)
    (facts,) = load(caller, installed, form, [Needs(paths=wanted)])
    return {path: facts.links.get(form.straight(path)) for path in rule.paths}


def _facts(installed: Installed, rule: RulePlan, env: Env, starter: int | None) -> Facts:
    needs = rule.needs(env, starter)
    return Facts(
        people=answered(installed.app, needs.people),
        names=names_of(installed, rule.form, env, needs.names),
        calendars=calendars(installed, needs.calendars),
    )

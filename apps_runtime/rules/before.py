"""Rules that speak before a record is written: they set values or refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps_runtime.answers import answered
from engines.actions.people import Facts
from engines.application import ApplicationPlan
from engines.formulas.to_python import Env
from engines.problems import Problem
from engines.rules.compile import RulePlan
from engines.rules.evaluate import evaluate
from engines.rules.trigger import Happening


def before(
    plan: ApplicationPlan,
    form: str,
    kind: str,
    values: Mapping[str, Any],
    old: Mapping[str, Any] | None,
    env: Env,
) -> tuple[dict[str, Any], list[Problem]]:
    """What rules of the phase ``before`` set (typed values) and what they refuse.

    In the order of the definitions; each sees what those before it have set.
    """
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
        seen = replace(env, values={**env.values, **found}, old=dict(old or {}))
        facts = _facts(plan, rule, seen, env.actor.id)
        outcome = evaluate(rule, happening, facts, seen, starter=env.actor.id)
        problems.extend(outcome.problems)
        for key, value in outcome.values.items():
            found[key] = target.by_key[key].parse(value)
    return found, problems


def _facts(plan: ApplicationPlan, rule: RulePlan, env: Env, starter: int | None) -> Facts:
    needs = rule.needs(env, starter)
    return Facts(
        people=answered(plan.key, needs.people),
        names={},
        calendars={key: plan.calendars[key] for key in needs.calendars},
    )

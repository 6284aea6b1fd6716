"""One rule, one event: is it met, why, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.actions.action import Cause
from engines.actions.do import perform
from engines.actions.effect import Effect
from engines.actions.people import Facts
from engines.formulas.to_python import Env, is_met
from engines.problems import Problem, pointer
from engines.rules.clauses import Explained, explain
from engines.rules.compile import RulePlan
from engines.rules.trigger import Happening
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Outcome:
    """``values`` (JSON) are for merging into the record and ``problems`` stop it: phase before."""

    met: bool
    effects: tuple[Effect, ...] = ()
    explanation: tuple[Explained, ...] = ()
    values: Mapping[str, JsonValue] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def evaluate(
    plan: RulePlan,
    happening: Happening,
    facts: Facts,
    env: Env,
    *,
    key: str = "",
    starter: int | None = None,
) -> Outcome:
    """The outcome for the record in ``env``; ``env.old`` holds the values before a change.

    ``key`` begins the effect keys (the runtime gives event and rule, so that a repeat finds the
    same ones); ``starter`` is the person whose change set the rule off.
    """
    explanation = explain(plan.clauses, env)
    met = plan.trigger.met(plan.when, env, happening)
    if met is None:
        met = plan.when is None or is_met(plan.when, env)
    if not met:
        return Outcome(False, explanation=explanation)
    cause = Cause(plan.key, key or plan.key, starter)
    effects = perform(plan.actions, env, facts, cause)
    if plan.phase == "after":
        return Outcome(True, effects, explanation)
    values: dict[str, JsonValue] = {}
    problems: list[Problem] = []
    for effect in effects:
        payload: Mapping[str, Any] = effect.payload
        if effect.kind == "set_values":
            values.update(payload["values"])
        elif effect.kind == "refuse":
            path = pointer(payload["field"]) if payload["field"] else ""
            params = {"rule": plan.key, "text": payload["text"]}
            problems.append(Problem(path, "refused_by_rule", params))
    return Outcome(True, (), explanation, values, tuple(problems))

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
    """``values`` (JSON) are for merging into the record and ``problems`` stop it: phase before.

    The ``text`` of a refusal is in parts (``engines.actions.template.told``): whoever shows it
    leaves out what its reader may not see.

    ``go_on`` is the action that waits until the record has been read with what was done so far.
    """

    met: bool
    effects: tuple[Effect, ...] = ()
    explanation: tuple[Explained, ...] = ()
    values: Mapping[str, JsonValue] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    go_on: int | None = None


def evaluate(
    plan: RulePlan,
    happening: Happening,
    facts: Facts,
    env: Env,
    *,
    key: str = "",
    starter: int | None = None,
    first: int = 0,
) -> Outcome:
    """The outcome for the record in ``env``; ``env.old`` holds the values before a change.

    ``key`` begins the effect keys (the runtime gives event and rule, so that a repeat finds the
    same ones); ``starter`` is the person whose change set the rule off. ``first`` goes on with the
    action that an outcome before named; the condition is not asked again.
    """
    explanation: tuple[Explained, ...] = ()
    if not first:
        explanation = explain(plan.clauses, env)
        if not _is_met(plan, happening, env):
            return Outcome(False, explanation=explanation)
    cause = Cause(plan.key, key or plan.key, starter)
    effects, go_on = perform(plan.actions, env, facts, cause, first=first)
    if plan.phase == "after":
        return Outcome(True, effects, explanation, go_on=go_on)
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
    return Outcome(True, (), explanation, values, tuple(problems), go_on)


def _is_met(plan: RulePlan, happening: Happening, env: Env) -> bool:
    met = plan.trigger.met(plan.when, env, happening)
    if met is None:
        return plan.when is None or is_met(plan.when, env)
    return met

"""A rule definition into a plan: the trigger, the condition and the actions, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engines.actions import ACTIONS
from engines.actions.action import ActionPlan
from engines.actions.do import compile_actions
from engines.actions.people import Needs
from engines.actions.reading import Reading, scope_of
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.formulas.types import BOOLEAN
from engines.problems import Problem, Problems, has_errors, pointer, refuse
from engines.rules.clauses import Clause, clauses
from engines.rules.trigger import Happening, Phase, Trigger
from engines.rules.triggers import TRIGGERS
from engines.texts import Text


@dataclass(frozen=True, slots=True)
class RulePlan:
    """A compiled rule; ``paths`` are the link paths the runtime loads into ``env.links``."""

    key: str
    label: Text
    form: str
    active: bool
    trigger: Trigger
    options: object
    phase: Phase
    when: Formula | None
    clauses: tuple[Clause, ...]
    actions: tuple[ActionPlan, ...]
    paths: frozenset[tuple[str, ...]]
    warnings: tuple[Problem, ...] = ()

    def concerns(self, happening: Happening, phase: Phase) -> bool:
        """True when the event and phase are this rule's."""
        return (
            self.active and self.phase == phase and self.trigger.concerns(self.options, happening)
        )

    def needs(self, env: Env, starter: int | None) -> Needs:
        """People and names its actions ask for."""
        found = Needs()
        for action in self.actions:
            found |= action.needs(env, starter)
        return found

    def next_after(self, moment: datetime, zone: str) -> datetime | None:
        """The next moment of a rule that runs by the clock."""
        return self.trigger.next_after(self.options, moment, zone)


def compile_rule(
    body: Mapping[str, Any],
    forms: Mapping[str, FormPlan],
    *,
    roles: frozenset[str] | None = None,
    flows: Mapping[str, str] | None = None,
) -> RulePlan:
    """The plan of a definition that fits its schema. Raises Problems with all that is wrong."""
    form = forms.get(str(body["form"]))
    if form is None:
        raise refuse("/form", "no_such_form", form=body["form"])
    trigger = TRIGGERS.get(str(body["on"].get("event")))
    if trigger is None:
        raise refuse("/on/event", "no_such_trigger", event=str(body["on"].get("event")))
    scope = scope_of(form, forms, old=trigger.old)
    reading = Reading(form, forms, scope, roles=roles, flows=flows)
    phase: Phase = body.get("phase", "after")
    if phase not in trigger.phases:
        reading.problem("/phase", "phase_not_here", event=trigger.key, phase=phase)
    options = trigger.compile(body["on"], reading.at("/on"))
    text = body.get("when")
    when = None if text is None else reading.formula(str(text), "/when", BOOLEAN)
    if when is None and text is None and trigger.key == "becomes_true":
        reading.problem("/when", "condition_needed")
    parts = () if when is None else clauses(when, scope)
    actions = compile_actions(body["do"], reading, "/do", place=phase)
    for index, entry in enumerate(body["do"]):
        kind = ACTIONS.get(str(entry.get("action")))
        if trigger.key == "deleted" and kind is not None and kind.changes_record:
            at = pointer("do", index, "action")
            reading.problem(at, "action_not_here", action=kind.key, place="deleted")
    if has_errors(reading.problems):
        raise Problems(reading.problems)
    paths = frozenset(when.paths if when is not None else ())
    return RulePlan(
        key=str(body["key"]),
        label=body["label"],
        form=form.key,
        active=bool(body.get("active", True)),
        trigger=trigger,
        options=options,
        phase=phase,
        when=when,
        clauses=parts,
        actions=actions,
        paths=paths.union(*(action.paths for action in actions)),
        warnings=tuple(reading.problems),
    )

"""A ``do`` list: its schema, its compilation, and its effects in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engines.actions import ACTIONS
from engines.actions.action import ActionPlan, Cause, Place
from engines.actions.effect import Effect
from engines.actions.people import Facts
from engines.actions.reading import Reading
from engines.definitions.parts import one_of
from engines.formulas.to_python import Env
from engines.problems import pointer

MOST = 50


def do_schema(place: Place | None = None) -> dict[str, Any]:
    """JSON Schema of a ``do`` list; with ``place`` only the actions that fit there.

    An empty list is a draft to be finished, so the schema takes it and compiling names the problem.
    """
    return {
        "type": "array",
        "maxItems": MOST,
        "items": one_of(
            {
                action.key: action.options_schema
                for action in ACTIONS
                if place is None or place in action.places
            },
            by="action",
        ),
    }


def compile_actions(
    entries: Sequence[Mapping[str, Any]], reading: Reading, path: str, *, place: Place
) -> tuple[ActionPlan, ...]:
    """The actions of a ``do`` list, checked; problems go to ``reading`` below ``path``."""
    if not entries:
        reading.problem(path, "no_actions")
    found: list[ActionPlan] = []
    for index, entry in enumerate(entries):
        at = reading.at(path + pointer(index))
        action = ACTIONS.get(str(entry.get("action")))
        if action is None:
            at.problem("/action", "no_such_action", action=str(entry.get("action")))
        elif place not in action.places:
            at.problem("/action", "action_not_here", action=action.key, place=place)
        else:
            found.append(ActionPlan(action, action.compile(entry, at)))
    return tuple(found)


def perform(
    actions: Sequence[ActionPlan], env: Env, facts: Facts, cause: Cause, *, first: int = 0
) -> tuple[tuple[Effect, ...], int | None]:
    """The effects of the actions from number ``first`` on, and the number to go on with, if any.

    Every action sees what those before it did: after one that changes the record the caller
    performs the effects, reads the record again and goes on. Keys end with the action's number.
    """
    found: list[Effect] = []
    for index in range(first, len(actions)):
        plan = actions[index]
        each = Cause(f"{cause.name}.{index}", f"{cause.key}.{index}", cause.starter)
        effects = plan.effects(env, facts, each)
        found.extend(effects)
        if effects and plan.action.changes_record and index + 1 < len(actions):
            return tuple(found), index + 1
    return tuple(found), None

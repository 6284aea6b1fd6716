"""What a form shows, hides, requires and locks for the values at hand."""

from __future__ import annotations

from dataclasses import dataclass

from engines.forms.plan import FormPlan
from engines.formulas.to_python import Env, is_met


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Keys of fields; whatever is in none of the sets is as the form says."""

    shown: frozenset[str]
    hidden: frozenset[str]
    required: frozenset[str]
    read_only: frozenset[str]


def outcome(plan: FormPlan, env: Env) -> Behaviour:
    """The behaviour for ``env``.

    A field named in any ``show`` is hidden until a rule that shows it is met; ``hide`` is
    stronger. A hidden field is never required.
    """
    shown: set[str] = set()
    hidden: set[str] = set()
    required: set[str] = set()
    read_only: set[str] = set()
    waiting: set[str] = set()
    for rule in plan.behaviour:
        waiting.update(rule.show)
        if is_met(rule.when, env):
            shown.update(rule.show)
            hidden.update(rule.hide)
            required.update(rule.require)
            read_only.update(rule.read_only)
    hidden |= waiting - shown
    return Behaviour(
        frozenset(shown - hidden),
        frozenset(hidden),
        frozenset(required - hidden),
        frozenset(read_only),
    )

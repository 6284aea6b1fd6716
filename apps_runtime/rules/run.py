"""One rule for one record: evaluate, perform, and keep what happened and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from apps_runtime.answers import answered, calendars
from apps_runtime.caller import Through
from apps_runtime.effects import Situation, perform
from apps_runtime.records.env import names_of, record_env, typed
from apps_runtime.releases import Installed
from engines.actions.people import Facts
from engines.problems import Problems
from engines.rules.compile import RulePlan
from engines.rules.evaluate import Outcome, evaluate
from engines.rules.rule import CHAIN_LIMIT
from engines.rules.trigger import Happening
from engines.values import JsonValue

LOG = """
INSERT INTO mortise_rule_run
  (app, rule, cause, event, form, record, met, effects, explanation, error, depth, chain)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (app, rule, cause, record) DO NOTHING
"""


def run(
    installed: Installed,
    rule: RulePlan,
    happening: Happening,
    *,
    record: int,
    cause: str,
    now: datetime,
    event: int | None = None,
    person: int | None = None,
    old: Mapping[str, JsonValue] | None = None,
    new: Mapping[str, JsonValue] | None = None,
    chain: UUID | None = None,
    depth: int = 0,
) -> bool:
    """Evaluate one rule for one record and perform what it asks; True when it was met.

    ``old`` and ``new`` are the values before and after the change, as the history keeps them.
    A rule whose own effects are refused by a check of the form tells so in its log and does not
    hold up the others.
    """
    if depth >= CHAIN_LIMIT:
        _note(
            installed.app,
            rule,
            cause,
            record,
            met=True,
            event=event,
            error="cascade_too_deep",
            chain=chain,
            depth=depth,
        )
        return False
    form = installed.plan.forms[rule.form]
    written = typed(form, new)
    if happening.kind == "created":
        # An event tells what was given; what it leaves out was empty, whatever has filled it since.
        written = {**form.initial, **written}
    happening = replace(happening, written=written)

    def asked(first: int) -> Outcome | None:
        """The rule's answer from action ``first`` on, for the record as it is now."""
        env = record_env(
            installed,
            rule.form,
            record,
            paths=rule.paths,
            now=now,
            person=person,
            old=old,
            deleted=happening.kind == "deleted",
        )
        if env is None:
            return None
        needs = rule.needs(env, person)
        facts = Facts(
            people=answered(installed.app, needs.people),
            names=names_of(installed, rule.form, env, needs.names),
            calendars=calendars(installed, needs.calendars),
        )
        key = f"rule:{installed.app}.{rule.key}:{cause}"
        return evaluate(rule, happening, facts, env, key=key, starter=person, first=first)

    outcome = asked(0)
    if outcome is None:
        return False
    situation = Situation(
        installed=installed,
        form=rule.form,
        record=record,
        through=Through("rule", rule.key),
        now=now,
        person=person,
        chain=chain,
        depth=depth,
    )
    effects, error = _performed(outcome, asked, situation)
    _note(
        installed.app,
        rule,
        cause,
        record,
        met=outcome.met,
        event=event,
        effects=effects,
        explanation=[each.to_json() for each in outcome.explanation],
        error=error,
        chain=chain,
        depth=depth,
    )
    return outcome.met


def _performed(
    outcome: Outcome, asked: Callable[[int], Outcome | None], situation: Situation
) -> tuple[list[dict[str, Any]], str]:
    if not outcome.effects:
        return [], ""
    done: list[dict[str, Any]] = []
    try:
        with transaction.atomic():
            current: Outcome | None = outcome
            while current is not None:
                done += perform(current.effects, situation)
                current = asked(current.go_on) if current.go_on is not None else None
            return done, ""
    except Problems as found:
        return [], "; ".join(f"{each.path or '/'} {each.code}" for each in found.problems)[:2000]


def _note(
    app: str,
    rule: RulePlan,
    cause: str,
    record: int | None,
    *,
    met: bool,
    event: int | None = None,
    effects: Iterable[Mapping[str, Any]] = (),
    explanation: Iterable[Mapping[str, Any]] = (),
    error: str = "",
    chain: UUID | None = None,
    depth: int = 0,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            LOG,
            [
                app,
                rule.key,
                cause,
                event,
                rule.form,
                record,
                met,
                json.dumps(list(effects), default=str),
                json.dumps(list(explanation), default=str),
                error,
                depth,
                chain,
            ],
        )

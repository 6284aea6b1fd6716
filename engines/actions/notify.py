"""Tells people something in the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.action import Action, Cause
from engines.actions.assignee import People
from engines.actions.assignees import all_queries, compile_people, people_schema
from engines.actions.effect import Effect
from engines.actions.people import Facts, Needs, answers
from engines.actions.reading import Reading
from engines.actions.template import Template, compile_template, template_schema, told
from engines.forms.options import closed, option
from engines.formulas.to_python import Env
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told what."""

    to: tuple[People, ...]
    text: Template


class Notify(Action):
    """Nobody to tell: nothing is sent. What the text reads is told apart in the effect: each
    person is told what his roles show him."""

    key = "notify"
    label = {"zh-Hans": "发送通知", "en": "Notify people"}
    order = 40
    places = frozenset({"after", "flow"})
    options_schema = closed(
        {
            "to": option(
                {"type": "array", "maxItems": 30, "items": people_schema()},
                "通知谁",
                "To whom",
                order=1,
                widget="people",
            ),
            "text": template_schema("内容", "Text", order=2),
        },
        ("to", "text"),
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Notice:
        return Notice(
            compile_people(options["to"], reading, "/to"),
            compile_template(options["text"], reading, "/text"),
        )

    def paths(self, compiled: Notice) -> frozenset[tuple[str, ...]]:
        return compiled.text.paths.union(*(people.paths for people in compiled.to))

    def needs(self, compiled: Notice, env: Env, starter: int | None) -> Needs:
        return Needs(frozenset(all_queries(compiled.to, env, starter)), compiled.text.names)

    def effects(self, compiled: Notice, env: Env, facts: Facts, cause: Cause) -> tuple[Effect, ...]:
        people = answers(all_queries(compiled.to, env, cause.starter), facts)
        if not people:
            return ()
        payload: dict[str, JsonValue] = {
            "people": list(people),
            "text": told(compiled.text, env, facts.names),
        }
        return (Effect("notify", cause.key, payload),)

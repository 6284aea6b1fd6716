"""Refuses to save the record, with a sentence for the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.action import Action, Cause
from engines.actions.effect import Effect
from engines.actions.people import Facts, Needs
from engines.actions.reading import Reading
from engines.actions.template import Template, compile_template, template_schema, told
from engines.forms.options import closed, option
from engines.formulas.to_python import Env


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sentence, and the field it stands at."""

    text: Template
    field: str | None


class Refuse(Action):
    """Only before saving: afterwards there is nothing left to refuse."""

    key = "refuse"
    label = {"zh-Hans": "阻止保存", "en": "Refuse to save"}
    order = 60
    places = frozenset({"before"})
    options_schema = closed(
        {
            "text": template_schema("提示", "Message", order=1),
            "field": option(
                {"type": "string"}, "提示在字段旁", "At the field", order=2, widget="field"
            ),
        },
        ("text",),
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Refusal:
        field = options.get("field")
        if field is not None and field not in reading.form.by_key:
            reading.problem("/field", "no_such_field", field=field)
        return Refusal(compile_template(options["text"], reading, "/text"), field)

    def paths(self, compiled: Refusal) -> frozenset[tuple[str, ...]]:
        return compiled.text.paths

    def needs(self, compiled: Refusal, env: Env, starter: int | None) -> Needs:
        return Needs(names=compiled.text.names)

    def effects(
        self, compiled: Refusal, env: Env, facts: Facts, cause: Cause
    ) -> tuple[Effect, ...]:
        text = told(compiled.text, env, facts.names)
        return (Effect("refuse", cause.key, {"text": text, "field": compiled.field}),)

"""Gives the record to one of several people: in turn, to the least loaded, or to the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engines.actions.action import Action, Cause
from engines.actions.assignee import People
from engines.actions.assignees import all_queries, compile_people, people_schema
from engines.actions.effect import Effect
from engines.actions.people import Facts, Needs, answers
from engines.actions.reading import Reading
from engines.forms.options import closed, option
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.formulas.types import BOOLEAN


@dataclass(frozen=True, slots=True)
class Allotment:
    """``open_when`` says which records count as somebody's load."""

    field: str
    method: Literal["round_robin", "least_open", "fixed"]
    among: tuple[People, ...]
    open_when: Formula | None
    only_empty: bool


class Assign(Action):
    """The engine names the candidates; the runtime picks under a lock, so that turns are exact."""

    key = "assign"
    label = {"zh-Hans": "分配负责人", "en": "Assign to somebody"}
    order = 20
    places = frozenset({"after", "flow"})
    changes_record = True
    options_schema = closed(
        {
            "field": option(
                {"type": "string"},
                "写入字段",
                "Into the field",
                order=1,
                widget="field",
                types=["person"],
            ),
            "method": option(
                {"enum": ["round_robin", "least_open", "fixed"], "default": "round_robin"},
                "分配方式",
                "How",
                order=2,
                widget="choice",
                labels={
                    "round_robin": {"zh-Hans": "轮流分配", "en": "In turn"},
                    "least_open": {"zh-Hans": "分给手上最少的人", "en": "To who has the fewest"},
                    "fixed": {"zh-Hans": "分给第一人", "en": "To the first of them"},
                },
            ),
            "among": option(
                {
                    "type": "array",
                    "maxItems": 30,
                    "items": people_schema(),
                    "default": [{"type": "department"}],
                },
                "在这些人中",
                "Among",
                order=3,
                widget="people",
            ),
            "open_when": option(
                {"type": "string", "minLength": 1, "maxLength": 2000},
                "哪些记录算在手上",
                "Which records count",
                order=4,
                group="more",
                widget="condition",
                when={"method": ["least_open"]},
            ),
            "only_empty": option(
                {"type": "boolean", "default": False},
                "已有负责人时不改",
                "Leave it where somebody is set",
                order=5,
                group="more",
                widget="boolean",
            ),
        },
        ("field", "among"),
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Allotment:
        key = str(options["field"])
        field = reading.form.by_key.get(key)
        if field is None:
            reading.problem("/field", "no_such_field", field=key)
        elif field.value_type.name != "person" or field.computed:
            reading.problem("/field", "not_a_person_field", field=key)
        text = options.get("open_when")
        return Allotment(
            key,
            options.get("method", "round_robin"),
            compile_people(options["among"], reading, "/among"),
            None if text is None else reading.formula(str(text), "/open_when", BOOLEAN),
            bool(options.get("only_empty", False)),
        )

    def paths(self, compiled: Allotment) -> frozenset[tuple[str, ...]]:
        return frozenset().union(*(people.paths for people in compiled.among))

    def needs(self, compiled: Allotment, env: Env, starter: int | None) -> Needs:
        return Needs(frozenset(all_queries(compiled.among, env, starter)))

    def effects(
        self, compiled: Allotment, env: Env, facts: Facts, cause: Cause
    ) -> tuple[Effect, ...]:
        people = answers(all_queries(compiled.among, env, cause.starter), facts)
        payload = {
            "field": compiled.field,
            "method": compiled.method,
            "people": list(people),
            "pointer": cause.name,
            "open_when": compiled.open_when.text if compiled.open_when else None,
            "only_empty": compiled.only_empty,
        }
        return (Effect("assign", cause.key, payload),)

"""The one who started the flow, or caused the rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.to_python import Env


class Starter(Assignee):
    """For a rule: the person whose change set it off."""

    key = "starter"
    label = {"zh-Hans": "发起人", "en": "The one who started"}
    order = 70
    options_schema = {"type": "object", "additionalProperties": False, "properties": {}}

    def compile(self, options: Mapping[str, Any], reading: Reading) -> None:
        return None

    def queries(self, compiled: None, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        return () if starter is None else (PeopleQuery("person", person=starter),)

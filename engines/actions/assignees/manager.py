"""The superior in the reporting line, some levels up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.of import LEVEL_SCHEMA, OF_SCHEMA, Whose, read_whose
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.forms.options import closed
from engines.formulas.to_python import Env


@dataclass(frozen=True, slots=True)
class Superior:
    """``level`` steps above the people of ``of``."""

    of: Whose
    level: int


class Manager(Assignee):
    """Follows the reporting line, not the departments."""

    key = "manager"
    label = {"zh-Hans": "直属上级", "en": "Superior"}
    order = 50
    options_schema = closed({"of": OF_SCHEMA, "level": LEVEL_SCHEMA})

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Superior:
        return Superior(read_whose(options, reading), int(options.get("level", 1)))

    def paths(self, compiled: Superior) -> frozenset[tuple[str, ...]]:
        return compiled.of.paths

    def queries(self, compiled: Superior, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        people = compiled.of.people(env, starter)
        return tuple(PeopleQuery("manager", person=one, level=compiled.level) for one in people)

"""People kinds, one file each: person, role, department, head, manager, field, starter."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from engines.actions.assignee import Assignee, People
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.definitions.parts import one_of
from engines.formulas.to_python import Env
from engines.problems import pointer
from engines.registry import Registry

ASSIGNEES: Registry[Assignee] = Registry("assignees", Assignee)
ASSIGNEES.discover(sys.modules[__name__])


def people_schema() -> dict[str, Any]:
    """JSON Schema of one entry: each kind's options and its ``type``."""
    return one_of({kind.key: kind.options_schema for kind in ASSIGNEES})


def compile_people(
    entries: Sequence[Mapping[str, Any]], reading: Reading, path: str
) -> tuple[People, ...]:
    """A list of people entries, checked; problems go to ``reading`` below ``path``."""
    if not entries:
        reading.problem(path, "nobody_chosen")
    found: list[People] = []
    for index, entry in enumerate(entries):
        at = reading.at(path + pointer(index))
        kind = ASSIGNEES.get(str(entry.get("type")))
        if kind is None:
            at.problem("/type", "no_such_people_kind", kind=str(entry.get("type")))
            continue
        found.append(People(kind, kind.compile(entry, at)))
    return tuple(found)


def all_queries(people: Sequence[People], env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
    """The questions of all entries, each once, in order."""
    return tuple(dict.fromkeys(query for one in people for query in one.queries(env, starter)))


__all__ = ["ASSIGNEES", "all_queries", "compile_people", "people_schema"]

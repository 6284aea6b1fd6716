"""The people in a field of the record, read at the moment of asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignee import Assignee
from engines.actions.of import people_in, person_field
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env


class Field(Assignee):
    """A person field of the form, or of a linked record (``customer.owner``)."""

    key = "field"
    label = {"zh-Hans": "表单中的人员", "en": "Person in a field"}
    order = 60
    options_schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["field"],
        "properties": {
            "field": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "x-label": {"zh-Hans": "字段", "en": "Field"},
                "x-widget": "field",
                "x-types": ["person"],
            }
        },
    }

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Formula | None:
        return person_field(str(options["field"]), reading, "/field", several=True)

    def paths(self, compiled: Formula | None) -> frozenset[tuple[str, ...]]:
        return frozenset() if compiled is None else compiled.paths

    def queries(
        self, compiled: Formula | None, env: Env, starter: int | None
    ) -> tuple[PeopleQuery, ...]:
        if compiled is None:
            return ()
        return tuple(PeopleQuery("person", person=one) for one in people_in(compiled, env))

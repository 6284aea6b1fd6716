"""``of``: whose department, head or superior is meant — the starter's, or a person's in a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.reading import Reading
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env, evaluate

STARTER = "starter"

OF_SCHEMA: dict[str, Any] = {
    "type": "string",
    "maxLength": 200,
    "default": STARTER,
    "x-label": {"zh-Hans": "谁的", "en": "Of whom"},
    "x-help": {
        "zh-Hans": "发起人，或表单中的人员字段",
        "en": "The one who started, or a person field of the form",
    },
    "x-widget": "field",
    "x-types": ["person", "starter"],
}

DEPARTMENT_SCHEMA: dict[str, Any] = {
    "type": "string",
    "minLength": 1,
    "maxLength": 40,
    "x-label": {"zh-Hans": "指定部门", "en": "A certain department"},
    "x-widget": "department",
}

LEVEL_SCHEMA: dict[str, Any] = {
    "type": "integer",
    "minimum": 1,
    "maximum": 10,
    "default": 1,
    "x-label": {"zh-Hans": "向上第几级", "en": "Levels up"},
}


@dataclass(frozen=True, slots=True)
class Whose:
    """The starter, or (with ``field``) whoever stands in a field of the record."""

    field: Formula | None

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Link paths that ``people`` reads."""
        return frozenset() if self.field is None else self.field.paths

    def people(self, env: Env, starter: int | None) -> tuple[int, ...]:
        """The ids; none where nobody stands there, or nobody started."""
        if self.field is not None:
            return people_in(self.field, env)
        return () if starter is None else (starter,)


def read_whose(options: Mapping[str, Any], reading: Reading) -> Whose:
    """The option ``of``, the starter unless given; a problem where it is no person field."""
    of = str(options.get("of", STARTER))
    return Whose(None if of == STARTER else person_field(of, reading, "/of"))


def person_field(
    text: str, reading: Reading, path: str, *, several: bool = False
) -> Formula | None:
    """A field (or link path) that holds a person, as a formula; else a problem at ``path``."""
    formula = reading.formula(text, path)
    if formula is None:
        return None
    kind = formula.type.name
    inner = formula.type.of.name if formula.type.of is not None else None
    if kind == "person" or (several and kind == "list" and inner == "person"):
        return formula
    reading.problem(path, "not_a_person_field", field=text)
    return None


def people_in(formula: Formula, env: Env) -> tuple[int, ...]:
    """The ids a person field holds."""
    value = evaluate(formula, env)
    if isinstance(value, tuple | list):
        return tuple(member for member in value if isinstance(member, int))
    return (value,) if isinstance(value, int) and not isinstance(value, bool) else ()

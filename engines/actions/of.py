"""``of``: the person a head or manager is looked for — the starter, or a person in a field."""

from __future__ import annotations

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

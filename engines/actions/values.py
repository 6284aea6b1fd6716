"""``values`` of an action: field → formula, checked against the form that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engines.actions.effect import plain
from engines.actions.reading import Reading
from engines.forms.options import FORMULA, option
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env, evaluate
from engines.formulas.types import Value, is_reference, link_to
from engines.problems import pointer
from engines.values import JsonValue, rounded

Paths = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Assigned:
    """One field and the formula of its value; numbers are rounded to ``places`` decimals.

    ``reference``: the value is an id, be it written as a number (``id``).
    """

    field: str
    formula: Formula
    places: int | None
    reference: bool = False


def values_schema(*, of: str | None = None) -> dict[str, Any]:
    """JSON Schema of a ``values`` object; ``of`` names the option that holds the form."""
    extras = {} if of is None else {"of": of}
    return option(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 100,
            "additionalProperties": FORMULA,
        },
        "字段的值",
        "Values",
        order=2,
        widget="values",
        help=(
            "值是公式；固定文字请加引号",
            "Values are formulas; put fixed text in quotes",
        ),
        **extras,
    )


def compile_values(
    given: Mapping[str, Any], target: FormPlan, reading: Reading, path: str
) -> tuple[Assigned, ...]:
    """The assignments, checked: the field exists, may be written, and the type fits."""
    found: list[Assigned] = []
    for key, text in given.items():
        at = path + pointer(key)
        field = target.by_key.get(key)
        if field is None:
            reading.problem(at, "no_such_field", field=key, form=target.key)
        elif field.computed:
            reading.problem(at, "field_is_computed", field=key)
        else:
            own = str(text).strip() == "id" and field.value_type == link_to(reading.form.key)
            formula = reading.formula(str(text), at, None if own else field.value_type)
            if formula is not None:
                places = field.type.places(field.options)
                found.append(Assigned(key, formula, places, is_reference(field.value_type)))
    return tuple(found)


def typed_values(assigned: tuple[Assigned, ...], env: Env) -> dict[str, Value]:
    """The values as formulas give them, numbers rounded half up to the field's places."""
    found: dict[str, Value] = {}
    for each in assigned:
        value = evaluate(each.formula, env)
        if isinstance(value, Decimal) and each.places is not None:
            value = rounded(value, each.places)
        if isinstance(value, Decimal) and each.reference:
            value = int(value)
        found[each.field] = value
    return found


def json_values(assigned: tuple[Assigned, ...], env: Env) -> dict[str, JsonValue]:
    """The values as JSON, as a form reads them."""
    return {key: plain(value) for key, value in typed_values(assigned, env).items()}


def paths_of(assigned: tuple[Assigned, ...]) -> Paths:
    """Link paths the formulas read."""
    return frozenset().union(*(each.formula.paths for each in assigned))

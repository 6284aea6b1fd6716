"""The base of measures, and a compiled measure of a report."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engines.forms.options import FORMULA, closed, option
from engines.formulas.compile import Formula
from engines.reports.numbers import FORMAT_SCHEMA
from engines.texts import TEXT_SCHEMA, Text

NUMBERS = frozenset({"number"})
ORDERED = frozenset({"number", "date", "moment"})


def measure_options(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The options all measures share, and those of one kind."""
    return closed(
        {
            **properties,
            "where": option(
                FORMULA, "只统计满足条件的记录", "Only records where", order=30, widget="condition"
            ),
            "label": option(dict(TEXT_SCHEMA), "名称", "Label", order=40, widget="text"),
            "key": option(
                {"type": "string", "pattern": "^[a-z](_?[a-z0-9])*$", "maxLength": 40},
                "标识",
                "Key",
                order=90,
                group="more",
            ),
            "format": FORMAT_SCHEMA,
        },
        required,
    )


def field_option(*types: str) -> dict[str, Any]:
    """The field a measure is taken of."""
    return option(
        {"type": "string", "minLength": 1, "maxLength": 200},
        "字段",
        "Field",
        order=10,
        widget="field",
        types=list(types),
    )


class Measure(abc.ABC):
    """One way to make a number of many records.

    ``takes`` are the value types of its field (empty: it has none); ``additive`` says that the
    numbers of groups add up to that of their union; ``formula`` that it is made of other measures.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]
    takes: ClassVar[frozenset[str]] = frozenset()
    additive: ClassVar[bool] = False
    computed: ClassVar[bool] = False

    @abc.abstractmethod
    def named(self, of: Text, language: str) -> str:
        """The label of this measure of a field called ``of``."""

    def result(self, of: str) -> str:
        """The type of the result for a field of type ``of``."""
        return "number"


@dataclass(frozen=True, slots=True)
class MeasurePlan:
    """``of`` is the field as a formula, ``where`` its own condition; ``expression`` over others.

    ``currency`` of amounts: their own, or "" for the application's; None for other numbers.
    """

    key: str
    kind: Measure
    of: Formula | None
    where: Formula | None
    expression: Formula | None
    label: Text
    type: str
    format: Mapping[str, Any] = field(default_factory=dict)
    currency: str | None = None

"""A decimal number with a unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.numbers import (
    MAX_SCALE,
    THOUSANDS,
    cell_number,
    grouped,
    limits_problems,
    read_number,
    restrained_number,
)
from engines.forms.options import DECIMAL, closed, option
from engines.formulas.types import NUMBER, Type
from engines.problems import Problem
from engines.texts import Text
from engines.values import JsonValue, decimal_text


class NumberField(FieldType):
    """Counts, percentages, measures."""

    key = "number"
    label: ClassVar[Text] = {"zh-Hans": "数字", "en": "Number"}
    group = "number"
    icon = "number"
    widget = "number"
    order = 30
    options_schema = closed(
        {
            "scale": option(
                {"type": "integer", "minimum": 0, "maximum": MAX_SCALE},
                "小数位数",
                "Decimal places",
                order=10,
                help=("0 表示整数", "0 means whole numbers"),
            ),
            "unit": option(
                {"type": "string", "maxLength": 20},
                "单位",
                "Unit",
                order=11,
                help=("显示在数字后面，例如 %、件、公里", "Shown behind the number: %, pcs, km"),
            ),
            "thousands": THOUSANDS,
            "min": option(DECIMAL, "最小值", "Smallest value", order=10, group="rules"),
            "max": option(DECIMAL, "最大值", "Largest value", order=11, group="rules"),
        }
    )

    def value_type(self, options: Options) -> Type:
        return NUMBER

    def column(self, options: Options) -> Column:
        return Column("numeric")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        return read_number(value, options, self.places(options))

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return decimal_text(value) if isinstance(value, Decimal) else None

    def from_text(self, text: str, options: Options) -> JsonValue:
        return cell_number(text, percent=options.get("unit") == "%")

    def to_text(self, value: Any, options: Options, language: str) -> str:
        if value is None:
            return ""
        unit = str(options.get("unit") or "")
        gap = " " if unit.isascii() and unit.isalpha() else ""
        thousands = bool(options.get("thousands", True))
        return grouped(Decimal(value), options.get("scale"), thousands=thousands) + gap + unit

    def places(self, options: Options) -> int:
        return int(options.get("scale", MAX_SCALE))

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        return restrained_number(value, self.places(options))

    def problems(self, options: Options) -> tuple[Problem, ...]:
        return limits_problems(options)

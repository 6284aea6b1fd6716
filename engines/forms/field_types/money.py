"""An amount of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.numbers import (
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

SCALE = 2


class MoneyField(FieldType):
    """Prices, totals, budgets: two decimals unless said otherwise."""

    key = "money"
    label: ClassVar[Text] = {"zh-Hans": "金额", "en": "Money"}
    group = "number"
    icon = "money"
    widget = "money"
    order = 40
    options_schema = closed(
        {
            "currency": option(
                {"type": "string", "pattern": "^[A-Z]{3}$"},
                "币种",
                "Currency",
                order=10,
                help=(
                    "三位字母代码，例如 CNY；不填则使用应用的币种",
                    "Three letters such as CNY; empty uses the application's currency",
                ),
            ),
            "scale": option(
                {"type": "integer", "minimum": 0, "maximum": 6},
                "小数位数",
                "Decimal places",
                order=11,
                help=("不填为 2 位", "2 unless given"),
            ),
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
        return cell_number(text)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return "" if value is None else grouped(Decimal(value), self.places(options))

    def places(self, options: Options) -> int:
        return int(options.get("scale", SCALE))

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        return restrained_number(value, self.places(options))

    def problems(self, options: Options) -> tuple[Problem, ...]:
        return limits_problems(options)

"""A value worked out from other fields."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import (
    COMPUTED_COMMON,
    Column,
    FieldType,
    FieldValue,
    InvalidValue,
    Options,
)
from engines.forms.numbers import MAX_SCALE, THOUSANDS
from engines.forms.options import FORMULA, closed, option
from engines.forms.results import RETURNS, result
from engines.formulas.types import Type
from engines.texts import Text
from engines.values import JsonValue


class FormulaField(FieldType):
    """Kept in the record where it depends on the record alone; else worked out when read."""

    key = "formula"
    label: ClassVar[Text] = {"zh-Hans": "公式", "en": "Formula"}
    group = "computed"
    icon = "formula"
    widget = "formula"
    order = 160
    common = COMPUTED_COMMON
    computed = True
    options_schema = closed(
        {
            "formula": option(
                FORMULA,
                "公式",
                "Formula",
                order=10,
                widget="formula",
                help=("例如：数量 × 单价", "For example: quantity * price"),
            ),
            "returns": option(
                {"enum": list(RETURNS)},
                "结果类型",
                "Result",
                order=11,
                widget="choice",
                labels={
                    "text": {"zh-Hans": "文本", "en": "Text"},
                    "number": {"zh-Hans": "数字", "en": "Number"},
                    "money": {"zh-Hans": "金额", "en": "Money"},
                    "date": {"zh-Hans": "日期", "en": "Date"},
                    "moment": {"zh-Hans": "日期时间", "en": "Date and time"},
                    "check": {"zh-Hans": "是/否", "en": "Yes or no"},
                    "person": {"zh-Hans": "成员", "en": "Person"},
                    "department": {"zh-Hans": "部门", "en": "Department"},
                },
            ),
            "scale": option(
                {"type": "integer", "minimum": 0, "maximum": MAX_SCALE},
                "小数位数",
                "Decimal places",
                order=12,
                help=("数字和金额按此四舍五入", "Numbers and money are rounded to it"),
            ),
            "unit": option({"type": "string", "maxLength": 20}, "单位", "Unit", order=13),
            "thousands": THOUSANDS,
            "currency": option(
                {"type": "string", "pattern": "^[A-Z]{3}$"}, "币种", "Currency", order=14
            ),
        },
        required=("formula", "returns"),
    )

    def value_type(self, options: Options) -> Type:
        return result(options).value_type(options)

    def column(self, options: Options) -> Column | None:
        return result(options).column(options)

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        raise InvalidValue("field_not_writable")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return result(options).present(value, options)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return result(options).to_text(value, options, language)

    def places(self, options: Options) -> int | None:
        return result(options).places(options)

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        return result(options).restrained(value, options)

"""One of several options."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.choosing import OPTIONS, check_value, label_of, matching, options_problems
from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.options import closed
from engines.formulas.types import TEXT, Type
from engines.problems import Problem
from engines.texts import Text
from engines.values import JsonValue


class ChoiceField(FieldType):
    """Stages, levels, kinds; how long a record stays in each option is kept."""

    key = "choice"
    label: ClassVar[Text] = {"zh-Hans": "单选", "en": "Single choice"}
    group = "choice"
    icon = "choice"
    widget = "choice"
    order = 50
    options_schema = closed({"options": OPTIONS}, required=("options",))

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or value == "":
            return None
        return check_value(value, options)

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None

    def from_text(self, text: str, options: Options) -> JsonValue:
        return matching(text, options) if text.strip() else None

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return label_of(value, options, language)

    def problems(self, options: Options) -> tuple[Problem, ...]:
        return options_problems(options)

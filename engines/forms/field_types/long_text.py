"""Several lines of text."""

from __future__ import annotations

from typing import ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed, option
from engines.forms.plain_text import LONG_LIMIT, read_text
from engines.formulas.types import TEXT, Type
from engines.problems import Problem, problem
from engines.texts import Text
from engines.values import JsonValue


class LongTextField(FieldType):
    """Descriptions, minutes, remarks."""

    key = "long_text"
    label: ClassVar[Text] = {"zh-Hans": "多行文本", "en": "Long text"}
    group = "text"
    icon = "long-text"
    widget = "long_text"
    order = 20
    searchable = True
    sortable = False
    maskable = True
    common = ("label", "hint", "help", "required", "default", "read_only")
    options_schema = closed(
        {
            "rows": option(
                {"type": "integer", "minimum": 2, "maximum": 20},
                "显示行数",
                "Visible lines",
                order=10,
            ),
            "min_length": option(
                {"type": "integer", "minimum": 1, "maximum": LONG_LIMIT},
                "最少字数",
                "Shortest length",
                order=10,
                group="rules",
            ),
            "max_length": option(
                {"type": "integer", "minimum": 1, "maximum": LONG_LIMIT},
                "最多字数",
                "Longest length",
                order=11,
                group="rules",
            ),
        }
    )

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        text = read_text(value, limit=int(options.get("max_length") or LONG_LIMIT), lines=True)
        shortest = options.get("min_length")
        if text is not None and shortest is not None and len(text) < shortest:
            raise InvalidValue("too_short", limit=shortest, length=len(text))
        return text

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None

    def problems(self, options: Options) -> tuple[Problem, ...]:
        shortest, longest = options.get("min_length"), options.get("max_length")
        if shortest is not None and longest is not None and shortest > longest:
            return (problem("/min_length", "minimum_above_maximum", min=shortest, max=longest),)
        return ()

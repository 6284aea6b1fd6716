"""One line of text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

import re2

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed, option
from engines.forms.plain_text import LINE_LIMIT, read_text
from engines.formulas.types import TEXT, Type
from engines.problems import Problem, problem
from engines.texts import TEXT_SCHEMA, Text
from engines.values import JsonValue


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    settings = re2.Options()
    settings.max_mem = 1 << 20
    settings.log_errors = False
    return re2.compile(pattern, settings)


class TextField(FieldType):
    """Names, titles, short answers."""

    key = "text"
    label: ClassVar[Text] = {"zh-Hans": "单行文本", "en": "Text"}
    group = "text"
    icon = "text"
    widget = "text"
    order = 10
    searchable = True
    maskable = True
    options_schema = closed(
        {
            "min_length": option(
                {"type": "integer", "minimum": 1, "maximum": LINE_LIMIT},
                "最少字数",
                "Shortest length",
                order=10,
                group="rules",
            ),
            "max_length": option(
                {"type": "integer", "minimum": 1, "maximum": LINE_LIMIT},
                "最多字数",
                "Longest length",
                order=11,
                group="rules",
            ),
            "pattern": option(
                {"type": "string", "minLength": 1, "maxLength": 500},
                "格式（正则表达式）",
                "Format (regular expression)",
                order=12,
                group="more",
                help=(
                    "整段文字须符合该格式，例如 [A-Z]{2}[0-9]{6}",
                    "The whole text must match, for example [A-Z]{2}[0-9]{6}",
                ),
            ),
            "pattern_message": option(
                TEXT_SCHEMA,
                "格式不符时的提示",
                "Message when the format is wrong",
                order=13,
                group="more",
                widget="text",
            ),
        }
    )

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        text = read_text(value, limit=int(options.get("max_length") or LINE_LIMIT), lines=False)
        if text is None:
            return None
        shortest = options.get("min_length")
        if shortest is not None and len(text) < shortest:
            raise InvalidValue("too_short", limit=shortest, length=len(text))
        pattern = options.get("pattern")
        if pattern and _compiled(pattern).fullmatch(text) is None:
            raise InvalidValue(
                "pattern_not_met", pattern=pattern, message=options.get("pattern_message")
            )
        return text

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None

    def problems(self, options: Options) -> tuple[Problem, ...]:
        found = []
        shortest, longest = options.get("min_length"), options.get("max_length")
        if shortest is not None and longest is not None and shortest > longest:
            found.append(problem("/min_length", "minimum_above_maximum", min=shortest, max=longest))
        if options.get("pattern"):
            try:
                _compiled(options["pattern"])
            except re2.error:
                found.append(problem("/pattern", "pattern_not_valid"))
        return tuple(found)

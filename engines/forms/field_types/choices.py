"""Any of several options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from engines.forms.choosing import (
    OPTIONS,
    check_value,
    label_of,
    matching,
    options_problems,
    values,
)
from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed, option
from engines.formulas.types import TEXT, Type, list_of
from engines.problems import Problem, problem
from engines.texts import Text
from engines.values import JsonValue


class ChoicesField(FieldType):
    """Tags, interests; kept in the order of the options, each once."""

    key = "choices"
    label: ClassVar[Text] = {"zh-Hans": "多选", "en": "Multiple choice"}
    group = "choice"
    icon = "choices"
    widget = "choices"
    order = 60
    sortable = False
    common = ("label", "hint", "help", "required", "default", "read_only")
    options_schema = closed(
        {
            "options": OPTIONS,
            "min_count": option(
                {"type": "integer", "minimum": 1, "maximum": 1000},
                "最少选几项",
                "Fewest options",
                order=10,
                group="rules",
            ),
            "max_count": option(
                {"type": "integer", "minimum": 1, "maximum": 1000},
                "最多选几项",
                "Most options",
                order=11,
                group="rules",
            ),
        },
        required=("options",),
    )

    def value_type(self, options: Options) -> Type:
        return list_of(TEXT)

    def column(self, options: Options) -> Column:
        return Column("text[]")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or value == "":
            return None
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise InvalidValue("not_a_list")
        chosen = {check_value(each, options) for each in value}
        if not chosen:
            return None
        fewest, most = options.get("min_count"), options.get("max_count")
        if fewest is not None and len(chosen) < fewest:
            raise InvalidValue("too_few_options", min=fewest)
        if most is not None and len(chosen) > most:
            raise InvalidValue("too_many_options", max=most)
        return tuple(each for each in values(options) if each in chosen)

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return list(value) if isinstance(value, tuple) else None

    def from_text(self, text: str, options: Options) -> JsonValue:
        try:
            return [matching(text, options)]  # a label may itself hold a comma
        except InvalidValue:
            parts = [part for part in re.split(r"[,，;；、|\n]", text) if part.strip()]
        return [matching(part, options) for part in parts] or None

    def to_text(self, value: Any, options: Options, language: str) -> str:
        separator = "、" if language.startswith("zh") else ", "
        return separator.join(label_of(each, options, language) for each in value or ())

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        if not isinstance(value, tuple) or not value:
            return None
        chosen = set(value)
        return tuple(each for each in values(options) if each in chosen) or None

    def problems(self, options: Options) -> tuple[Problem, ...]:
        found = list(options_problems(options))
        fewest, most = options.get("min_count"), options.get("max_count")
        if fewest is not None and most is not None and fewest > most:
            found.append(problem("/min_count", "minimum_above_maximum", min=fewest, max=most))
        return tuple(found)

"""Yes or no."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed
from engines.forms.plain_text import narrow
from engines.formulas.types import BOOLEAN, Type
from engines.texts import Text
from engines.values import JsonValue

YES = frozenset({"是", "有", "对", "真", "true", "yes", "y", "1", "√", "✓", "on"})
NO = frozenset({"否", "无", "错", "假", "false", "no", "n", "0", "×", "off"})


class CheckField(FieldType):
    """A box to tick; a new record has it unticked."""

    key = "check"
    label: ClassVar[Text] = {"zh-Hans": "勾选", "en": "Check box"}
    group = "choice"
    icon = "check_box"
    widget = "check"
    order = 65
    common = ("label", "help", "default", "read_only")
    options_schema = closed({})

    def value_type(self, options: Options) -> Type:
        return BOOLEAN

    def column(self, options: Options) -> Column:
        return Column("boolean")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return value
        raise InvalidValue("not_yes_or_no")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, bool) else None

    def initial(self, options: Options) -> FieldValue:
        return False

    def from_text(self, text: str, options: Options) -> JsonValue:
        cell = narrow(text).casefold()
        if not cell:
            return None
        if cell in YES:
            return True
        if cell in NO:
            return False
        raise InvalidValue("not_yes_or_no")

    def to_text(self, value: Any, options: Options, language: str) -> str:
        if value is None:
            return ""
        words = ("是", "否") if language.startswith("zh") else ("Yes", "No")
        return words[0] if value else words[1]

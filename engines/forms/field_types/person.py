"""Somebody of the organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.options import closed
from engines.forms.references import present_id, read_reference, reference_text
from engines.formulas.types import PERSON, Type
from engines.texts import Text
from engines.values import JsonValue


class PersonField(FieldType):
    """Owners, participants; written as an id or a username."""

    key = "person"
    label: ClassVar[Text] = {"zh-Hans": "成员", "en": "Person"}
    group = "people"
    icon = "user"
    widget = "person"
    order = 90
    options_schema = closed({})

    def value_type(self, options: Options) -> Type:
        return PERSON

    def column(self, options: Options) -> Column:
        return Column("bigint", "person")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        return read_reference(value, "not_a_person", named="person")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return present_id(value)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return reference_text(value)

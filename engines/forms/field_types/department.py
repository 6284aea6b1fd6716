"""A department of the organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.options import closed
from engines.forms.references import present_id, read_reference, reference_text
from engines.formulas.types import DEPARTMENT, Type
from engines.texts import Text
from engines.values import JsonValue


class DepartmentField(FieldType):
    """Where a record belongs; written as an id or a department's key."""

    key = "department"
    label: ClassVar[Text] = {"zh-Hans": "部门", "en": "Department"}
    group = "people"
    icon = "department"
    widget = "department"
    order = 100
    options_schema = closed({})

    def value_type(self, options: Options) -> Type:
        return DEPARTMENT

    def column(self, options: Options) -> Column:
        return Column("bigint", "department")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        return read_reference(value, "not_a_department", named="department")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return present_id(value)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return reference_text(value)

"""A link to one record of a form."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, Options
from engines.forms.options import KEY, closed, option
from engines.forms.references import present_id, read_reference, reference_text
from engines.formulas.types import Type, link_to
from engines.texts import Text
from engines.values import JsonValue


class LinkField(FieldType):
    """The customer of an order, the product of a quote."""

    key = "link"
    label: ClassVar[Text] = {"zh-Hans": "关联记录", "en": "Link"}
    group = "link"
    icon = "link"
    widget = "link"
    order = 130
    options_schema = closed(
        {
            "form": option(
                KEY,
                "关联到",
                "Links to",
                order=10,
                widget="form",
                help=("选择另一张表单，填写时从它的记录中挑选", "Records of this form are picked"),
            ),
        },
        required=("form",),
    )

    def value_type(self, options: Options) -> Type:
        return link_to(str(options["form"]))

    def column(self, options: Options) -> Column:
        return Column("bigint", "form", str(options["form"]))

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        return read_reference(value, "not_a_record")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return present_id(value)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return reference_text(value)

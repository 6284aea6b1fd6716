"""A field of the record that a link points to."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.forms.field_type import (
    COMPUTED_COMMON,
    Column,
    FieldType,
    FieldValue,
    InvalidValue,
    Options,
    field_types,
)
from engines.forms.options import KEY, closed, option
from engines.formulas.types import TEXT, Type
from engines.texts import Text
from engines.values import JsonValue


class LookupField(FieldType):
    """The customer's industry, seen from the order; always what it is now.

    Compiling a form adds the options ``shows`` and ``shown``: type key and options of the field
    that is shown in the end, through other lookups where there are any.
    """

    key = "lookup"
    label: ClassVar[Text] = {"zh-Hans": "引用字段", "en": "Lookup"}
    group = "link"
    icon = "lookup"
    widget = "lookup"
    order = 140
    common = COMPUTED_COMMON
    computed = True
    stored = False
    options_schema = closed(
        {
            "link": option(
                KEY,
                "通过关联",
                "Through the link",
                order=10,
                widget="field",
                types=["link"],
            ),
            "field": option(
                KEY,
                "显示字段",
                "Field to show",
                order=11,
                widget="field",
                of="link",
            ),
        },
        required=("link", "field"),
    )

    def value_type(self, options: Options) -> Type:
        shown = _shown(options)
        return shown.value_type(options["shown"]) if shown else TEXT

    def column(self, options: Options) -> Column | None:
        return None

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        raise InvalidValue("field_not_writable")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        shown = _shown(options)
        return shown.present(value, options["shown"]) if shown else None

    def to_text(self, value: Any, options: Options, language: str) -> str:
        shown = _shown(options)
        return shown.to_text(value, options["shown"], language) if shown else ""


def _shown(options: Options) -> FieldType | None:
    shows = options.get("shows")
    return field_types.get(shows) if isinstance(shows, str) else None

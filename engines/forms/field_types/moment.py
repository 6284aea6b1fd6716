"""A moment: a day with a time, kept in UTC, shown in the application's time zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.moments import cell_moment, moment_text, read_moment, zone_of
from engines.forms.options import closed
from engines.formulas.types import MOMENT, Type
from engines.texts import Text
from engines.values import JsonValue


class MomentField(FieldType):
    """Appointments, times of events. The option ``zone`` is added when the form is compiled."""

    key = "moment"
    label: ClassVar[Text] = {"zh-Hans": "日期时间", "en": "Date and time"}
    group = "time"
    icon = "clock"
    widget = "moment"
    order = 80
    options_schema = closed({})

    def value_type(self, options: Options) -> Type:
        return MOMENT

    def column(self, options: Options) -> Column:
        return Column("timestamptz")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise InvalidValue("not_a_moment")
        return read_moment(value.strip(), zone_of(options.get("zone")))

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        if not isinstance(value, datetime):
            return None
        return moment_text(value, zone_of(options.get("zone")))

    def from_text(self, text: str, options: Options) -> JsonValue:
        return cell_moment(text)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        if isinstance(value, str):
            value = read_moment(value, zone_of(options.get("zone")))
        if not isinstance(value, datetime):
            return ""
        return value.astimezone(zone_of(options.get("zone"))).strftime("%Y-%m-%d %H:%M")

"""A calendar day, without time and time zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.moments import cell_day, read_day
from engines.forms.options import DAY, closed, option
from engines.formulas.types import DATE, Type
from engines.problems import Problem, problem
from engines.texts import Text
from engines.values import JsonValue


class DateField(FieldType):
    """Due dates, birthdays, contract days."""

    key = "date"
    label: ClassVar[Text] = {"zh-Hans": "日期", "en": "Date"}
    group = "time"
    icon = "calendar"
    widget = "date"
    order = 70
    options_schema = closed(
        {
            "min": option(DAY, "最早日期", "Earliest date", order=10, group="rules"),
            "max": option(DAY, "最晚日期", "Latest date", order=11, group="rules"),
        }
    )

    def value_type(self, options: Options) -> Type:
        return DATE

    def column(self, options: Options) -> Column:
        return Column("date")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise InvalidValue("not_a_date")
        day = read_day(value.strip())
        if options.get("min") and day < read_day(options["min"]):
            raise InvalidValue("below_minimum", limit=options["min"])
        if options.get("max") and day > read_day(options["max"]):
            raise InvalidValue("above_maximum", limit=options["max"])
        return day

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value.isoformat() if isinstance(value, date) else None

    def from_text(self, text: str, options: Options) -> JsonValue:
        return cell_day(text)

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return value.isoformat() if isinstance(value, date) else str(value or "")

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        return value.date() if isinstance(value, datetime) else value

    def problems(self, options: Options) -> tuple[Problem, ...]:
        found = []
        for name in ("min", "max"):
            try:
                if options.get(name):
                    read_day(options[name])
            except InvalidValue:
                found.append(problem(f"/{name}", "not_a_date"))
        low, high = options.get("min"), options.get("max")
        if not found and low and high and low > high:
            found.append(problem("/min", "minimum_above_maximum", min=low, max=high))
        return tuple(found)

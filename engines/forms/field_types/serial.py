"""A number given once by the system."""

from __future__ import annotations

from typing import ClassVar

from engines.forms.field_type import (
    COMPUTED_COMMON,
    Column,
    FieldType,
    FieldValue,
    InvalidValue,
    Options,
)
from engines.forms.options import closed, option
from engines.forms.serials import DATE_PARTS, NEEDED, RESETS
from engines.formulas.types import TEXT, Type
from engines.problems import Problem, problem, warning
from engines.texts import Text
from engines.values import JsonValue


class SerialField(FieldType):
    """SJ202611-0007: texts, the date, a counter; given when the record is created."""

    key = "serial"
    label: ClassVar[Text] = {"zh-Hans": "自动编号", "en": "Serial number"}
    group = "computed"
    icon = "serial"
    widget = "serial"
    order = 150
    common = COMPUTED_COMMON
    computed = True
    searchable = True
    maskable = True
    options_schema = closed(
        {
            "pattern": option(
                {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 10,
                    "items": {
                        "oneOf": [
                            closed(
                                {"text": {"type": "string", "minLength": 1, "maxLength": 20}},
                                required=("text",),
                            ),
                            closed(
                                {"date": {"enum": list(DATE_PARTS)}},
                                required=("date",),
                            ),
                            closed(
                                {
                                    "counter": {"type": "integer", "minimum": 1, "maximum": 12},
                                    "reset": {"enum": list(RESETS)},
                                    "start": {
                                        "type": "integer",
                                        "minimum": 0,
                                        "maximum": 999_999_999,
                                    },
                                },
                                required=("counter",),
                            ),
                        ]
                    },
                },
                "编号规则",
                "Pattern",
                order=10,
                widget="pattern",
                help=(
                    "由固定文字、日期和计数组成；只影响之后新建的记录",
                    "Fixed text, date and counter; applies to records created from now on",
                ),
            )
        },
        required=("pattern",),
    )

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None or isinstance(value, str):
            return value or None
        raise InvalidValue("not_a_text")

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None

    def problems(self, options: Options) -> tuple[Problem, ...]:
        counters = [part for part in options.get("pattern", ()) if "counter" in part]
        if len(counters) != 1:
            return (problem("/pattern", "serial_needs_one_counter"),)
        dates = "".join(str(part["date"]) for part in options["pattern"] if "date" in part)
        if any(part not in dates for part in NEEDED[counters[0].get("reset", "never")]):
            return (warning("/pattern", "serial_repeats"),)
        return ()

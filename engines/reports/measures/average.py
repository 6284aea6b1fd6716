"""The mean of a number; empty values do not count."""

from __future__ import annotations

from engines.reports.measure import NUMBERS, Measure, field_option, measure_options
from engines.texts import Text, text


class Average(Measure):
    """The mean of a number; empty values do not count."""

    key = "average"
    label = {"zh-Hans": "平均值", "en": "Average"}
    order = 30
    takes = NUMBERS
    options_schema = measure_options({"field": field_option("number")}, ("field",))

    def named(self, of: Text, language: str) -> str:
        name = text(of, language)
        return f"平均{name}" if language == "zh-Hans" else f"Average {name}"

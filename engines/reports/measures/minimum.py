"""The smallest number or earliest date."""

from __future__ import annotations

from engines.reports.measure import ORDERED, Measure, field_option, measure_options
from engines.texts import Text, text


class Minimum(Measure):
    """The smallest number or earliest date."""

    key = "minimum"
    label = {"zh-Hans": "最小值", "en": "Minimum"}
    order = 40
    takes = ORDERED
    options_schema = measure_options(
        {"field": field_option("number", "date", "moment")}, ("field",)
    )

    def named(self, of: Text, language: str) -> str:
        name = text(of, language)
        return f"最小{name}" if language == "zh-Hans" else f"Smallest {name}"

    def result(self, of: str) -> str:
        return of

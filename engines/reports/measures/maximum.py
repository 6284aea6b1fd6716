"""The greatest number or latest date."""

from __future__ import annotations

from engines.reports.measure import ORDERED, Measure, field_option, measure_options
from engines.texts import Text, text


class Maximum(Measure):
    """The greatest number or latest date."""

    key = "maximum"
    label = {"zh-Hans": "最大值", "en": "Maximum"}
    order = 50
    takes = ORDERED
    options_schema = measure_options(
        {"field": field_option("number", "date", "moment")}, ("field",)
    )

    def named(self, of: Text, language: str) -> str:
        name = text(of, language)
        return f"最大{name}" if language == "zh-Hans" else f"Greatest {name}"

    def result(self, of: str) -> str:
        return of

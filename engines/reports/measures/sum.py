"""The total of a number."""

from __future__ import annotations

from engines.reports.measure import NUMBERS, Measure, field_option, measure_options
from engines.texts import Text, text


class Sum(Measure):
    """The total of a number."""

    key = "sum"
    label = {"zh-Hans": "合计", "en": "Sum"}
    order = 20
    takes = NUMBERS
    additive = True
    options_schema = measure_options({"field": field_option("number")}, ("field",))

    def named(self, of: Text, language: str) -> str:
        name = text(of, language)
        return f"{name}合计" if language == "zh-Hans" else f"Total {name}"

"""How many different values a field has."""

from __future__ import annotations

from engines.reports.measure import Measure, field_option, measure_options
from engines.texts import Text, text

COUNTABLE = ("text", "number", "date", "moment", "boolean", "person", "department", "link")


class Distinct(Measure):
    """Empty values do not count."""

    key = "distinct"
    label = {"zh-Hans": "去重计数", "en": "Different values"}
    order = 70
    takes = frozenset(COUNTABLE)
    options_schema = measure_options({"field": field_option(*COUNTABLE)}, ("field",))

    def named(self, of: Text, language: str) -> str:
        name = text(of, language)
        return f"不同{name}的数量" if language == "zh-Hans" else f"Different {name}"

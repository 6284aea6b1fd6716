"""How many records."""

from __future__ import annotations

from engines.reports.measure import Measure, measure_options
from engines.texts import Text, text


class Count(Measure):
    """How many records."""

    key = "count"
    label = {"zh-Hans": "数量", "en": "Count"}
    order = 10
    additive = True
    options_schema = measure_options({})

    def named(self, of: Text, language: str) -> str:
        return text(self.label, language)

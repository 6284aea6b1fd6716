"""One large number, or a few."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines.forms.options import closed
from engines.reports.chart import Chart, Figure
from engines.reports.numbers import FORMAT_SCHEMA, drawn, scaled
from engines.reports.table import Table
from engines.texts import text


class Number(Chart):
    """万/亿 in Chinese, K/M/B in English, so that the size is read at a glance."""

    key = "number"
    label = {"zh-Hans": "数值", "en": "Number"}
    order = 10
    dimensions = (0, 0)
    measures = (1, 6)
    options_schema = closed({"format": FORMAT_SCHEMA})

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        count = len(table.measures)
        data = []
        for position, measure in enumerate(table.measures):
            value = table.lines[0].values[position] if table.lines else None
            number, sign = Decimal(0), ""
            if isinstance(value, Decimal):
                number, sign = scaled(value, language, measure.format)
            places = max(0, -int(number.normalize().as_tuple().exponent)) if number else 0
            data.append(
                {
                    "type": "indicator",
                    "mode": "number",
                    "value": drawn(number) if isinstance(value, Decimal) else None,
                    "number": {"suffix": sign, "valueformat": f",.{places}f"},
                    "title": {"text": text(measure.label, language)},
                    "domain": {"x": [position / count, (position + 1) / count], "y": [0, 1]},
                }
            )
        return {"data": data, "layout": {}}

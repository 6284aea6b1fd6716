"""Steps of a funnel with the rate from each to the next and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines.forms.options import closed
from engines.reports.chart import Chart, Figure
from engines.reports.numbers import FORMAT_SCHEMA, drawn, written
from engines.reports.palette import color
from engines.reports.series import step_cell
from engines.reports.table import Table


class Funnel(Chart):
    """The table has one line per step."""

    key = "funnel"
    label = {"zh-Hans": "漏斗图", "en": "Funnel"}
    order = 50
    dimensions = (1, 1)
    measures = (1, 1)
    funnel = True
    options_schema = closed({"format": FORMAT_SCHEMA})

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        numbers = [
            line.values[0] if isinstance(line.values[0], Decimal) else Decimal(0)
            for line in table.lines
        ]
        return {
            "data": [
                {
                    "type": "funnel",
                    "orientation": "h",
                    "y": [line.buckets[0].label for line in table.lines],
                    "x": [drawn(each) for each in numbers],
                    "text": [written(each, language, table.measures[0].format) for each in numbers],
                    "textinfo": "text+percent previous",
                    "hovertemplate": "%{y}<br>%{text}<br>%{percentPrevious} / %{percentInitial}",
                    "customdata": [step_cell(line.buckets[0]) for line in table.lines],
                    "marker": {"color": [color(line.buckets[0].color, 0) for line in table.lines]},
                }
            ],
            "layout": {
                "showlegend": False,
                "yaxis": {
                    "type": "category",
                    "categoryarray": [line.buckets[0].label for line in table.lines],
                    "automargin": True,
                },
            },
        }

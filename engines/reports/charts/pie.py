"""Shares of a whole."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines.forms.options import closed, option
from engines.reports.chart import Chart, Figure
from engines.reports.numbers import FORMAT_SCHEMA, drawn, written
from engines.reports.palette import color
from engines.reports.series import cell
from engines.reports.table import Table


class Pie(Chart):
    """Groups without a number, and negative ones, have no share and are left to the table."""

    key = "pie"
    label = {"zh-Hans": "饼图", "en": "Pie"}
    order = 40
    dimensions = (1, 1)
    measures = (1, 1)
    options_schema = closed(
        {
            "hole": option(
                {"type": "boolean", "default": True}, "环形", "Ring", order=1, widget="boolean"
            ),
            "format": FORMAT_SCHEMA,
        }
    )

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        lines = [
            line
            for line in table.lines
            if isinstance(line.values[0], Decimal) and line.values[0] > 0
        ]
        numbers = [line.values[0] for line in lines]
        return {
            "data": [
                {
                    "type": "pie",
                    "sort": False,
                    "direction": "clockwise",
                    "hole": 0.55 if options.get("hole", True) else 0,
                    "labels": [line.buckets[0].label for line in lines],
                    "values": [drawn(each) for each in numbers if isinstance(each, Decimal)],
                    "text": [
                        written(each, language, table.measures[0].format)
                        for each in numbers
                        if isinstance(each, Decimal)
                    ],
                    "textinfo": "label+percent",
                    "hovertemplate": "%{label}<br>%{text}<br>%{percent}",
                    "customdata": [cell(table, line.buckets) for line in lines],
                    "marker": {
                        "colors": [
                            color(line.buckets[0].color, position)
                            for position, line in enumerate(lines)
                        ]
                    },
                }
            ],
            "layout": {"showlegend": len(lines) > 6},
        }

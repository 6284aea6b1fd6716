"""Lines over categories, usually time; filled if wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.forms.options import closed, option
from engines.reports.chart import Chart, Figure
from engines.reports.numbers import FORMAT_SCHEMA, ticks
from engines.reports.series import marks, series
from engines.reports.table import Table
from engines.texts import text


class Line(Chart):
    """An empty value is a gap, never zero."""

    key = "line"
    label = {"zh-Hans": "折线图", "en": "Line"}
    order = 30
    options_schema = closed(
        {
            "area": option(
                {"type": "boolean", "default": False},
                "填充面积",
                "Filled",
                order=1,
                widget="boolean",
            ),
            "smooth": option(
                {"type": "boolean", "default": False}, "平滑", "Smooth", order=2, widget="boolean"
            ),
            "format": FORMAT_SCHEMA,
        }
    )

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        categories, found = series(table, language)
        names = [bucket.label for bucket in categories]
        data = []
        for one in found:
            mark = marks(one)
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": one.name,
                    "x": names,
                    "y": mark["values"],
                    "text": mark["text"],
                    "customdata": mark["customdata"],
                    "hovertemplate": "%{x}<br>%{text}",
                    "connectgaps": False,
                    "fill": "tozeroy" if options.get("area") else "none",
                    "line": {
                        "color": one.color,
                        "shape": "spline" if options.get("smooth") else "linear",
                    },
                }
            )
        numbers = [point.value for one in found for point in one.points]
        return {
            "data": data,
            "layout": {
                "showlegend": len(data) > 1,
                "xaxis": {"type": "category", "categoryarray": names, "automargin": True},
                "yaxis": {
                    "rangemode": "tozero",
                    "title": {"text": text(table.measures[0].label, language)},
                    **ticks(numbers, language, table.measures[0].format),
                },
            },
        }

"""Bars over categories: side by side, stacked, or lying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.forms.options import closed, option
from engines.reports.chart import Chart, Figure
from engines.reports.numbers import FORMAT_SCHEMA, ticks
from engines.reports.palette import color
from engines.reports.series import marks, series
from engines.reports.table import Table
from engines.texts import text


class Bar(Chart):
    """With one dimension whose options have colours, each bar has its own."""

    key = "bar"
    label = {"zh-Hans": "柱状图", "en": "Bar"}
    order = 20
    options_schema = closed(
        {
            "orientation": option(
                {"enum": ["vertical", "horizontal"], "default": "vertical"},
                "方向",
                "Direction",
                order=1,
                widget="choice",
                labels={
                    "vertical": {"zh-Hans": "竖向", "en": "Standing"},
                    "horizontal": {"zh-Hans": "横向", "en": "Lying"},
                },
            ),
            "stack": option(
                {"type": "boolean", "default": False}, "堆叠", "Stacked", order=2, widget="boolean"
            ),
            "labels": option(
                {"type": "boolean", "default": True},
                "显示数值",
                "Show numbers",
                order=3,
                widget="boolean",
            ),
            "format": FORMAT_SCHEMA,
        }
    )

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        lying = options.get("orientation") == "horizontal"
        stacked = bool(options.get("stack", False))
        categories, found = series(table, language)
        names = [bucket.label for bucket in categories]
        own = len(found) == 1 and any(bucket.color for bucket in categories)
        data = []
        for one in found:
            mark = marks(one)
            colors: Any = one.color
            if own:
                colors = [color(bucket.color, 0) for bucket in categories]
            data.append(
                {
                    "type": "bar",
                    "name": one.name,
                    "orientation": "h" if lying else "v",
                    "x": mark["values"] if lying else names,
                    "y": names if lying else mark["values"],
                    "text": mark["text"],
                    "textposition": "auto" if options.get("labels", True) else "none",
                    "customdata": mark["customdata"],
                    "hovertemplate": f"%{{{'y' if lying else 'x'}}}<br>%{{text}}",
                    "marker": {"color": colors},
                }
            )
        numbers = [point.value for one in found for point in one.points]
        axis = {
            "title": {"text": text(table.measures[0].label, language)},
            **ticks(_heights(found, stacked) or numbers, language, table.measures[0].format),
        }
        kinds: dict[str, Any] = {"type": "category", "categoryarray": names, "automargin": True}
        if lying:
            # Plotly draws the first category at the bottom; people read from the top.
            kinds["autorange"] = "reversed"
        return {
            "data": data,
            "layout": {
                "barmode": "stack" if stacked else "group",
                "showlegend": len(data) > 1,
                "xaxis": axis if lying else kinds,
                "yaxis": kinds if lying else axis,
            },
        }


def _heights(found: Any, stacked: bool) -> list[Any]:
    if not stacked or not found:
        return []
    columns = zip(*(one.points for one in found), strict=True)
    return [sum(point.value for point in column if point.value is not None) for column in columns]

"""A plain table: the rows are the chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.forms.options import closed
from engines.reports.chart import Chart, Figure
from engines.reports.table import Table


class TableChart(Chart):
    """Has no figure; the browser draws the rows."""

    key = "table"
    label = {"zh-Hans": "表格", "en": "Table"}
    order = 60
    dimensions = (0, 4)
    measures = (1, 12)
    options_schema = closed({})

    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        return {}

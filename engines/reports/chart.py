"""The base of charts: how many dimensions and measures they draw, and the figure."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from typing import Any, ClassVar

from engines.reports.table import Table
from engines.texts import Text

Figure = dict[str, Any]


class Chart(abc.ABC):
    """One way to draw a table. ``options_schema`` leaves out ``type``, the key of the kind.

    ``dimensions`` and ``measures`` are (least, most). A figure is a plain dict in plotly's schema,
    without template, fonts and size: those are the browser's. ``customdata`` of each mark is the
    cell to drill into: the values of its dimensions.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]
    dimensions: ClassVar[tuple[int, int]] = (1, 2)
    measures: ClassVar[tuple[int, int]] = (1, 8)
    funnel: ClassVar[bool] = False

    @abc.abstractmethod
    def figure(self, table: Table, options: Mapping[str, Any], language: str) -> Figure:
        """The figure of an arranged table."""

"""The kinds of charts, one file each."""

import sys

from engines.registry import Registry
from engines.reports.chart import Chart

CHARTS: Registry[Chart] = Registry("charts", Chart)
CHARTS.discover(sys.modules[__name__])

__all__ = ["CHARTS"]

"""The kinds of measures, one file each."""

import sys

from engines.registry import Registry
from engines.reports.measure import Measure

MEASURES: Registry[Measure] = Registry("measures", Measure)
MEASURES.discover(sys.modules[__name__])

__all__ = ["MEASURES"]

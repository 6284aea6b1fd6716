"""Units of time as people write them, and their sizes."""

from __future__ import annotations

from engines.formulas.function import Argument
from engines.formulas.types import TEXT

# Each spelling and the unit it stands for.
UNITS = {
    spelling: unit
    for unit, spellings in {
        "year": ("year", "years", "y", "年"),
        "quarter": ("quarter", "quarters", "q", "季度"),
        "month": ("month", "months", "m", "月"),
        "week": ("week", "weeks", "w", "周"),
        "day": ("day", "days", "d", "天", "日"),
        "hour": ("hour", "hours", "h", "小时"),
        "minute": ("minute", "minutes", "min", "分钟"),
        "second": ("second", "seconds", "s", "秒"),
    }.items()
    for spelling in spellings
}


# Seconds, months and days in a unit; days differ in length where clocks change.
CLOCK = {"hour": 3600, "minute": 60, "second": 1}
MONTHS = {"year": 12, "quarter": 3, "month": 1}
DAYS = {"week": 7, "day": 1}
UNIT = Argument("unit", (TEXT,), values=UNITS)

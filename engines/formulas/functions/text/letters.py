"""Capital and small letters, one for one, as Postgres' builtin C.UTF-8 has them."""

from __future__ import annotations

from engines.formulas.function import function, text
from engines.formulas.types import TEXT


def lower(value: str) -> str:
    """Small letters, one for one, as Postgres' builtin C.UTF-8 has them."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in value)


def upper(value: str) -> str:
    """Capital letters, one for one: ß stays ß."""
    return "".join(each.upper() if len(each.upper()) == 1 else each for each in value)


FUNCTIONS = (
    function("UPPER", ("转为大写", "In capital letters"), (text(),), TEXT, upper, "upper({0})"),
    function("LOWER", ("转为小写", "In small letters"), (text(),), TEXT, lower, "lower({0})"),
)

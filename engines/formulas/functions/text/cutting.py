"""The beginning, the end or the middle of a text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engines.formulas import numbers
from engines.formulas.emit import fill, guarded
from engines.formulas.function import SqlArgs, function, number, text
from engines.formulas.types import TEXT
from engines.sql import Sql


def _cut(value: str, count: Decimal = Decimal(1)) -> str | None:
    length = numbers.whole(count)
    return value[:length] if length >= 0 else None


def _cut_right(value: str, count: Decimal = Decimal(1)) -> str | None:
    length = numbers.whole(count)
    if length < 0:
        return None
    return value[-length:] if length else ""


def _middle(value: str, start: Decimal, count: Decimal) -> str | None:
    first, length = numbers.whole(start), numbers.whole(count)
    if first < 1 or length < 0:
        return None
    return value[first - 1 : first - 1 + length]


_WHOLE = "least(greatest(trunc({%s}), -1000000000), 1000000000)::int"


def _side_sql(function: str) -> Callable[[SqlArgs], Sql]:
    count = _WHOLE.replace("%s", "1")

    def write(call: SqlArgs) -> Sql:
        args = call.args if len(call.args) > 1 else (*call.args, Sql("1"))
        return fill(
            f"CASE WHEN {{1}} > -1 THEN NULLIF({function}({{0}}, {count}), '') END",
            args,
        )

    return write


_COUNT = number("count", optional=True)

FUNCTIONS = (
    function(
        "LEFT",
        ("左边的字符", "The first characters"),
        (text(), _COUNT),
        TEXT,
        _cut,
        _side_sql("left"),
    ),
    function(
        "RIGHT",
        ("右边的字符", "The last characters"),
        (text(), _COUNT),
        TEXT,
        _cut_right,
        _side_sql("right"),
    ),
    function(
        "MID",
        ("从某个位置起的字符", "Characters from a place on"),
        (text(), number("start"), number("count")),
        TEXT,
        _middle,
        guarded(
            "CASE WHEN trunc({1}) >= 1 AND {2} > -1 THEN NULLIF(substr({0},"
            " least(trunc({1}), 1000000000)::int, least(trunc({2}), 1000000000)::int), '') END"
        ),
    ),
)

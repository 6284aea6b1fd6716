"""How long a text is, and where something stands in it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engines.formulas import numbers
from engines.formulas.emit import fill
from engines.formulas.function import SqlArgs, function, number, text
from engines.formulas.functions.text.letters import lower
from engines.formulas.types import BOOLEAN, NUMBER
from engines.sql import Sql


def _found(needle: str, value: str, start: Decimal = Decimal(1)) -> Decimal | None:
    first = numbers.whole(start)
    if first < 1:
        return None
    place = value.find(needle, first - 1)
    return None if place < 0 or first > len(value) else Decimal(place + 1)


def _found_sql(fold: bool) -> Callable[[SqlArgs], Sql]:
    needle, value = ("lower({0})", "lower({1})") if fold else ("{0}", "{1}")

    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 2:
            return fill(f"NULLIF(strpos({value}, {needle}), 0)::numeric", call.args)
        return fill(
            f"CASE WHEN trunc({{2}}) BETWEEN 1 AND length({{1}}) THEN (NULLIF(strpos("
            f"substr({value}, trunc({{2}})::int), {needle}), 0) + trunc({{2}}) - 1)::numeric END",
            call.args,
            fence=True,
        )

    return write


_FIND = (text("needle"), text(), number("start", optional=True))
_BOTH = (text(), text("part"))

FUNCTIONS = (
    *(
        function(
            key,
            ("字符数", "The number of characters"),
            (text(),),
            NUMBER,
            lambda value: Decimal(len(value)),
            "length({0})::numeric",
        )
        for key in ("LEN", "COUNTCHAR")
    ),
    function(
        "FIND",
        ("某段文本的位置", "The place of a text in another"),
        _FIND,
        NUMBER,
        _found,
        _found_sql(False),
    ),
    function(
        "SEARCH",
        ("某段文本的位置，不分大小写", "The place of a text in another, any case"),
        _FIND,
        NUMBER,
        lambda needle, value, start=Decimal(1): _found(lower(needle), lower(value), start),
        _found_sql(True),
    ),
    function(
        "CONTAINS",
        ("是否包含某段文本", "Whether a text contains another"),
        _BOTH,
        BOOLEAN,
        lambda value, part: part in value,
        "(strpos({0}, {1}) > 0)",
    ),
    function(
        "STARTSWITH",
        ("是否以某段文本开头", "Whether a text begins with another"),
        _BOTH,
        BOOLEAN,
        lambda value, part: value.startswith(part),
        "starts_with({0}, {1})",
    ),
    function(
        "ENDSWITH",
        ("是否以某段文本结尾", "Whether a text ends with another"),
        _BOTH,
        BOOLEAN,
        lambda value, part: value.endswith(part),
        "(right({0}, length({1})) = {1})",
    ),
)

"""Rounding to places and to multiples."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engines.formulas import numbers
from engines.formulas.emit import fill
from engines.formulas.function import SqlArgs, function, number
from engines.formulas.types import NUMBER
from engines.sql import Sql


def _places(value: Decimal) -> int:
    return max(-30, min(30, numbers.whole(value)))


def _rounding(mode: str) -> Callable[..., Decimal]:
    def run(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
        if mode == "half":
            return numbers.rounded(value, _places(places))
        return numbers.rounded(value, _places(places), numbers.MODES[mode])

    return run


# greatest and least pass over NULL: the product keeps an empty argument empty.
_PLACES_SQL = "(greatest(-30, least(30, trunc({1}))) + 0 * {1})::int"


def _rounding_sql(function: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 1:
            return fill(f"{function}({{0}}, 0)", call.args)
        return fill(f"{function}({{0}}, {_PLACES_SQL})", call.args)

    return write


def _round_up_sql(call: SqlArgs) -> Sql:
    # Away from zero: cut, and one step further where something was cut off.
    places = call.args[1] if len(call.args) > 1 else Sql("0")
    return fill(
        f"(trunc({{0}}, {_PLACES_SQL}) + CASE WHEN trunc({{0}}, {_PLACES_SQL}) <> {{0}}"
        f" THEN sign({{0}}) * power(10::numeric, - {_PLACES_SQL}) ELSE 0 END)",
        (call.args[0], places),
    )


def _stepped(mode: str) -> Callable[..., Decimal | None]:
    def run(value: Decimal, step: Decimal = Decimal(1)) -> Decimal | None:
        if step <= 0:
            return None
        left = numbers.remainder(value, step) or Decimal(0)
        floor = numbers.EXACT.subtract(value, left)
        if mode == "floor" or left == 0:
            return floor
        return numbers.EXACT.add(floor, step)

    return run


def _floor(value: Decimal) -> Decimal:
    return numbers.rounded(value, 0, numbers.MODES["floor"])


def _stepped_sql(mode: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 1:
            return fill(f"{mode}({{0}})", call.args)
        floor = "({0} - mod(mod({0}, {1}) + {1}, {1}))"
        if mode == "floor":
            return fill(f"CASE WHEN {{1}} > 0 THEN {floor} END", call.args, fence=True)
        return fill(
            f"CASE WHEN {{1}} > 0 THEN {floor} + CASE WHEN mod({{0}}, {{1}}) = 0 THEN 0"
            " ELSE {1} END END",
            call.args,
            fence=True,
        )

    return write


_ROUND = (number(), number("places", optional=True))
_STEP = (number(), number("step", optional=True))

FUNCTIONS = (
    function(
        "INT",
        ("向下取整", "The whole number at or below"),
        (number(),),
        NUMBER,
        _floor,
        "floor({0})",
    ),
    function(
        "ROUND",
        ("四舍五入", "Rounded half up"),
        _ROUND,
        NUMBER,
        _rounding("half"),
        _rounding_sql("round"),
    ),
    function(
        "ROUNDUP",
        ("远离零舍入", "Rounded away from zero"),
        _ROUND,
        NUMBER,
        _rounding("up"),
        _round_up_sql,
    ),
    *(
        function(
            key,
            ("向零舍入", "Rounded towards zero"),
            _ROUND,
            NUMBER,
            _rounding("down"),
            _rounding_sql("trunc"),
        )
        for key in ("ROUNDDOWN", "TRUNC")
    ),
    function(
        "CEILING",
        ("向上舍入到倍数", "Up to the next multiple"),
        _STEP,
        NUMBER,
        _stepped("ceiling"),
        _stepped_sql("ceil"),
    ),
    function(
        "FLOOR",
        ("向下舍入到倍数", "Down to the next multiple"),
        _STEP,
        NUMBER,
        _stepped("floor"),
        _stepped_sql("floor"),
    ),
)

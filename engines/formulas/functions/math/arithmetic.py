"""Sign, remainder and whole part of a division."""

from __future__ import annotations

from decimal import Decimal

from engines.formulas import numbers
from engines.formulas.function import function, number
from engines.formulas.types import NUMBER


def _sign(value: Decimal) -> Decimal:
    return Decimal((value > 0) - (value < 0))


FUNCTIONS = (
    function(
        "ABS",
        ("绝对值", "Without its sign"),
        (number(),),
        NUMBER,
        lambda value: value.copy_abs(),
        "abs({0})",
    ),
    function("SIGN", ("正负号", "The sign: -1, 0 or 1"), (number(),), NUMBER, _sign, "sign({0})"),
    function(
        "MOD",
        ("余数（与除数同号）", "The remainder, with the sign of the divisor"),
        (number(), number("divisor")),
        NUMBER,
        numbers.remainder,
        "mod(mod({0}, NULLIF({1}, 0)) + {1}, NULLIF({1}, 0))",
    ),
    function(
        "QUOTIENT",
        ("商的整数部分", "The whole part of a division"),
        (number(), number("divisor")),
        NUMBER,
        lambda left, right: None if right == 0 else numbers.EXACT.divide_int(left, right),
        "div({0}, NULLIF({1}, 0))",
    ),
)

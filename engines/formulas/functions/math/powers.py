"""Powers, roots and logarithms, to twelve decimals."""

from __future__ import annotations

from decimal import Decimal, localcontext

from engines.formulas import numbers
from engines.formulas.emit import PRECISE, fill, guarded
from engines.formulas.function import SqlArgs, function, number
from engines.formulas.types import NUMBER
from engines.sql import Sql

_PI = Decimal("3.141592653589793")
# ln(10**60): beyond it a power is too large to be of use.
_LN_LARGEST = Decimal("138.15")


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    if base == 0:
        return Decimal(0) if exponent > 0 else Decimal(1) if exponent == 0 else None
    if abs(exponent) > 1000 or (base < 0 and exponent != exponent.to_integral()):
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 130
        if abs(exponent * base.copy_abs().ln()) >= _LN_LARGEST:
            # Too small is zero, too large is empty.
            return Decimal(0) if (exponent > 0) == (abs(base) < 1) else None
        result = context.power(base, exponent)
    return numbers.rounded(result, 12)


_POWER = guarded(
    "CASE WHEN {0} = 0 THEN CASE WHEN {1} > 0 THEN 0 WHEN {1} = 0 THEN 1 END"
    " WHEN abs({1}) > 1000 OR ({0} < 0 AND {1} <> trunc({1})) THEN NULL"
    f" WHEN abs({{1}} * ln(abs({{0}}))) >= {_LN_LARGEST}"
    " THEN CASE WHEN ({1} > 0) = (abs({0}) < 1) THEN 0::numeric END"
    " ELSE round(power({0} + 1e-70 - 1e-70, {1}), 12) END"
)


def _root(value: Decimal) -> Decimal | None:
    return None if value < 0 else numbers.rounded(numbers.EXACT.sqrt(value), 12)


def _log(value: Decimal, base: Decimal = Decimal(10)) -> Decimal | None:
    if value <= 0 or base <= 0 or base == 1:
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 100
        return numbers.rounded(value.ln() / base.ln(), 12)


def _log_sql(call: SqlArgs) -> Sql:
    precise = f"ln({{0}} + {PRECISE})"
    if len(call.args) == 1:
        return fill(
            f"CASE WHEN {{0}} > 0 THEN round({precise} / {precise.replace('{0}', '10.0')}, 12) END",
            call.args,
            fence=True,
        )
    return fill(
        "CASE WHEN {0} > 0 AND {1} > 0 AND {1} <> 1 THEN"
        f" round({precise} / {precise.replace('{0}', '{1}')}, 12) END",
        call.args,
        fence=True,
    )


def _natural(value: Decimal) -> Decimal | None:
    if value <= 0:
        return None
    with localcontext(numbers.EXACT) as context:
        context.prec = 100
        return numbers.rounded(value.ln(), 12)


def _exponential(value: Decimal) -> Decimal | None:
    if value >= _LN_LARGEST:
        return None
    if value < -_LN_LARGEST:
        return Decimal(0)
    with localcontext(numbers.EXACT) as context:
        context.prec = 130
        return numbers.rounded(value.exp(), 12)


FUNCTIONS = (
    function(
        "POWER", ("乘方", "A power"), (number("base"), number("exponent")), NUMBER, _power, _POWER
    ),
    function(
        "SQRT",
        ("平方根", "The square root"),
        (number(),),
        NUMBER,
        _root,
        guarded(f"CASE WHEN {{0}} >= 0 THEN round(sqrt({{0}} + {PRECISE}), 12) END"),
    ),
    function(
        "LOG",
        ("对数（默认以 10 为底）", "The logarithm, to base 10 unless given"),
        (number(), number("base", optional=True)),
        NUMBER,
        _log,
        _log_sql,
    ),
    function(
        "LN",
        ("自然对数", "The natural logarithm"),
        (number(),),
        NUMBER,
        _natural,
        guarded(f"CASE WHEN {{0}} > 0 THEN round(ln({{0}} + {PRECISE}), 12) END"),
    ),
    function(
        "EXP",
        ("e 的乘方", "A power of e"),
        (number(),),
        NUMBER,
        _exponential,
        guarded(
            f"CASE WHEN {{0}} < {_LN_LARGEST} THEN CASE WHEN {{0}} < -{_LN_LARGEST}"
            f" THEN 0::numeric ELSE round(exp({{0}} + {PRECISE}), 12) END END"
        ),
    ),
    function("PI", ("圆周率", "Pi"), (), NUMBER, lambda: _PI, f"{_PI}"),
)

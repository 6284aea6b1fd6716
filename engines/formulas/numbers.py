"""Decimal arithmetic as all three back ends agree on it."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

# Exact for sums and products within the bounds that `bounds.py` keeps.
EXACT = Context(prec=500, rounding=ROUND_HALF_UP, Emax=2000, Emin=-2000)
DIVISION_PLACES = 12
# Division is carried to this many places first, in every back end alike.
QUOTIENT_PLACES = 40
LARGEST = Decimal("1E+60")
KEPT_PLACES = 30


def rounded(number: Decimal, places: int, mode: str = ROUND_HALF_UP) -> Decimal:
    """``number`` at ``places`` decimals; HALF_UP unless another mode is given."""
    context = EXACT.copy()
    context.rounding = mode
    return number.quantize(Decimal(1).scaleb(-places), context=context)


def quotient(left: Decimal, right: Decimal) -> Decimal | None:
    """``left / right`` rounded to 12 decimals; empty for a division by zero."""
    if right == 0:
        return None
    return rounded(rounded(EXACT.divide(left, right), QUOTIENT_PLACES), DIVISION_PLACES)


def remainder(left: Decimal, right: Decimal) -> Decimal | None:
    """What is left of ``left``, with the sign of ``right``; empty for zero."""
    if right == 0:
        return None
    rest = EXACT.remainder(left, right)
    if rest != 0 and (rest < 0) != (right < 0):
        rest = EXACT.add(rest, right)
    return rest


def bounded(number: Decimal) -> Decimal | None:
    """At most 30 decimals; empty from 1E+60 on."""
    if abs(number) >= LARGEST:
        return None
    return rounded(number, KEPT_PLACES) if _places(number) > KEPT_PLACES else number


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def whole(number: Decimal, limit: int = 10**9) -> int:
    """``number`` cut towards zero, within ±``limit``."""
    if abs(number) >= limit:
        return limit if number > 0 else -limit
    return int(number)


MODES = {"up": ROUND_UP, "down": ROUND_DOWN, "ceiling": ROUND_CEILING, "floor": ROUND_FLOOR}

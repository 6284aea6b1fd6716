"""What number and money share: reading, limits, rounding, cells, thousands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engines.forms.field_type import FieldValue, InvalidValue, Options
from engines.forms.options import option
from engines.forms.plain_text import narrow
from engines.problems import Problem, problem
from engines.values import DECIMALS, JsonValue, decimal_from, decimal_text, rounded

# As many places as a division gives.
MAX_SCALE = 12
LARGEST = Decimal(10) ** 20

_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
_SIGNS = str.maketrans("", "", "¥￥$€£ \u00a0")


def read_number(value: JsonValue, options: Options, scale: int) -> Decimal | None:
    """A decimal within the options' limits; raises InvalidValue."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = decimal_from(value)
    if number is None:
        raise InvalidValue("not_a_number")
    if abs(number) >= LARGEST:
        raise InvalidValue("number_too_large", digits=20)
    number = plain(number)
    if -exponent(number) > scale:
        raise InvalidValue("too_many_decimals", scale=scale)
    low, high = limit(options, "min"), limit(options, "max")
    if low is not None and number < low:
        raise InvalidValue("below_minimum", limit=decimal_text(low))
    if high is not None and number > high:
        raise InvalidValue("above_maximum", limit=decimal_text(high))
    return number


def plain(number: Decimal) -> Decimal:
    """Without zeros behind the point and without exponent, so that equal numbers look alike."""
    shortest = number.normalize(DECIMALS)
    return shortest.quantize(Decimal(1), context=DECIMALS) if exponent(shortest) > 0 else shortest


def exponent(number: Decimal) -> int:
    """The exponent of a finite number."""
    found = number.as_tuple().exponent
    return found if isinstance(found, int) else 0


def limit(options: Options, name: str) -> Decimal | None:
    """The number an option holds, as number or text."""
    written = options.get(name)
    return None if written is None else _limit(written)


@lru_cache(maxsize=1024, typed=True)
def _limit(written: object) -> Decimal | None:
    return decimal_from(written)


def limits_problems(options: Options) -> tuple[Problem, ...]:
    """A smallest value above the largest one can never be met."""
    low, high = limit(options, "min"), limit(options, "max")
    if low is not None and high is not None and low > high:
        return (problem("/min", "minimum_above_maximum", min=str(low), max=str(high)),)
    return ()


def restrained_number(value: FieldValue, scale: int) -> FieldValue:
    """A computed number rounded HALF_UP to the scale; too large for the column is empty."""
    if not isinstance(value, Decimal):
        return value
    if not value.is_finite() or abs(value) >= LARGEST:
        return None
    return plain(rounded(value, scale))


def cell_number(text: str, *, percent: bool = False) -> JsonValue:
    """A cell such as ``1,234.50``, ``￥1,234``, ``5元``, ``(12.5)``, ``12%`` → plain decimal text.

    A percent sign belongs to fields counted in percent; elsewhere ``12%`` is 0.12. Thousands are
    accepted only where they stand in threes, so that ``1,5`` is a problem and not fifteen.
    """
    cell = narrow(text).translate(_SIGNS).removesuffix("元")
    if not cell:
        return None
    negative = cell.startswith("(") and cell.endswith(")")
    if negative:
        cell = cell[1:-1]
    hundredth = cell.endswith("%")
    if hundredth:
        cell = cell[:-1]
    if "," in cell:
        if not _GROUPED.match(cell):
            raise InvalidValue("not_a_number")
        cell = cell.replace(",", "")
    number = decimal_from(cell)
    if number is None:
        raise InvalidValue("not_a_number")
    if negative:
        number = -number
    if hundredth and not percent:
        number = number.scaleb(-2)
    return decimal_text(number)


THOUSANDS: Mapping[str, Any] = option(
    {"type": "boolean", "default": True},
    "千位分隔符",
    "Thousands separator",
    order=12,
    help=(
        "年份、编号等不需要时关闭：1984 而不是 1,984",
        "Off for years and numbers that are names: 1984",
    ),
)


def grouped(number: Decimal, scale: int | None, *, thousands: bool = True) -> str:
    """With thousands separators unless told otherwise, and with ``scale`` decimals where given."""
    mark = "," if thousands else ""
    if scale is None:
        text = decimal_text(number)
        whole, dot, rest = text.partition(".")
        return f"{int(whole):{mark}}{dot}{rest}" if whole not in ("-0", "0") else text
    return f"{rounded(number, scale):{mark}.{scale}f}"

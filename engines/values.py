"""JSON at the border: read strictly once, decimals never become floats."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from engines.problems import refuse

JsonValue = None | bool | int | str | Decimal | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

MAX_DEPTH = 64
MAX_DIGITS = 30
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})

DECIMALS = Context(prec=60, rounding=ROUND_HALF_UP, Emax=999, Emin=-999)


class _Malformed(ValueError):
    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_json(text: str | bytes) -> JsonValue:
    """One JSON document as plain values; numbers with a fraction or exponent become Decimal.

    Refuses what Postgres or the product cannot hold: NaN and infinities, NUL and lone surrogates,
    duplicate keys, prototype keys, more than 64 levels, numbers over 30 digits. Raises Problems
    with code ``not_json`` or the exact fact.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        value: JsonValue = json.loads(
            text,
            parse_float=_number,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
        _check(value, 1)
    except _Malformed as error:
        raise refuse("", error.code, **error.params) from None
    except RecursionError:
        raise refuse("", "json_too_deep", limit=MAX_DEPTH) from None
    except json.JSONDecodeError as error:
        raise refuse("", "not_json", line=error.lineno, column=error.colno) from None
    except (UnicodeDecodeError, ValueError):
        raise refuse("", "not_json", line=1, column=1) from None
    return value


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _number(text: str) -> Decimal:
    if _digits(text) > MAX_DIGITS:
        raise _Malformed("number_too_long", limit=MAX_DIGITS)
    value = Decimal(text)
    exponent = value.adjusted()
    if abs(exponent) > MAX_DIGITS:
        raise _Malformed("number_too_long", limit=MAX_DIGITS)
    return value


def _integer(text: str) -> int:
    if _digits(text) > MAX_DIGITS:
        raise _Malformed("number_too_long", limit=MAX_DIGITS)
    return int(text)


def _constant(text: str) -> JsonValue:
    raise _Malformed("not_a_json_number", text=text)


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    result: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in result:
            raise _Malformed("duplicate_key", key=key[:40])
        if key in FORBIDDEN_KEYS:
            raise _Malformed("forbidden_key", key=key)
        result[key] = value
    return result


def storable(text: str) -> bool:
    """False for text that Postgres refuses: NUL characters and lone surrogates."""
    if "\x00" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()  # much faster than looking at each character
    except UnicodeEncodeError:
        return False
    return True


def _check(value: JsonValue, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _Malformed("json_too_deep", limit=MAX_DEPTH)
    if isinstance(value, str):
        if not storable(value):
            raise _Malformed("forbidden_character")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            _check(key, depth)
            _check(member, depth + 1)
    elif isinstance(value, Sequence):
        for member in value:
            _check(member, depth + 1)


def decimal_from(value: object) -> Decimal | None:
    """A finite Decimal of at most 30 digits from JSON (text or number); None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Decimal):
        text = str(value)
    elif isinstance(value, str):
        text = value.strip()
    else:
        return None
    if not text or len(text) > 60 or not text.isascii() or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        return None
    if len(number.as_tuple().digits) > MAX_DIGITS:
        return None
    return number


def decimal_text(number: Decimal) -> str:
    """The shortest plain notation: ``1.50`` → ``1.5``, ``1E+3`` → ``1000``, ``-0`` → ``0``."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, places: int) -> Decimal:
    """HALF_UP at ``places`` decimals (negative places round to tens, hundreds …)."""
    return number.quantize(Decimal(1).scaleb(-places), context=DECIMALS)

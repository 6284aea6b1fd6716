"""Reading text from people: blanks, length, what Postgres cannot hold."""

from __future__ import annotations

import unicodedata

from engines.forms.field_type import InvalidValue
from engines.values import JsonValue, storable

LINE_LIMIT = 1_000
LONG_LIMIT = 100_000


def read_text(value: JsonValue, *, limit: int, lines: bool) -> str | None:
    """Text without outer blanks, empty as None; raises InvalidValue.

    A number is refused rather than turned into text: the sender meant another field.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidValue("not_a_text")
    if not storable(value):
        raise InvalidValue("forbidden_character")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not lines and "\n" in text:
        raise InvalidValue("line_break_in_text")
    if len(text) > limit:
        raise InvalidValue("too_long", limit=limit, length=len(text))
    return text or None


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as plain ones, as people type them in Chinese."""
    return unicodedata.normalize("NFKC", text).strip()

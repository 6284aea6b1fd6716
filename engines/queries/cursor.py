"""The place where a page ended, as text that only means something to the same sort."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime

from engines.forms.plan import Sort
from engines.problems import refuse
from engines.values import decimal_from

Keys = tuple[str | None, ...]
"""The sort keys of a record as text, its id last."""


def signature(sort: Sequence[Sort]) -> str:
    """Names the sort that a cursor belongs to."""
    return ",".join(("-" if each.descending else "") + ".".join(each.path) for each in sort)


def write_cursor(sort: Sequence[Sort], keys: Sequence[str | None]) -> str:
    """``keys`` as an opaque text for addresses."""
    text = json.dumps([signature(sort), list(keys)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sequence[Sort], kinds: Sequence[str]) -> Keys:
    """The keys in ``cursor``, each of the SQL type in ``kinds``; raises Problems at ``/after``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        signed, keys = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, TypeError, binascii.Error):
        raise refuse("/after", "cursor_not_valid") from None
    fits = isinstance(keys, list) and len(keys) == len(kinds) and signed == signature(sort)
    if not fits or not all(_is(key, kind) for key, kind in zip(keys, kinds, strict=True)):
        raise refuse("/after", "cursor_not_valid")
    return tuple(keys)


def _is(key: object, kind: str) -> bool:
    if key is None:
        return True
    if not isinstance(key, str) or "\x00" in key:
        return False
    try:
        if kind == "text":
            return key.isprintable() or not any("\ud800" <= each <= "\udfff" for each in key)
        if kind == "numeric":
            return decimal_from(key) is not None
        if kind in ("bigint", "integer"):
            return -(2**63) <= int(key) < 2**63 if kind == "bigint" else abs(int(key)) < 2**31
        if kind == "boolean":
            return key in ("true", "false")
        if kind == "date":
            date.fromisoformat(key)
        elif kind == "timestamptz":
            datetime.fromisoformat(key)
        else:
            return False
    except ValueError:
        return False
    return True

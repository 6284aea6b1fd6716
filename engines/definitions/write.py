"""The canonical text of a definition, and its digest, which is the draft's ETag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines.values import decimal_text


def write(body: Any, *, pretty: bool = False) -> str:
    """``body`` as JSON: the author's order kept, no spaces, decimals exact, UTF-8 as it is.

    ``pretty`` breaks lines and indents by one, for files that people read and compare.
    """
    return _text(body, 1 if pretty else None)


def digest(body: Any) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(write(body).encode()).hexdigest()


def _text(value: Any, indent: int | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Mapping):
        colon = ": " if indent else ":"
        parts = [
            json.dumps(key, ensure_ascii=False) + colon + _text(member, _deeper(indent))
            for key, member in value.items()
        ]
        return _bracketed("{", parts, "}", indent)
    if isinstance(value, list | tuple):
        return _bracketed("[", [_text(member, _deeper(indent)) for member in value], "]", indent)
    raise TypeError(f"not JSON: {type(value).__name__}")


def _deeper(indent: int | None) -> int | None:
    return None if indent is None else indent + 1


def _bracketed(opening: str, parts: list[str], closing: str, indent: int | None) -> str:
    if indent is None or not parts:
        return opening + ",".join(parts) + closing
    inside = "\n" + " " * indent
    return opening + inside + ("," + inside).join(parts) + "\n" + " " * (indent - 1) + closing

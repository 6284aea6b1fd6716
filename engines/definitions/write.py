"""The canonical text of a definition, and its digest, which is the draft's ETag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines.values import decimal_text


def write(body: Any) -> str:
    """``body`` as JSON: the author's order kept, no spaces, decimals exact, UTF-8 as it is."""
    if body is None:
        return "null"
    if isinstance(body, bool):
        return "true" if body else "false"
    if isinstance(body, str):
        return json.dumps(body, ensure_ascii=False)
    if isinstance(body, int):
        return str(body)
    if isinstance(body, Decimal):
        return decimal_text(body)
    if isinstance(body, Mapping):
        parts = (f"{write(str(key))}:{write(member)}" for key, member in body.items())
        return "{" + ",".join(parts) + "}"
    if isinstance(body, list | tuple):
        return "[" + ",".join(write(member) for member in body) + "]"
    raise TypeError(f"not JSON: {type(body).__name__}")


def digest(body: Any) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(write(body).encode()).hexdigest()

"""Answers as JSON: decimals are strings, moments carry their offset."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from engines.values import decimal_text


class Raw:
    """JSON that Postgres has already written; goes to the socket as it is."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


def _other(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Raw):
        return orjson.Fragment(value.content)
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def json_bytes(data: object) -> bytes:
    """``data`` as compact UTF-8 JSON."""
    try:
        return orjson.dumps(data, default=_other, option=orjson.OPT_NON_STR_KEYS)
    except orjson.JSONEncodeError:
        # Somebody's own number, sent back in a refusal, may have more than 64 bits.
        return orjson.dumps(_narrowed(data), default=_other, option=orjson.OPT_NON_STR_KEYS)


def _narrowed(data: object) -> object:
    if isinstance(data, int) and not -(2**63) <= data < 2**64:
        return str(data)
    if isinstance(data, Mapping):
        return {key: _narrowed(each) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [_narrowed(each) for each in data]
    return data


class JSONRenderer(BaseRenderer):
    """The only renderer of the API."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Bytes of ``data``; nothing for an answer without content."""
        if data is None:
            return b""
        if isinstance(data, Raw):
            return data.content
        return json_bytes(data)

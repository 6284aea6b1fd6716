"""Bodies in: read strictly once, decimals never become floats."""

import re
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from apps_runtime.refusals import Refused, malformed
from engines.problems import Problems, pointer, problem, refuse
from engines.values import JsonValue, read_json

BLOCK = 1 << 20
MOST_THROWN_AWAY = 64 << 20  # bytes of a body that is too large
MAX_DIGITS = 18  # of an id
WHOLE = re.compile(r"-?[0-9]{1,12}", re.ASCII)


class JSONParser(BaseParser):
    """The API's JSON parser; what it refuses answers 400 with the exact fact."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value, with Decimal for numbers that have a fraction."""
        return read_json(_limited(stream, settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


class ZipParser(BaseParser):
    """A zip as the body itself, as programs send it."""

    media_type = "application/zip"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The bytes as they came."""
        return _limited(stream, settings.UPLOAD_LIMIT)


class BytesParser(ZipParser):
    """The same from a program that does not say what it sends."""

    media_type = "application/octet-stream"


def _limited(stream: IO[Any], limit: int) -> bytes:
    """The whole body; 413 over ``limit`` bytes.

    The rest is read all the same, within reason: a client that is still sending when the
    connection closes never sees the answer.
    """
    body: bytes = stream.read(limit + 1)
    if len(body) <= limit:
        return body
    for _ in range(MOST_THROWN_AWAY // BLOCK):
        if not stream.read(BLOCK):
            break
    raise Refused(413, (problem("", "too_large", limit=limit),))


def body_object(request: Request, *, needed: bool = False) -> dict[str, JsonValue]:
    """The body where only an object makes sense; an absent one is empty, or refused if needed."""
    data = request.data
    if needed and not data and request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        raise malformed("not_an_object")
    if isinstance(data, Mapping):
        return dict(data)
    raise malformed("not_an_object")


def known_properties(body: Iterable[str], *names: str) -> None:
    """Refuses properties that this address does not know: a typo must not be ignored."""
    found = [problem(pointer(key[:60]), "no_such_property") for key in body if key not in names]
    if found:
        raise Problems(found)


def known_parts(request: Request, *names: str) -> None:
    """The same for the parts of a multipart form."""
    if request.content_type.startswith("multipart/"):
        known_properties(request.POST, *names)
        known_properties(request.FILES, *names)


def known_parameters(request: Request, *names: str) -> None:
    """Refuses query parameters that this address does not know: a typo must not be ignored."""
    for name in request.query_params:
        if name not in names:
            raise malformed("unknown_parameter", pointer(name[:60]), name=name[:60])


def page_size(request: Request, *, default: int, most: int) -> int:
    """The parameter ``limit``: 400 where it is no whole number, 422 where it is out of range."""
    given = request.query_params.get("limit", str(default))
    if WHOLE.fullmatch(given) is None:
        raise malformed("limit_not_valid", "/limit", limit=most)
    if not 1 <= int(given) <= most:
        raise refuse("/limit", "limit_out_of_range", limit=most)
    return int(given)


def cursor_id(request: Request) -> int | None:
    """The parameter ``after`` where a page goes on from an id; 400 where it is none."""
    given = request.query_params.get("after") or None
    if given is None:
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > MAX_DIGITS:
        raise malformed("cursor_not_valid", "/after")
    return int(given)

"""Bodies in: read strictly once, decimals never become floats."""

import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from apps_runtime.refusals import Refused, malformed
from engines.problems import Problems, pointer, problem, refuse
from engines.values import JsonValue, read_json

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
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise Refused(413, (problem("", "too_large", limit=limit),))
        return read_json(body)


def body_object(request: Request, *, needed: bool = False) -> dict[str, JsonValue]:
    """The body where only an object makes sense; an absent one is empty, or refused if needed."""
    data = request.data
    if needed and not data and request.META.get("CONTENT_LENGTH") in (None, "", "0"):
        raise malformed("not_an_object")
    if isinstance(data, Mapping):
        return dict(data)
    raise malformed("not_an_object")


def known_properties(body: Mapping[str, JsonValue], *names: str) -> None:
    """Refuses properties that this address does not know: a typo must not be ignored."""
    found = [problem(f"/{key}", "no_such_property") for key in body if key not in names]
    if found:
        raise Problems(found)


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

"""Bodies in: read strictly once, decimals never become floats."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from apps_runtime.refusals import Refused, malformed
from engines.problems import Problems, problem
from engines.values import JsonValue, read_json


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
            raise malformed("unknown_parameter", name=name[:60])

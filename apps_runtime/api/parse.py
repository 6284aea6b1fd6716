"""Bodies in: read strictly once, decimals never become floats."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from apps_runtime.refusals import Refused, malformed
from engines.problems import problem
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


def body_object(request: Request) -> dict[str, JsonValue]:
    """The body where only an object makes sense; an absent body is an empty object."""
    data = request.data
    if isinstance(data, Mapping):
        return dict(data)
    raise malformed("not_an_object")


def known_parameters(request: Request, *names: str) -> None:
    """Refuses query parameters that this address does not know: a typo must not be ignored."""
    for name in request.query_params:
        if name not in names:
            raise malformed("unknown_parameter", name=name[:60])

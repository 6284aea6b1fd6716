"""The header Idempotency-Key on POST."""

from collections.abc import Callable

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import idempotency
from apps_runtime.api.render import Raw, json_bytes

HEADER = "Idempotency-Key"


def answer_once(
    request: Request,
    body: object | Callable[[], object],
    work: Callable[[], tuple[int, object]],
    *,
    together: bool = True,
) -> Response:
    """``work()`` → (status, data) as a response; done once when the header names a key.

    ``body`` is what makes two requests the same; a function where finding that out takes time.
    ``together`` as in `idempotency.once`.
    """
    key = request.headers.get(HEADER)
    if key is None:
        status, data = work()
        return Response(data, status=status)

    def answer() -> idempotency.Answer:
        status, data = work()
        content = data.content if isinstance(data, Raw) else json_bytes(data)
        return idempotency.Answer(status, content)

    person = request.user.pk or 0
    asked = json_bytes(body() if callable(body) else body)
    route = f"{request.method} {request.path}"
    kept = idempotency.once(person, route, key.strip(), asked, answer, together=together)
    headers = {"Idempotency-Replayed": "true"} if kept.repeated else None
    return Response(Raw(kept.content), status=kept.status, headers=headers)

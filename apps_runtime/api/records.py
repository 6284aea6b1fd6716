"""Records over HTTP: list, create, read, change, delete, restore, batch and what hangs on them."""

from __future__ import annotations

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import comments, exports, records
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import (
    body_object,
    cursor_id,
    known_parameters,
    known_properties,
    page_size,
)
from apps_runtime.api.render import Raw
from apps_runtime.api.view import View, caller_of, in_application
from apps_runtime.language import language_of
from apps_runtime.refusals import malformed

LIST_PARAMETERS = (
    "view",
    "filter",
    "sort",
    "fields",
    "search",
    "limit",
    "after",
    "count",
    "deleted",
)

# An export is the whole list, never a page of it.
EXPORT_PARAMETERS = ("view", "filter", "sort", "fields", "search")
MAX_PAGE = 200  # of history and comments


def wanted_of(request: Request) -> records.Wanted:
    """The query parameters of a list, read but not yet understood."""
    query = request.query_params
    return records.Wanted(
        view=query.get("view") or None,
        filter=query.get("filter") or None,
        sort=query.get("sort") or None,
        fields=_names(query.get("fields")),
        search=query.get("search") or None,
        limit=page_size(request, default=50, most=records.MAX_LIMIT),
        after=query.get("after") or None,
        count=_flag(query.get("count"), "/count"),
        deleted=bool(_flag(query.get("deleted"), "/deleted")),
        language=language_of(request),
    )


def _names(text: str | None) -> tuple[str, ...] | None:
    if text is None or not text.strip():
        return None
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _flag(text: str | None, path: str) -> bool | None:
    if text in (None, ""):
        return None
    if text in ("false", "0"):
        return False
    if text in ("true", "1"):
        return True
    raise malformed("not_a_flag", path)


class Records(View):
    """…/records/{form}"""

    policy = in_application

    def get(self, request: Request, app: str, form: str) -> Response:
        known_parameters(request, *LIST_PARAMETERS)
        return Response(Raw(records.listed(caller_of(request, app), form, wanted_of(request))))

    def post(self, request: Request, app: str, form: str) -> Response:
        caller = caller_of(request, app)
        body = body_object(request, needed=True)

        def work() -> tuple[int, object]:
            return 201, records.create(caller, form, body, language=language_of(request))

        return answer_once(request, body, work)


class Batch(View):
    """…/records/{form}/batch"""

    policy = in_application

    def post(self, request: Request, app: str, form: str) -> Response:
        caller = caller_of(request, app)
        body = body_object(request)

        def work() -> tuple[int, object]:
            return 200, records.batch(caller, form, body, language=language_of(request))

        return answer_once(request, body, work)


class Record(View):
    """…/records/{form}/{id}"""

    policy = in_application

    def get(self, request: Request, app: str, form: str, record: int) -> Response:
        known_parameters(request)
        caller = caller_of(request, app)
        found = records.read_one(caller, form, record, language=language_of(request))
        return Response(Raw(found))

    def patch(self, request: Request, app: str, form: str, record: int) -> Response:
        caller = caller_of(request, app)
        return Response(
            records.update(
                caller, form, record, body_object(request), language=language_of(request)
            )
        )

    def delete(self, request: Request, app: str, form: str, record: int) -> Response:
        caller = caller_of(request, app)
        body = body_object(request)
        known_properties(body, "version")
        records.delete(caller, form, record, version=body.get("version"))
        return Response(status=204)


class Restore(View):
    """…/records/{form}/{id}/restore"""

    policy = in_application

    def post(self, request: Request, app: str, form: str, record: int) -> Response:
        caller = caller_of(request, app)

        def work() -> tuple[int, object]:
            return 200, records.restore(caller, form, record, language=language_of(request))

        return answer_once(request, {}, work)


class History(View):
    """…/records/{form}/{id}/history"""

    policy = in_application

    def get(self, request: Request, app: str, form: str, record: int) -> Response:
        known_parameters(request, "after", "limit")
        return Response(
            records.history(
                caller_of(request, app),
                form,
                record,
                after=cursor_id(request),
                limit=page_size(request, default=50, most=MAX_PAGE),
                language=language_of(request),
            )
        )


class Related(View):
    """…/records/{form}/{id}/related/{other}"""

    policy = in_application

    def get(self, request: Request, app: str, form: str, record: int, other: str) -> Response:
        known_parameters(request, *LIST_PARAMETERS, "link")
        return Response(
            Raw(
                records.related(
                    caller_of(request, app),
                    form,
                    record,
                    other,
                    wanted_of(request),
                    link=request.query_params.get("link") or None,
                )
            )
        )


class Comments(View):
    """…/records/{form}/{id}/comments"""

    policy = in_application

    def get(self, request: Request, app: str, form: str, record: int) -> Response:
        known_parameters(request, "after", "limit")
        return Response(
            comments.listed(
                caller_of(request, app),
                form,
                record,
                before=cursor_id(request),
                limit=page_size(request, default=MAX_PAGE, most=MAX_PAGE),
            )
        )

    def post(self, request: Request, app: str, form: str, record: int) -> Response:
        caller = caller_of(request, app)
        body = body_object(request)
        known_properties(body, "text")
        return answer_once(
            request,
            body,
            lambda: (201, comments.add(caller, form, record, body.get("text"))),
        )


class Values(View):
    """…/records/{form}/values: what a field holds, for filters and pickers."""

    policy = in_application

    def get(self, request: Request, app: str, form: str) -> Response:
        known_parameters(request, "field", "search")
        return Response(
            records.values(
                caller_of(request, app),
                form,
                request.query_params.get("field") or "",
                search=request.query_params.get("search") or None,
                language=language_of(request),
            )
        )


class Export(View):
    """…/records/{form}/export"""

    policy = in_application

    def get(self, request: Request, app: str, form: str) -> HttpResponseBase:
        known_parameters(request, "format", *EXPORT_PARAMETERS)
        wanted = wanted_of(request)
        return exports.response(
            caller_of(request, app), form, wanted, request.query_params.get("format", "xlsx")
        )

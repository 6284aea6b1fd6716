"""Reports and dashboards over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import reports
from apps_runtime.api.parse import body_object, known_parameters, known_properties
from apps_runtime.api.records import LIST_PARAMETERS, wanted_of
from apps_runtime.api.render import Raw
from apps_runtime.api.view import View, caller_of, in_application
from apps_runtime.language import language_of
from apps_runtime.refusals import malformed
from engines.problems import Problems
from engines.values import JsonValue, read_json


class Report(View):
    """/api/apps/{app}/reports/{report}"""

    policy = in_application

    def get(self, request: Request, app: str, report: str) -> Response:
        known_parameters(request, "filter")
        return Response(
            reports.answer(
                caller_of(request, app),
                report,
                filter_text=request.query_params.get("filter") or None,
                language=language_of(request),
            )
        )


class Preview(View):
    """/api/apps/{app}/reports/preview: a report that is not published yet."""

    policy = in_application

    def post(self, request: Request, app: str) -> Response:
        body = body_object(request)
        known_properties(body, "report", "filter")
        return Response(
            reports.preview(
                caller_of(request, app),
                _report(body),
                filter_text=_text(body.get("filter")),
                language=language_of(request),
            )
        )


class PreviewBehind(View):
    """/api/apps/{app}/reports/preview/records: the records behind a cell of a preview."""

    policy = in_application

    def post(self, request: Request, app: str) -> Response:
        body = body_object(request)
        known_properties(body, "report", "filter", "cell")
        return Response(
            Raw(
                reports.behind(
                    caller_of(request, app),
                    _report(body),
                    cell=body.get("cell"),
                    filter_text=_text(body.get("filter")),
                    wanted=wanted_of(request),
                )
            )
        )


class Behind(View):
    """/api/apps/{app}/reports/{report}/records?cell=: the records behind a number."""

    policy = in_application

    def get(self, request: Request, app: str, report: str) -> Response:
        known_parameters(request, "cell", *LIST_PARAMETERS)
        return Response(
            Raw(
                reports.behind(
                    caller_of(request, app),
                    report,
                    cell=_cell(request.query_params.get("cell") or "null"),
                    filter_text=request.query_params.get("filter") or None,
                    wanted=wanted_of(request),
                )
            )
        )


class Dashboard(View):
    """/api/apps/{app}/dashboards/{key}"""

    policy = in_application

    def get(self, request: Request, app: str, dashboard: str) -> Response:
        return Response(reports.dashboard(caller_of(request, app), dashboard, language_of(request)))


def _cell(text: str) -> JsonValue:
    try:
        return read_json(text)
    except Problems as error:
        raise error.under("/cell") from None


def _report(body: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    report = body.get("report")
    if not isinstance(report, Mapping):
        raise malformed("not_an_object", "/report")
    return report


def _text(value: JsonValue) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise malformed("not_a_text", "/filter")
    return value

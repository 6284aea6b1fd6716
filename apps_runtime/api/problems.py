"""One shape for everything that is wrong."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg2
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps_runtime import texts
from apps_runtime.api.render import json_bytes
from apps_runtime.language import language_of
from apps_runtime.refusals import Refused, status_of
from engines.problems import Problem, Problems, problem

logger = logging.getLogger(__name__)

_CODE_OF_DRF: tuple[tuple[type[exceptions.APIException], str], ...] = (
    (exceptions.NotAuthenticated, "not_signed_in"),
    (exceptions.AuthenticationFailed, "not_signed_in"),
    (exceptions.PermissionDenied, "forbidden"),
    (exceptions.NotFound, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.UnsupportedMediaType, "media_type"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.Throttled, "too_many_requests"),
)


def problem_json(each: Problem, language: str) -> dict[str, object]:
    """One problem as clients see it."""
    return {
        "path": each.path,
        "code": each.code,
        "severity": each.severity,
        "message": texts.message(each, language),
        "params": {key: value for key, value in each.params.items() if key != "message"},
    }


def problems_json(problems: Iterable[Problem], language: str) -> list[dict[str, object]]:
    """Several problems as clients see them."""
    return [problem_json(each, language) for each in problems]


def _from_database(error: DatabaseError) -> Problems | None:
    cause = error.__cause__
    if isinstance(cause, psycopg2.errors.QueryCanceled):
        return Refused(503, (problem("", "took_too_long"),))
    if isinstance(
        cause,
        psycopg2.errors.DeadlockDetected
        | psycopg2.errors.LockNotAvailable
        | psycopg2.errors.SerializationFailure,
    ):
        return Refused(503, (problem("", "try_again"),))
    if isinstance(error, DataError):
        return Refused(422, (problem("", "value_out_of_range"),))
    if isinstance(error, IntegrityError):
        return Refused(409, (problem("", "conflict"),))
    if isinstance(error, OperationalError):
        return Refused(503, (problem("", "try_again"),))
    return None


def _problems_of(error: Exception) -> tuple[Problems, int, dict[str, str]] | None:
    headers: dict[str, str] = {}
    if isinstance(error, Problems):
        return error, status_of(error), headers
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, SuspiciousOperation):
        return Problems((problem("", "malformed"),)), 400, headers
    if isinstance(error, DatabaseError):
        found = _from_database(error)
        if found is None:
            return None
        logger.warning("the database refused: %s", error)
        return found, status_of(found), headers
    if isinstance(error, exceptions.APIException):
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
        code = next((code for kind, code in _CODE_OF_DRF if isinstance(error, kind)), "malformed")
        return Problems((problem("", code),)), error.status_code, headers
    return None


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's hook: every refusal as {"problems": […]}; None lets a bug of ours become a 500."""
    found = _problems_of(error)
    if found is None:
        return None
    problems, status, headers = found
    set_rollback()
    language = language_of(context["request"])
    body: dict[str, object] = {"problems": problems_json(problems.problems, language)}
    if isinstance(problems, Refused):
        body.update(problems.extra)
    return Response(body, status=status, headers=headers)


def problem_response(request: HttpRequest, status: int, code: str) -> HttpResponse:
    """The same shape for plain Django views."""
    found = problem("", code)
    content = json_bytes({"problems": problems_json((found,), language_of(request))})
    return HttpResponse(content, status=status, content_type="application/json")


def not_found_view(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers addresses under /api/ that do not exist."""
    return problem_response(request, 404, "not_found")


def server_error_view(request: HttpRequest) -> HttpResponse:
    """Answers when a bug of ours was met; tells nothing about it."""
    return problem_response(request, 500, "server_error")

"""What people see where there is nothing, or where something of ours broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE

from apps_runtime.api.problems import not_found_view, problem_response, server_error_view
from apps_runtime.pages.page import page, page_language, page_texts


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in a sentence; the same for everything that does not exist or may not be seen."""
    if request.path.startswith("/api/"):
        return not_found_view(request, exception)
    texts = page_texts(page_language(request))
    return page(
        request,
        "message",
        {
            "title": texts["not_found_title"],
            "sentence": texts["not_found"],
            "link": "/",
            "link_text": texts["home"],
        },
        status=404,
        keep_language=False,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500 in a sentence; tells nothing about what went wrong."""
    if request.path.startswith("/api/"):
        return server_error_view(request)
    texts = page_texts(page_language(request))
    return page(
        request,
        "message",
        {"title": texts["broken_title"], "sentence": texts["broken"]},
        status=500,
        keep_language=False,
    )


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page's form was sent without the CSRF token that belongs to this browser."""
    if request.path.startswith("/api/"):
        return problem_response(request, 403, "csrf_failed")
    texts = page_texts(page_language(request))
    no_cookie = reason == REASON_NO_CSRF_COOKIE
    return page(
        request,
        "message",
        {
            "title": texts["out_of_date_title"],
            "sentence": texts["needs_cookies" if no_cookie else "out_of_date"],
            "link": request.path,
            "link_text": texts["try_again"],
        },
        status=403,
        keep_language=False,
    )

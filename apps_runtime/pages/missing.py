"""What people see where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from apps_runtime.pages.page import page, page_language, page_texts


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in a sentence; the same for everything that does not exist or may not be seen."""
    texts = page_texts(page_language(request))
    return page(
        request,
        "message",
        {"title": texts["not_found_title"], "sentence": texts["not_found"]},
        status=404,
    )

"""What all server pages share: language, texts, rendering."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from apps_runtime import texts
from apps_runtime.language import language_of
from engines.texts import LANGUAGES

COOKIE = settings.LANGUAGE_COOKIE_NAME
COOKIE_OF = {"zh-Hans": "zh-hans", "en": "en"}  # Django's names


@cache
def _wordings() -> Mapping[str, Mapping[str, str]]:
    file = Path(texts.__file__).parent / "pages.json"
    found: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def page_texts(language: str) -> Mapping[str, str]:
    """Every text of the server pages in one language."""
    return {key: wording[language] for key, wording in _wordings().items()}


def page_language(request: HttpRequest) -> str:
    """``?lang=``, else what was chosen before in this browser, else the browser's language."""
    for chosen in (request.GET.get("lang"), request.COOKIES.get(COOKIE)):
        for language in LANGUAGES:
            if chosen and chosen.lower() == language.lower():
                return language
    return language_of(request)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    language: str | None = None,
    keep_language: bool = True,
) -> HttpResponse:
    """The page, never cached; remembers the language that a link chose, if ``keep_language``."""
    chosen = language or page_language(request)
    query = request.GET.copy()
    query["lang"] = "zh-Hans" if chosen == "en" else "en"
    response = render(
        request,
        f"pages/{template}.html",
        {
            "language": chosen,
            "t": page_texts(chosen),
            "switch": f"?{query.urlencode()}",
            **context,
        },
        status=status,
    )
    response["Cache-Control"] = "no-store"
    if keep_language and request.GET.get("lang"):
        response.set_cookie(
            COOKIE,
            COOKIE_OF[chosen],
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
    return response


def local_path(path: str | None) -> str:
    """``path`` where it leads to this installation, else ``/``: nobody is sent elsewhere."""
    if (
        path
        and path.startswith("/")
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    ):
        return path
    return "/"

"""The two shells that load the front end: the runtime and the designer."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError, DjangoViteManifestError

from apps_runtime.api.render import json_bytes
from apps_runtime.api.session import session_json
from apps_runtime.models import Person
from apps_runtime.pages.page import page, page_language, page_texts
from apps_runtime.people.sign_in import signed_in

logger = logging.getLogger(__name__)

# Inside <script> only these can end the element or begin a comment in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@require_safe
def runtime(request: HttpRequest, **_: object) -> HttpResponse:
    """Applications in use: lists, records, inbox, dashboards."""
    return _shell(request, "runtime")


@require_safe
def designer(request: HttpRequest, **_: object) -> HttpResponse:
    """Applications being designed."""
    return _shell(request, "designer")


def _shell(request: HttpRequest, name: str) -> HttpResponse:
    person = signed_in(request)
    if person is None:
        return HttpResponseRedirect("/login?" + urlencode({"next": request.get_full_path()}))
    if person.must_change:
        return HttpResponseRedirect("/password?" + urlencode({"next": request.get_full_path()}))
    language = person.language or page_language(request)
    return page(
        request,
        name,
        {
            "title": page_texts(language)["product"],
            "assets": _assets(f"src/{name}/main.tsx"),
            "bootstrap": _bootstrap(request, person, language),
        },
        language=language,
    )


def _bootstrap(request: HttpRequest, person: Person, language: str) -> str:
    """What the front end needs before its first request, as JSON that is safe inside <script>."""
    get_token(request)
    data = {
        **session_json(request, person),
        "language": language,
        "nonce": str(getattr(request, "csp_nonce", "")),
    }
    return mark_safe(json_bytes(data).decode().translate(ESCAPES))  # noqa: S308 - escaped above


def _assets(entry: str) -> str:
    """The tags of a built entry; empty where the front end has not been built."""
    try:
        tags: str = DjangoViteAssetLoader.instance().generate_vite_asset(entry, "default")
    except (DjangoViteAssetNotFoundError, DjangoViteManifestError) as error:
        logger.warning("the front end is not built: %s", error)
        return ""
    return mark_safe(tags)  # noqa: S308 - written by Vite's manifest, not by people

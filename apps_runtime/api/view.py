"""The base of every address: who may come in is declared on the class, never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps_runtime import access_log, people, releases
from apps_runtime.caller import Caller, Through
from apps_runtime.models import Token
from apps_runtime.permissions import is_platform_administrator, may_manage_members
from apps_runtime.refusals import Refused, forbidden, malformed, not_found
from engines.problems import problem

VIEW_AS = "X-View-As"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

Policy = Callable[..., None]
"""(request, **url arguments) → None; raises a refusal. What a record is about is decided later, by
the permissions that every query and write takes."""


def public(request: Request, **arguments: Any) -> None:
    """Everybody; the view itself decides."""


def signed_in(request: Request, **arguments: Any) -> None:
    """Whoever is signed in."""
    if not request.user.is_authenticated:
        raise Refused(401, (problem("", "not_signed_in"),))


def in_application(request: Request, **arguments: Any) -> None:
    """Whoever has a role in the application; to others it does not exist."""
    signed_in(request)
    app = str(arguments["app"])
    if releases.installed(app) is None or not may_enter(request, app):
        raise not_found()


def platform_administrator(request: Request, **arguments: Any) -> None:
    """Those who run the whole installation."""
    signed_in(request)
    if not is_platform_administrator(request.user.pk):
        raise forbidden()


def may_enter(request: Request, app: str) -> bool:
    """Whether the person has a role there and the token, where one is used, reaches there."""
    if isinstance(request.auth, Token) and request.auth.app not in (None, "", app):
        return False
    return bool(people.roles(request.user.pk, app))


def person_of(request: Request) -> int:
    """The id of whoever is signed in."""
    signed_in(request)
    return int(request.user.pk or 0)


def me(request: Request) -> int:
    """The id of whoever is signed in; the policy has seen to it that somebody is."""
    return int(request.user.pk or 0)


def caller_of(request: Request, app: str) -> Caller:
    """Who asks in ``app``: the person, or the one through whose eyes an administrator looks."""
    through = Through("ui") if request.auth is None else Through("api")
    wanted = request.headers.get(VIEW_AS)
    if wanted is None:
        return Caller(request.user.pk, app, through)
    if request.method not in ("GET", "HEAD"):
        raise forbidden("view_as_reads_only")
    if not may_manage_members(request.user.pk, app):
        raise forbidden("view_as_administrators_only")
    is_id = wanted.isascii() and wanted.isdecimal()
    seen = people.person(int(wanted) if is_id else people.person_id(wanted))
    if seen is None:
        raise malformed("no_such_person", name=wanted[:60])
    access_log.add("person.viewed_as", person=request.user.pk, app=app, params={"person": seen.pk})
    return Caller(seen.pk, app, through, real_person=request.user.pk)


class Negotiation(DefaultContentNegotiation):
    """JSON without weighing, for whoever takes it: all browsers and nearly all programs."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The only renderer, or a refusal where the client wants something else."""
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        if accepted in ("*/*", renderers[0].media_type):
            return renderers[0], renderers[0].media_type
        found: tuple[Any, str] = super().select_renderer(request, renderers, format_suffix)
        return found


class View(APIView):
    """An address with its ``policy``; a contract test fails where none is declared."""

    policy: ClassVar[Policy]
    permission_classes = ()
    content_negotiation_class = Negotiation

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authentication has been done by DRF; then the policy speaks."""
        super().initial(request, *args, **kwargs)
        type(self).policy(request, **kwargs)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Data is no page: a browser that is made to show it as one may load and do nothing."""
        response.setdefault("Content-Security-Policy", DATA_POLICY)
        return super().finalize_response(request, response, *args, **kwargs)

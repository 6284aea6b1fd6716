"""Who sends a request: a session's cookie (with CSRF protection) or a bearer token."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest, HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from apps_runtime import people
from apps_runtime.models import Person, Token
from apps_runtime.people.sign_in import signed_in
from apps_runtime.people.tokens import token_of
from apps_runtime.refusals import forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What the scope `write` reaches: using applications, not designing them or managing people.
USE = ("/api/apps", "/api/assignments", "/api/runs", "/api/notifications", "/api/work")
# What somebody may call who still has to change a temporary password.
BEFORE_CHANGE = ("/api/session",)


def person_of(request: Request) -> int:
    """The id of who sends the request, behind a policy that lets nobody else in."""
    if request.user.pk is None:
        raise NotAuthenticated
    return request.user.pk


class SessionAuthentication(BaseAuthentication):
    """The person of the session; unsafe methods need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Person, None] | None:
        """The signed-in person, or None; refuses a missing or wrong CSRF token with 403."""
        if "Authorization" in request.headers:
            return None  # whoever sends a token means the token, also with a cookie beside it
        person = signed_in(request._request)
        if person is None:
            return None
        if _csrf_reason(request._request) is not None:
            _refuse(request, "csrf_failed")
        if person.must_change and request.path not in BEFORE_CHANGE:
            _refuse(request, "must_change_password")
        return person, None

    def authenticate_header(self, request: Request) -> str:
        """Makes an absent sign-in a 401; browsers show no dialogue for this scheme."""
        return 'Bearer realm="mortise"'


class TokenAuthentication(BaseAuthentication):
    """The person of ``Authorization: Bearer mt_…``, within the token's scopes and application."""

    def authenticate(self, request: Request) -> tuple[Person, Token] | None:
        """The token's person and the token; 401 for an unknown one, 403 outside its scopes."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = token_of(secret.strip()) if scheme.lower() == "bearer" else None
        person = people.person(token.person_id) if token is not None else None
        if token is None or person is None or not person.active:
            raise AuthenticationFailed
        if not _within(token, str(request.method), request.path):
            _refuse(request, "token_scope")
        return person, token

    def authenticate_header(self, request: Request) -> str:
        """The scheme that clients should use."""
        return 'Bearer realm="mortise"'


def _within(token: Token, method: str, path: str) -> bool:
    own_session = path == "/api/session" and method in SAFE_METHODS
    if token.app is not None and not own_session:
        home = f"/api/apps/{token.app}"
        if path != home and not path.startswith((home + "/", "/api/work/")):
            return False
    if "*" in token.scopes:
        return True
    if method in SAFE_METHODS:
        return "read" in token.scopes or "write" in token.scopes
    used = any(path == root or path.startswith(root + "/") for root in USE)
    return "write" in token.scopes and used


def _csrf_reason(request: HttpRequest) -> object:
    """Why Django's CSRF check refuses, or None. API views are exempt from the middleware's."""
    check = CSRFCheck(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda *_: HttpResponse(), (), {})


def _refuse(request: Request, code: str) -> NoReturn:
    # Else the error's own answer would ask again who the person is, and fail again.
    request._not_authenticated()  # type: ignore[attr-defined]
    raise forbidden(code)

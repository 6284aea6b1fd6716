"""/api/session: sign in, who am I, change my password or language, sign out."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.middleware.csrf import get_token
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import people
from apps_runtime.api.parse import JSONParser, body_object
from apps_runtime.api.view import View, public
from apps_runtime.attempts import TooMany
from apps_runtime.models import Person
from apps_runtime.people import present
from apps_runtime.people.changes import change_own
from apps_runtime.people.sign_in import keep_signed_in, sign_in, sign_out
from apps_runtime.permissions import may_create_applications, may_design_something
from engines.problems import Problems, problem


def session_json(request: HttpRequest, person: Person) -> dict[str, object]:
    """The session as its person sees it; makes sure that the CSRF cookie is set."""
    return {
        "person": {
            **present.in_full(person),
            "rights": {
                "create_applications": may_create_applications(person.id),
                "design": may_design_something(person.id),
                "manage_people": "platform_administrator" in person.system_roles,
                "operate": not {"operator", "platform_administrator"}.isdisjoint(
                    person.system_roles
                ),
            },
        },
        "csrf": get_token(request),
    }


class SessionView(View):
    """The current session. Signing in needs no CSRF token: only JSON is accepted, which no foreign
    page can send without being asked first."""

    parser_classes = (JSONParser,)
    policy = public

    def get_authenticators(self) -> Sequence[BaseAuthentication]:  # type: ignore[override]
        """None for signing in: an old session must not stand in the way of a new one."""
        if self.request is not None and self.request.method == "POST":
            return []
        return super().get_authenticators()

    def get(self, request: Request) -> Response:
        """Who am I; 401 for nobody."""
        return Response(session_json(request._request, _person(request)))

    def post(self, request: Request) -> Response:
        """Sign in."""
        body = body_object(request)
        username, password = body.get("username"), body.get("password")
        wrong = [
            problem(f"/{key}", "text_expected")
            for key, value in (("username", username), ("password", password))
            if not isinstance(value, str)
        ]
        if wrong:
            raise Problems(wrong)
        try:
            person = sign_in(request._request, str(username), str(password))
        except TooMany as error:
            raise Throttled(wait=error.seconds) from None
        request.user = person
        # The directory's reading carries what present needs; the stamp did not change.
        return Response(session_json(request._request, people.person(person.id) or person))

    def patch(self, request: Request) -> Response:
        """Change my own language or password; other sessions end with the old password."""
        person = change_own(_person(request).id, body_object(request))
        if request.auth is None:
            keep_signed_in(request._request, person)
        return Response(session_json(request._request, person))

    def delete(self, request: Request) -> Response:
        """Sign out; being signed out already is fine."""
        if request.auth is None:
            sign_out(request._request)
        return Response(status=204)


def _person(request: Request) -> Person:
    if not isinstance(request.user, Person):
        raise NotAuthenticated
    return request.user

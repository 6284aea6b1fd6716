"""/api/people: the directory for everybody, changes for platform administrators."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import leaving, people
from apps_runtime.api.authentication import person_of
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import body_object, known_parameters
from apps_runtime.api.view import View, signed_in
from apps_runtime.language import language_of
from apps_runtime.models import Person
from apps_runtime.people import present
from apps_runtime.people.changes import create_person, give_temporary_password
from apps_runtime.people.search import matches
from apps_runtime.permissions import is_platform_administrator, require_platform_administrator
from apps_runtime.refusals import malformed

LIMIT = 200
MAX_LIMIT = 1000


def person_json(person: Person, reader: int) -> dict[str, object]:
    """The person as ``reader`` may know him."""
    full = person.id == reader or is_platform_administrator(reader)
    return present.in_full(person) if full else present.in_directory(person)


class PeopleView(View):
    """All people."""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """People by id: ``search`` (name, username, pinyin), ``department``, ``active``, paging."""
        known_parameters(request, "search", "department", "active", "limit", "after")
        reader: int = person_of(request)
        found = _filtered(request, people.directory().people.values())
        limit = _number(request, "limit", LIMIT, MAX_LIMIT)
        after = _number(request, "after", 0, 2**63 - 1)
        page = [person for person in found if person.id > after][: limit + 1]
        more = len(page) > limit
        return Response(
            {
                "people": [person_json(person, reader) for person in page[:limit]],
                "next": str(page[limit - 1].id) if more else None,
            }
        )

    def post(self, request: Request) -> Response:
        """Add a person."""
        require_platform_administrator(person_of(request))
        body = body_object(request)

        def add() -> tuple[int, object]:
            return 201, person_json(create_person(body), person_of(request))

        return answer_once(request, body, add)


class PersonView(View):
    """One person."""

    policy = signed_in

    def get(self, request: Request, person_id: int) -> Response:
        """The person, also when inactive: history still names him."""
        person = people.person(person_id)
        if person is None:
            raise Http404
        return Response(person_json(person, person_of(request)))

    def patch(self, request: Request, person_id: int) -> Response:
        """Change the person. With ``"active": false`` the answer tells what he leaves behind, and
        ``hand_over`` names who takes over his open assignments."""
        require_platform_administrator(person_of(request))
        body = body_object(request)
        try:
            person, handed = leaving.leave(person_id, body, by=person_of(request))
        except Person.DoesNotExist:
            raise Http404 from None
        answer = person_json(person, person_of(request))
        if body.get("active") is False:
            left = leaving.holdings(person, language_of(request))
            answer["hand_over"] = {"handed_over": handed, **left}
        return Response(answer)


class HandOverView(View):
    """What somebody who leaves would leave behind."""

    policy = signed_in

    def get(self, request: Request, person_id: int) -> Response:
        """Open assignments, records of his own, people who report to him, departments he heads."""
        require_platform_administrator(person_of(request))
        person = people.person(person_id)
        if person is None:
            raise Http404
        return Response(leaving.holdings(person, language_of(request)))


class TemporaryPasswordView(View):
    """A temporary password, shown once."""

    policy = signed_in

    def post(self, request: Request, person_id: int) -> Response:
        """Give the person a new password that must be changed after signing in."""
        require_platform_administrator(person_of(request))
        try:
            password = give_temporary_password(person_id)
        except Person.DoesNotExist:
            raise Http404 from None
        return Response({"password": password}, headers={"Cache-Control": "no-store"})


def _filtered(request: Request, everybody: Iterable[Person]) -> Iterable[Person]:
    found = everybody
    if (department := request.query_params.get("department")) is not None:
        is_id = department.isascii() and department.isdecimal() and len(department) < 19
        named = int(department) if is_id else department
        place = people.department_id(named)
        below = set(people.directory().below(place)) if place is not None else set()
        found = [person for person in found if person.department_id in below]
    if (active := request.query_params.get("active")) is not None:
        if active not in ("true", "false"):
            raise malformed("boolean_expected", "/active")
        found = [person for person in found if person.active == (active == "true")]
    if search := request.query_params.get("search", "").strip():
        full = is_platform_administrator(person_of(request))
        found = [person for person in found if matches(person, search, email=full)]
    return found


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > most:
        raise malformed("number_expected", f"/{name}", most=most)
    if name == "limit" and int(text) == 0:
        raise malformed("number_expected", f"/{name}", most=most)
    return int(text)

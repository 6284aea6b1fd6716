"""/api/apps/{app}/roles/{role}/members: who has a role of an application."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import people
from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import body_object
from apps_runtime.api.view import View, signed_in
from apps_runtime.models import Application
from apps_runtime.people import present
from apps_runtime.people.role_members import role_members, set_role_members
from apps_runtime.permissions import may_design, may_manage_members
from apps_runtime.refusals import forbidden, not_found
from apps_runtime.releases import plan


class MembersView(View):
    """The members of one role; changes apply at once."""

    policy = signed_in

    def get(self, request: Request, app: str, role: str) -> Response:
        """Members by kind, with their names."""
        if not (may_manage_members(person_of(request), app) or may_design(person_of(request), app)):
            _refuse(person_of(request), app)
        _known(app, role)
        return Response(_members_json(app, role))

    def put(self, request: Request, app: str, role: str) -> Response:
        """Replace the kinds of members that the body names."""
        if not may_manage_members(person_of(request), app):
            _refuse(person_of(request), app)
        _known(app, role)
        set_role_members(app, role, body_object(request))
        return Response(_members_json(app, role))


def _refuse(person: int, app: str) -> None:
    raise forbidden() if people.roles(person, app) or may_design(person, app) else not_found()


def _known(app: str, role: str) -> None:
    """404 unless the role is part of the release in force (or of every application)."""
    found = Application.objects.filter(key=app).only("key", "release").first()
    if found is None:
        raise not_found()
    if role != "administrator" and (found.release_id is None or role not in plan(app).roles):
        raise not_found()


def _members_json(app: str, role: str) -> dict[str, object]:
    found = role_members(app, role)
    return {
        "people": [one for each in found["people"] if (one := present.brief(int(each)))],
        "departments": [
            one for each in found["departments"] if (one := present.department_brief(int(each)))
        ],
        "positions": found["positions"],
    }

"""/api/departments: the tree for everybody, changes for platform administrators."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import people
from apps_runtime.api.authentication import person_of
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import body_object
from apps_runtime.api.view import View, signed_in
from apps_runtime.models import Department
from apps_runtime.people import present
from apps_runtime.people.departments import (
    change_department,
    create_department,
    delete_department,
)
from apps_runtime.permissions import require_platform_administrator
from apps_runtime.refusals import Refused
from engines.problems import Problems


class DepartmentsView(View):
    """All departments."""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """Every department with its parent; the reader builds the tree."""
        found = people.directory().departments.values()
        return Response({"departments": [present.department(each) for each in found], "next": None})

    def post(self, request: Request) -> Response:
        """Add a department."""
        require_platform_administrator(person_of(request))
        body = body_object(request)

        def add() -> tuple[int, object]:
            return 201, present.department(create_department(body))

        return answer_once(request, body, add)


class DepartmentView(View):
    """One department."""

    policy = signed_in

    def get(self, request: Request, department_id: int) -> Response:
        """The department."""
        found = people.directory().departments.get(department_id)
        if found is None:
            raise Http404
        return Response(present.department(found))

    def patch(self, request: Request, department_id: int) -> Response:
        """Change name, parent or head."""
        require_platform_administrator(person_of(request))
        try:
            found = change_department(department_id, body_object(request))
        except Department.DoesNotExist:
            raise Http404 from None
        return Response(present.department(found))

    def delete(self, request: Request, department_id: int) -> Response:
        """Remove it when it is empty; 409 while somebody is in it."""
        require_platform_administrator(person_of(request))
        try:
            delete_department(department_id)
        except Department.DoesNotExist:
            raise Http404 from None
        except Problems as error:
            raise Refused(409, error.problems) from None
        return Response(status=204)

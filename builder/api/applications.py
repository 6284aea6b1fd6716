"""/api/builder/applications: the applications that a person may design."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.http import HttpResponse
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import permissions
from apps_runtime.api.authentication import person_of
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import (
    BytesParser,
    ZipParser,
    body_object,
    known_parameters,
    known_parts,
)
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.models import Application
from apps_runtime.people import present, role_members
from apps_runtime.refusals import forbidden, malformed, not_found
from builder import applications, compare, drafts, released, travel
from builder.api.policies import designs, designs_something
from builder.tables import begin as tables

IMPORT_OPTIONS = ("dry_run", "app")


class ApplicationsView(View):
    """All applications that the reader may design."""

    policy = designs_something

    def get(self, request: Request) -> Response:
        """By the moment they were made."""
        language = language_of(request)
        mine = [
            each
            for each in Application.objects.filter(archived=False).order_by("created_at", "key")
            if permissions.may_design(person_of(request), each.key)
        ]
        return Response(
            {"applications": [applications.summary(each, language) for each in mine], "next": None}
        )

    def post(self, request: Request) -> Response:
        """A new application; its creator becomes its administrator.

        With ``table`` it begins with a form for an uploaded table; publishing it and importing the
        rows is the ``work`` of the answer.
        """
        if not permissions.may_create_applications(person_of(request)):
            raise forbidden()
        body = body_object(request)

        def make() -> tuple[int, object]:
            person, language = person_of(request), language_of(request)
            more: dict[str, object] = {}
            if tables.PROPERTY in body:
                begun = tables.begin(body, person=person, language=language)
                key = begun.app
                more = {"form": begun.form, "work": begun.work}
            else:
                key = applications.create(body, person=person)
            made = Application.objects.get(key=key)
            return 201, {**applications.summary(made, language), **more}

        return answer_once(request, body, make)


class ApplicationView(View):
    """One application with the list of its definitions."""

    policy = designs

    def get(self, request: Request, app: str) -> Response:
        """What the designer opens with."""
        found = Application.objects.filter(key=app, archived=False).first()
        if found is None:
            raise not_found()
        members = role_members.role_members(app, "administrator")["people"]
        return Response(
            {
                **applications.summary(found),
                "definitions": entries_json(app),
                "administrators": [present.brief(int(each)) for each in members],
            }
        )

    def delete(self, request: Request, app: str) -> Response:
        """Throw it away; a published one is archived, and only by those who give its roles."""
        if not permissions.may_manage_members(person_of(request), app):
            raise forbidden()
        applications.remove(app)
        return Response(status=204)


class ImportView(View):
    """An application from a zip."""

    policy = designs_something
    parser_classes = (MultiPartParser, ZipParser, BytesParser)

    def post(self, request: Request) -> Response:
        """Take the file over into the draft, or with ``dry_run`` only say what would change.

        The zip is the file of a multipart form, or the body itself. ``app`` (like ``dry_run`` a
        field of the form or a query parameter) names the application to take it over into; else it
        is the file's own.
        """
        known_parameters(request, *IMPORT_OPTIONS)
        known_parts(request, *IMPORT_OPTIONS, "file")
        dry_run = _option(request, "dry_run") or "false"
        if dry_run not in ("true", "false"):
            raise malformed("boolean_expected", "/dry_run")
        arrived = travel.unpacked(_zip(request))
        if wanted := _option(request, "app"):
            arrived = travel.renamed(arrived, wanted)
        app, person = arrived.app, person_of(request)
        there = travel.exists(app)
        if travel.is_archived(app):
            allowed = permissions.may_manage_members(person, app)
        elif there:
            allowed = permissions.may_design(person, app)
        else:
            allowed = permissions.may_create_applications(person)
        if not allowed:
            raise forbidden()
        if there:
            applications.adopt(app)
        language = language_of(request)
        old = drafts.bodies(app)
        changes = compare.changes_json(
            travel.differences(arrived), old, arrived.bodies, app=app, language=language
        )
        if dry_run == "false":
            travel.take_over(arrived, person=person)
        answer: dict[str, Any] = {
            "application": app,
            "exists": there,
            "changes": changes,
            "problems": problems_json(arrived.warnings, language),
        }
        return Response(answer, status=200 if there or dry_run == "true" else 201)


class ExportView(View):
    """An application as a zip."""

    policy = designs

    def get(self, request: Request, app: str) -> HttpResponse:
        """The draft, or ``?release=n``."""
        known_parameters(request, "release")
        which = request.query_params.get("release")
        if which is not None and not (which.isascii() and which.isdecimal() and len(which) < 10):
            raise malformed("no_such_release", "/release", release=which[:20])
        response = HttpResponse(travel.export(app, which), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{app}.zip"'
        return response


def _zip(request: Request) -> IO[bytes]:
    if isinstance(request.data, bytes):
        return BytesIO(request.data)
    file = request.FILES.get("file")
    if file is None:
        raise malformed("file_required", "/file")
    stream: IO[bytes] = file
    return stream


def _option(request: Request, name: str) -> str | None:
    return request.POST.get(name) or request.query_params.get(name)


def entries_json(app: str) -> list[dict[str, Any]]:
    """Every definition of the draft, and those that it removed."""
    return [
        {
            "kind": each.kind,
            "key": each.key,
            "label": each.label,
            "etag": each.etag,
            "state": each.state,
            "updated_at": each.updated_at,
            "updated_by": present.brief(each.updated_by),
        }
        for each in drafts.entries(app, released.in_force(app))
    ]

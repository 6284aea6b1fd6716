"""/api/work/{id}: how far long work is, and stopping it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import works
from apps_runtime.api.files import download
from apps_runtime.api.view import View, me, signed_in
from apps_runtime.language import language_of
from apps_runtime.models import StoredFile, Work
from apps_runtime.refusals import not_found
from apps_runtime.texts import message
from engines.problems import Problem


def own_work(request: Request, work_id: UUID) -> Work:
    """The work, if the person started it; else 404."""
    found = Work.objects.filter(pk=work_id, person_id=me(request)).first()
    if found is None:
        raise not_found()
    return found


class WorkView(View):
    """Progress."""

    policy = signed_in

    def get(self, request: Request, work_id: UUID) -> Response:
        """State, counts and grouped problems in words."""
        return Response(as_json(own_work(request, work_id), language_of(request)))


class CancelView(View):
    """Stops at the next step; what is done stays done and is counted."""

    policy = signed_in

    def post(self, request: Request, work_id: UUID) -> Response:
        """The work afterwards."""
        work = own_work(request, work_id)
        works.cancel(work)
        work.refresh_from_db()
        return Response(as_json(work, language_of(request)))


class WorkFileView(View):
    """What the work has made: the rows that failed, or the exported records."""

    policy = signed_in

    def get(self, request: Request, work_id: UUID, file: str) -> HttpResponseBase:
        """As a download."""
        found: StoredFile | None = getattr(own_work(request, work_id), file)
        if found is None:
            raise not_found()
        return download(found)


def as_json(work: Work, language: str) -> dict[str, Any]:
    """A work with the sentences of its problems."""
    shown = works.as_json(work)
    shown["problems"] = [
        {**group, "message": _message(group, language), "repair": _repair(group)}
        for group in work.problems
    ]
    return shown


def _message(group: dict[str, Any], language: str) -> str:
    params = {**group.get("params", {})}
    if group.get("value") is not None:
        params.setdefault("value", group["value"])
    return message(Problem("", group["code"], params), language)


def _repair(group: dict[str, Any]) -> dict[str, Any] | None:
    if group.get("value") is None or group.get("field") is None:
        return None
    return {"kind": "value", "candidates": group.get("candidates", [])}

"""Files over HTTP: always as a download, never shown in the product's own origin."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpResponseBase
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import files, records
from apps_runtime.api.parse import known_parameters, known_parts, page_size
from apps_runtime.api.view import View, caller_of, in_application, me
from apps_runtime.models import StoredFile
from apps_runtime.refusals import malformed, not_found


class Files(View):
    """/api/apps/{app}/files"""

    policy = in_application
    parser_classes = (MultiPartParser,)

    def get(self, request: Request, app: str) -> Response:
        known_parameters(request, "limit", "after")
        found, more = files.listed(
            app,
            me(request),
            limit=page_size(request, default=50, most=200),
            after=request.query_params.get("after") or None,
        )
        return Response({"files": [files.as_json(each) for each in found], "next": more})

    def post(self, request: Request, app: str) -> Response:
        known_parts(request, "file")
        upload = request.FILES.get("file")
        if upload is None:
            raise malformed("file_required", "/file")
        kept = files.keep(upload, app=app, person=request.user.pk)
        return Response(files.as_json(kept), status=201)


class File(View):
    """/api/apps/{app}/files/{id}: for whoever put it there, or sees the record it hangs on."""

    policy = in_application

    def get(self, request: Request, app: str, file: str) -> HttpResponseBase:
        found = files.find(app, file)
        caller = caller_of(request, app)
        if found.record is not None:
            records.require_visible(caller, found.form, found.record)
        elif found.person_id != caller.person_id:
            raise not_found()
        return download(found)


def download(file: StoredFile) -> HttpResponseBase:
    """A file's content, for whoever has been found to be allowed it."""
    response = FileResponse(files.opened(file), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response

"""Files over HTTP: always as a download, never shown in the product's own origin."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, HttpResponseBase
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import files, records
from apps_runtime.api.view import View, caller_of, in_application
from apps_runtime.refusals import malformed, not_found


class Files(View):
    """/api/apps/{app}/files"""

    policy = in_application
    parser_classes = (MultiPartParser,)

    def post(self, request: Request, app: str) -> Response:
        upload = request.FILES.get("file")
        if upload is None:
            raise malformed("file_missing", "/file")
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
        response = FileResponse(files.opened(found), content_type="application/octet-stream")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, no-store"
        return response

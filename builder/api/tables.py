"""/api/builder/applications/propose: what an uploaded table could become."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import files, permissions
from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import JSONParser
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.refusals import forbidden
from builder.api.policies import designs_something
from builder.tables.begin import uploaded
from builder.tables.propose import propose
from engines.problems import refuse


class ProposeView(View):
    """Look into a table; nothing is made yet."""

    policy = designs_something
    parser_classes = (JSONParser, MultiPartParser)

    def post(self, request: Request) -> Response:
        """A multipart file, or ``{"file": id}`` of one sent before; ``sheet`` chooses a sheet."""
        person = person_of(request)
        if not permissions.may_create_applications(person):
            raise forbidden()
        data: Any = request.data if hasattr(request.data, "get") else {}
        sheet = data.get("sheet") or ""
        if not isinstance(sheet, str):
            raise refuse("/sheet", "text_expected")
        upload = request.FILES.get("file")
        if isinstance(upload, UploadedFile):
            file = files.keep(upload, app="", person=person)
        else:
            file = uploaded(data.get("file"), person)
        found = propose(file, sheet)
        found["problems"] = problems_json(found["problems"], language_of(request))
        return Response(found)

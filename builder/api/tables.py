"""/api/builder/applications/propose: what an uploaded table could become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import files, permissions
from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import JSONParser, known_parts, known_properties
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.refusals import forbidden
from builder.api.policies import designs_something
from builder.tables.begin import uploaded
from builder.tables.propose import propose
from engines.forms.field_type import field_types
from engines.forms.proposals.proposal import OFFERED
from engines.problems import refuse
from engines.texts import text

PARTS = ("file", "sheet")


class ProposeView(View):
    """Look into a table; nothing is made yet."""

    policy = designs_something
    parser_classes = (JSONParser, MultiPartParser)

    def post(self, request: Request) -> Response:
        """A multipart file, or ``{"file": id}`` of one sent before; ``sheet`` chooses a sheet."""
        person = person_of(request)
        if not permissions.may_create_applications(person):
            raise forbidden()
        known_parts(request, *PARTS)
        data: Any = request.data if isinstance(request.data, Mapping) else {}
        known_properties(data, *PARTS)
        sheet = data.get("sheet") or ""
        if not isinstance(sheet, str):
            raise refuse("/sheet", "text_expected")
        upload = request.FILES.get("file")
        if isinstance(upload, UploadedFile):
            file = files.keep(upload, app="", person=person)
        else:
            file = uploaded(data.get("file"), person)
        found = propose(file, sheet)
        language = language_of(request)
        return Response(
            {
                **found,
                "field_types": [
                    {
                        "key": key,
                        "label": text(field_types[key].label, language),
                        "icon": field_types[key].icon,
                    }
                    for key in OFFERED
                ],
                "problems": problems_json(found["problems"], language),
            }
        )

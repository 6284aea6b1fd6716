"""/api/openapi.json and /api/apps/{app}/openapi.json: what programs may ask for."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.parse import known_parameters
from apps_runtime.api.view import View, caller_of, in_application, signed_in
from apps_runtime.caller import installed
from apps_runtime.language import language_of
from apps_runtime.openapi.application import application_document
from apps_runtime.openapi.document import document


class Fixed(View):
    """/api/openapi.json"""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """The fixed addresses; the same for everybody."""
        known_parameters(request)
        return Response(document())


class OfApplication(View):
    """/api/apps/{app}/openapi.json"""

    policy = in_application

    def get(self, request: Request, app: str) -> Response:
        """The application's forms with the fields that the reader sees."""
        known_parameters(request)
        caller = caller_of(request, app)
        found = installed(app)
        language = language_of(request, found.plan.language)
        return Response(application_document(caller, found, language))

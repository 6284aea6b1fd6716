"""Applications and forms over HTTP."""

from __future__ import annotations

import hashlib

from django.utils.http import parse_etags, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import applications, explanations, forms, saved_views
from apps_runtime.api.parse import body_object, known_parameters
from apps_runtime.api.render import Raw, json_bytes
from apps_runtime.api.view import View, caller_of, in_application, person_of, signed_in
from apps_runtime.caller import installed
from apps_runtime.language import language_of
from apps_runtime.refusals import not_found


class Applications(View):
    """/api/apps"""

    policy = signed_in

    def get(self, request: Request) -> Response:
        return Response({"apps": applications.listed(person_of(request), language_of(request))})


class Application(View):
    """/api/apps/{app}"""

    policy = in_application

    def get(self, request: Request, app: str) -> Response:
        caller = caller_of(request, app)
        found = installed(app)
        language = language_of(request, found.plan.language)
        return Response(applications.as_json(caller, found, language))


class Form(View):
    """/api/apps/{app}/forms/{form}"""

    policy = in_application

    def get(self, request: Request, app: str, form: str) -> Response:
        """The ETag is of the whole answer: rights and language belong to it as the release does."""
        caller = caller_of(request, app)
        found = installed(app)
        plan = forms.form_of(found, form)
        rights = caller.permissions(found.plan, found.release).rights(form)
        if rights.see.nothing and not rights.create:
            raise not_found()
        language = language_of(request, found.plan.language)
        content = json_bytes(forms.as_json(caller, found, plan, rights, language))
        etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in known or known == ["*"]:
            return Response(status=304, headers={"ETag": etag})
        return Response(Raw(content), headers={"ETag": etag})


class SavedViews(View):
    """/api/apps/{app}/forms/{form}/views"""

    policy = in_application

    def get(self, request: Request, app: str, form: str) -> Response:
        return Response({"views": saved_views.listed(caller_of(request, app), form)})

    def post(self, request: Request, app: str, form: str) -> Response:
        body = body_object(request)
        return Response(saved_views.add(caller_of(request, app), form, body), status=201)


class SavedView(View):
    """/api/apps/{app}/forms/{form}/views/{id}"""

    policy = in_application

    def delete(self, request: Request, app: str, form: str, view: int) -> Response:
        saved_views.remove(caller_of(request, app), form, view)
        return Response(status=204)


class Explain(View):
    """/api/apps/{app}/explain: why somebody does or does not see a record or field."""

    policy = in_application

    def get(self, request: Request, app: str) -> Response:
        known_parameters(request, "person", "form", "record", "field", "right")
        query = request.query_params
        return Response(
            explanations.explained(
                caller_of(request, app),
                person=query.get("person"),
                form=query.get("form") or "",
                record=query.get("record") or None,
                field=query.get("field") or None,
                right=query.get("right") or None,
                language=language_of(request),
            )
        )

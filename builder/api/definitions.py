"""/api/builder/applications/{app}/definitions: the draft's definitions, one by one."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import known_parameters
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.refusals import malformed
from builder import check, drafts
from builder.api.applications import entries_json
from builder.api.policies import designs
from engines.definitions.schemas import KINDS
from engines.problems import refuse


class DefinitionsView(View):
    """All definitions of a draft, without their content."""

    policy = designs

    def get(self, request: Request, app: str) -> Response:
        """With what the draft did to each."""
        return Response({"definitions": entries_json(app), "next": None})


class DefinitionView(View):
    """One definition."""

    policy = designs

    def get(self, request: Request, app: str, kind: str, key: str) -> Response:
        """The definition itself; its ETag is what a change must name."""
        found = drafts.definition(app, kind, key)
        return Response(found.body, headers={"ETag": f'"{found.etag}"'})

    def put(self, request: Request, app: str, kind: str, key: str) -> Response:
        """Put it into the draft: 422 where its structure is wrong; what it means is listed."""
        if kind not in KINDS:
            raise refuse("/kind", "unknown_kind", value=kind[:80], known=list(KINDS))
        if kind == "application" and key != app:
            raise refuse("/key", "key_differs", found=key[:80], expected=app)
        saved = drafts.save(
            app, (kind, key), request.data, person=person_of(request), if_match=if_match(request)
        )
        problems = check.problems_at(app, kind, key)
        return Response(
            {
                "definition": saved.body,
                "etag": saved.etag,
                "problems": problems_json(problems, language_of(request)),
            },
            status=201 if saved.created else 200,
            headers={"ETag": f'"{saved.etag}"'},
        )

    def delete(self, request: Request, app: str, kind: str, key: str) -> Response:
        """Take it out of the draft; 409 with its users unless ``?force=true``."""
        known_parameters(request, "force")
        force = request.query_params.get("force", "false")
        if force not in ("true", "false"):
            raise malformed("boolean_expected", "/force")
        drafts.remove(
            app,
            (kind, key),
            person=person_of(request),
            if_match=if_match(request),
            force=force == "true",
        )
        return Response(status=204)


def if_match(request: Request) -> str | None:
    """The header's ETag without its quotes (weak ones count as the same); None if absent."""
    header = request.headers.get("If-Match")
    if header is None:
        return None
    return header.strip().removeprefix("W/").strip('"')

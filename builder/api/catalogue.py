"""/api/builder/catalogue and /api/builder/keys."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.parse import known_parameters
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.refusals import malformed
from builder import templates
from builder.api.policies import designs_something
from builder.catalogue import catalogue
from engines.definitions.keys import proposed_key

MAX_LABEL = 200
MAX_TAKEN = 2000


class CatalogueView(View):
    """Every kind of thing with its options."""

    policy = designs_something

    def get(self, request: Request) -> Response:
        """The same for everybody until the program changes."""
        return Response(catalogue(), headers={"Cache-Control": "private, max-age=300"})


class TemplatesView(View):
    """Packaged applications to begin with."""

    policy = designs_something

    def get(self, request: Request) -> Response:
        """By key."""
        return Response({"templates": templates.listed(language_of(request))})


class KeysView(View):
    """Proposes a key for a label."""

    policy = designs_something

    def get(self, request: Request) -> Response:
        """``label`` in any language; ``taken`` are the keys that are used already."""
        known_parameters(request, "label", "taken")
        label = request.query_params.get("label", "")
        taken = [each for each in request.query_params.get("taken", "").split(",") if each]
        if not label.strip() or len(label) > MAX_LABEL:
            raise malformed("too_many_characters", "/label", limit=MAX_LABEL)
        if len(taken) > MAX_TAKEN:
            raise malformed("members_expected", "/taken", limit=MAX_TAKEN)
        return Response({"key": proposed_key(label, set(taken))})

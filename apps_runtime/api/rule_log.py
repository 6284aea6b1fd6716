"""/api/apps/{app}/rules/{rule}/log: when a rule ran, why, and what it did."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import known_parameters
from apps_runtime.api.view import View, signed_in
from apps_runtime.caller import installed
from apps_runtime.models import RuleRun
from apps_runtime.permissions import require_design
from apps_runtime.record_labels import labels
from apps_runtime.refusals import malformed, not_found

PAGE = 50


class RuleLogView(View):
    """For those who may design the application."""

    policy = signed_in

    def get(self, request: Request, app: str, rule: str) -> Response:
        """Newest first."""
        require_design(request.user.pk, app)
        known_parameters(request, "after")
        after = request.query_params.get("after")
        rows = RuleRun.objects.filter(app=app, rule=rule).order_by("-id")
        # A rule that has been removed keeps its log.
        if rule not in installed(app).plan.rules and not rows.exists():
            raise not_found()
        if after is not None:
            if not (after.isascii() and after.isdecimal()):
                raise malformed("cursor_not_valid")
            rows = rows.filter(pk__lt=int(after))
        found = list(rows[: PAGE + 1])
        titles = labels(((app, row.form, row.record) for row in found), reader=person_of(request))
        return Response(
            {
                "log": [
                    {
                        "id": row.pk,
                        "at": row.at,
                        "form": row.form,
                        "record": row.record,
                        "label": titles.get((app, row.form, row.record or 0)),
                        "met": row.met,
                        "effects": row.effects,
                        "explanation": row.explanation,
                        "error": row.error or None,
                        "depth": row.depth,
                    }
                    for row in found[:PAGE]
                ],
                "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
            }
        )

"""/api/apps/{app}/forms/{form}/public-link: the address under which strangers fill in a form."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import public_links
from apps_runtime.api.authentication import person_of
from apps_runtime.api.view import View, signed_in
from apps_runtime.permissions import may_manage_members, require_design
from apps_runtime.refusals import not_found


def designs(request: Request, **arguments: Any) -> None:
    """Designers and administrators of the application."""
    signed_in(request)
    person, app = person_of(request), str(arguments["app"])
    if not may_manage_members(person, app):
        require_design(person, app)


class PublicLinkView(View):
    """The link of one form."""

    policy = designs

    def get(self, request: Request, app: str, form: str) -> Response:
        """The address and whether it takes answers; 404 where there never was one."""
        link = public_links.link_of(app, form)
        if link is None:
            raise not_found()
        return Response({"url": f"/f/{link.token}", "closed": link.closed})

    def post(self, request: Request, app: str, form: str) -> Response:
        """Open it; 404 where the form in force publishes no fields."""
        link = public_links.open_link(app, form, person=person_of(request))
        return Response({"url": f"/f/{link.token}", "closed": link.closed})

    def delete(self, request: Request, app: str, form: str) -> Response:
        """Close it: no more answers, the address stays reserved."""
        public_links.close_link(app, form)
        return Response(status=204)

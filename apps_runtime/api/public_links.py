"""/api/apps/{app}/forms/{form}/public-link: the address under which strangers fill in a form."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import public_links
from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import known_parameters
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


class PublicCodeView(View):
    """The address of one form as a picture that phones read."""

    policy = designs

    def get(self, request: Request, app: str, form: str) -> HttpResponse:
        """A QR code (ISO/IEC 18004) as SVG, also of a closed form: what is printed stays right.

        It holds the address by which the reader reached the product. Level Q: a quarter of the
        picture may be dirty or worn.
        """
        known_parameters(request)
        link = public_links.link_of(app, form)
        if link is None:
            raise not_found()
        code = segno.make_qr(request.build_absolute_uri(f"/f/{link.token}"), error="q")
        picture = BytesIO()
        code.save(
            picture, kind="svg", scale=8, border=4, light="#fff", svgclass=None, lineclass=None
        )
        return HttpResponse(
            picture.getvalue(),
            content_type="image/svg+xml",
            headers={"Content-Disposition": f'inline; filename="{app}-{form}.svg"'},
        )

"""/api/tokens: a person's own tokens."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import body_object
from apps_runtime.api.view import View, signed_in
from apps_runtime.models import Token
from apps_runtime.people import present
from apps_runtime.people.tokens import create_token


class TokensView(View):
    """The reader's tokens."""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """Without their secrets."""
        found = Token.objects.filter(person_id=person_of(request)).order_by("id")
        return Response({"tokens": [present.token(each) for each in found], "next": None})

    def post(self, request: Request) -> Response:
        """Make one; the answer is the only place where its secret is ever shown."""
        token, secret = create_token(person_of(request), body_object(request))
        return Response(
            {**present.token(token), "token": secret},
            status=201,
            headers={"Cache-Control": "no-store"},
        )


class TokenView(View):
    """One of the reader's tokens."""

    policy = signed_in

    def delete(self, request: Request, token_id: int) -> Response:
        """Revoke it at once."""
        deleted, _ = Token.objects.filter(id=token_id, person_id=person_of(request)).delete()
        if not deleted:
            raise Http404
        return Response(status=204)

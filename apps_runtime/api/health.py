"""/healthz: whether everything that the installation needs is alive."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.view import View, public
from apps_runtime.heartbeat import health


class HealthView(View):
    """503 while something is not ok; says nothing else to strangers."""

    policy = public
    authentication_classes = ()

    def get(self, request: Request) -> Response:
        """Database, broker, worker and clock, each ``ok`` or what is wrong."""
        state = health()
        status = 200 if all(each == "ok" for each in state.values()) else 503
        return Response(state, status=status)

"""Who may come in at the designer's addresses."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from apps_runtime import permissions
from apps_runtime.api.view import signed_in
from apps_runtime.refusals import forbidden
from builder import applications


def designs_something(request: Request, **arguments: Any) -> None:
    """Whoever may design at least one application."""
    signed_in(request)
    if not permissions.may_design_something(request.user.pk):
        raise forbidden()


def designs(request: Request, **arguments: Any) -> None:
    """Whoever may design the application of the address; to others its draft does not exist."""
    signed_in(request)
    app = str(arguments["app"])
    permissions.require_design(request.user.pk, app)
    applications.adopt(app)

"""/api/notifications: the bell."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import notifications
from apps_runtime.api.parse import body_object, known_parameters
from apps_runtime.api.view import View, me, signed_in
from apps_runtime.language import language_of
from apps_runtime.refusals import malformed

PAGE = 30


class NotificationsView(View):
    """One's own notifications, newest first."""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """A page, with the number of unread ones."""
        known_parameters(request, "after")
        after = request.query_params.get("after")
        if after is not None and not (after.isascii() and after.isdecimal()):
            raise malformed("cursor_not_valid")
        person = me(request)
        rows, following = notifications.latest(
            person, limit=PAGE, before=int(after) if after else None
        )
        return Response(
            {
                "notifications": notifications.as_json(rows, language_of(request)),
                "next": None if following is None else str(following),
                "unread": notifications.unread(person),
            }
        )


class ReadView(View):
    """Marks notifications as read."""

    policy = signed_in

    def post(self, request: Request) -> Response:
        """``{"ids": […]}`` or ``{"all": true}``."""
        body = body_object(request)
        ids = body.get("ids")
        if body.get("all") is True:
            chosen = None
        elif isinstance(ids, list) and all(type(each) is int for each in ids):
            chosen = ids
        else:
            raise malformed("malformed", "/ids")
        notifications.mark_read(me(request), chosen)
        return Response({"unread": notifications.unread(me(request))})

"""Sessions in Postgres, read with one plain statement: the ORM costs five times as much.

The same statement brings the installation's stamp, which every request reads next.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from apps_runtime.people.stamp import note


class SessionStore(db.SessionStore):
    """The same table and format; only the way a session is read differs."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty where it is unknown or has run out."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data, (SELECT value FROM mortise_stamp WHERE id = 1)"
                " FROM django_session WHERE session_key = %s AND expire_date > now()",
                (self.session_key,),
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, value = row
        if value is not None:
            note(value)
        return dict(_decoded(data))


@lru_cache(maxsize=1_000)
def _decoded(data: str) -> dict[str, Any]:
    """The signed text of a session, checked and read once per process."""
    return SessionStore().decode(data)

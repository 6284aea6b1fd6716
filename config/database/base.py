"""PostgreSQL as Django has it, but a kept connection is asked how it is only when it says so."""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

TRUSTED_SECONDS = 60.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Before a request uses a connection, Django asks Postgres whether it is alive: a round trip
    that costs as much as reading the session. A server that has ended the connection has also
    closed its socket, which costs nothing to see; only a connection that has something to say, or
    was not asked for a minute, is asked in words.
    """

    health_check_enabled: bool
    health_check_done: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trusted_until = 0.0

    def close_if_health_check_failed(self) -> None:
        """Close a connection that is no longer of use; the next statement opens another."""
        if self.connection is None or not self.health_check_enabled or self.health_check_done:
            return
        if time.monotonic() < self.trusted_until and is_silent(self.connection):
            self.health_check_done = True
            return
        super().close_if_health_check_failed()
        if self.connection is not None:
            self.trusted_until = time.monotonic() + TRUSTED_SECONDS


def is_silent(connection: Any) -> bool:
    """Whether the connection is open and nothing waits on its socket, not even its end."""
    if connection.closed:
        return False
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not socket.poll(0)

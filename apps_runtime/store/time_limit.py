"""Statements that may take long, but not longer than somebody waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """Each statement within is ended by Postgres after so long, with an `OperationalError`.

    Within a transaction of its own, so that a statement that was ended takes nothing else along.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {milliseconds:d}")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")

"""Counts the SQL statements of a block; opening and closing a transaction are none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# A statement is prepared once per connection.
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PREPARE", "DEALLOCATE")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the block sends, in order."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(CONTROL):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent

"""Counters behind serial numbers: raised in the transaction that writes the records."""

from __future__ import annotations

from django.db import connection


def take(app: str, form: str, field: str, period: str, *, start: int, many: int) -> int:
    """Take ``many`` numbers that follow each other; the first of them.

    The row stays locked until the transaction ends, so a number is given to nobody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_counter AS counter (app, form, field, period, value)"
            " VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (app, form, field, period) DO UPDATE"
            " SET value = counter.value + %s RETURNING value",
            (app, form, field, period, start + many - 1, many),
        )
        return int(cursor.fetchone()[0]) - many + 1

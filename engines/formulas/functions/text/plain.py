"""A value as plain text, in Python and in SQL: what joining and converting write."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engines.formulas import formats, moments
from engines.formulas.emit import fill
from engines.formulas.types import BOOLEAN, DATE, MOMENT, NUMBER, TEXT, Type, Value
from engines.sql import Sql
from engines.values import decimal_text

MOST_TEXT = 100_000
WRITABLE = (TEXT, NUMBER, DATE, MOMENT, BOOLEAN)


def plain(value: Value, zone: str) -> str:
    """A value as text: 1.5, 2026-01-31, 2026-01-31 08:00, true."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return formats.moment_text(moments.local(value, zone), "YYYY-MM-DD HH:mm")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def plain_sql(piece: Sql, type_: Type, context: Any) -> Sql:
    """The same in SQL; Postgres writes numbers with their scale, so trailing zeros go."""
    if type_ == NUMBER:
        return fill("trim_scale({0})::text", (piece,))
    if type_ == MOMENT:
        return fill("to_char({0} AT TIME ZONE {zone}, 'YYYY-MM-DD HH24:MI')", (piece,), context)
    if type_ == DATE:
        return fill("to_char({0}, 'YYYY-MM-DD')", (piece,))
    return piece if type_ == TEXT else fill("({0})::text", (piece,))

"""Hands a piece of SQL to a cursor."""

from __future__ import annotations

from typing import Any

from django.db.backends.utils import CursorWrapper

from engines.sql import Sql


def execute(cursor: CursorWrapper, statement: Sql) -> None:
    """Run ``statement``; its parameters are whatever the driver can adapt."""
    params: Any = statement.params
    cursor.execute(statement.text, params)

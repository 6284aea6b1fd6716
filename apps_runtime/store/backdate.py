"""Lets records of a sample look as old as they claim to be; nothing else may rewrite times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from apps_runtime.store.run import execute
from apps_runtime.store.write import stay_table
from engines.sql import identifier, sql, value


def backdate(app: str, schema: str, form: str, moments: Mapping[int, datetime]) -> None:
    """Move the making of records, their first stays and history to the given moments."""
    if not moments:
        return
    told = sql(
        "(SELECT * FROM unnest({}::bigint[], {}::timestamptz[])) AS told(id, at)",
        value(list(moments)),
        value(list(moments.values())),
    )
    statements = (
        sql(
            "UPDATE {} AS record SET created_at = told.at, updated_at = told.at FROM {}"
            " WHERE record.id = told.id",
            identifier(schema, form),
            told,
        ),
        sql(
            "UPDATE {} AS stay SET entered_at = told.at FROM {}"
            " WHERE stay.form = {} AND stay.record = told.id AND stay.left_at IS NULL",
            stay_table(schema),
            told,
            value(form),
        ),
        sql(
            "UPDATE mortise_history AS entry SET at = told.at FROM {}"
            " WHERE entry.app = {} AND entry.form = {} AND entry.record = told.id",
            told,
            value(app),
            value(form),
        ),
    )
    with connection.cursor() as cursor:
        for statement in statements:
            execute(cursor, statement)

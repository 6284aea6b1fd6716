"""Runs checked queries; the type of the argument proves that the access stage has seen them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from apps_runtime.store.prepared import fetched, fetched_anew
from engines.forms.plan import FormPlan
from engines.queries import PolicedQuery, count, list_json, page_of, rows, to_sql
from engines.queries.query import COUNT_CAP
from engines.sql import Sql, identifier, sql, value


def _fetched(statement: Sql, policed: PolicedQuery) -> list[tuple[Any, ...]]:
    if policed.planned.terms:
        return fetched_anew(statement)  # rare and common words are found in different ways
    return fetched(statement, policed.planned.forms)


def typed_rows(policed: PolicedQuery) -> list[tuple[Any, ...]]:
    """One row per record: the id, then the visible columns in order, as the driver reads them."""
    return _fetched(rows(policed), policed)


def grouped_rows(policed: PolicedQuery) -> list[tuple[Any, ...]]:
    """One row per group: dimensions, then measures."""
    return _fetched(to_sql(policed), policed)


def page(policed: PolicedQuery, extras: Mapping[str, Sql] | None = None) -> tuple[str, str | None]:
    """The records of a page as JSON text, and the cursor of the next page where there is one."""
    return page_by(policed, list_json(policed, extras))


def page_by(policed: PolicedQuery, statement: Sql) -> tuple[str, str | None]:
    """The same where the SQL has been written."""
    return page_of(policed, _fetched(statement, policed))


def counted(policed: PolicedQuery, *, exact: bool) -> tuple[int, bool]:
    """How many records there are, and whether counting stopped at the cap."""
    ((found,),) = _fetched(count(policed, None if exact else COUNT_CAP), policed)
    if not exact and found >= COUNT_CAP:
        return COUNT_CAP - 1, True
    return int(found), False


def between(
    form: FormPlan, column: str, low: object, high: object, changed_after: datetime | None = None
) -> list[tuple[int, Any]]:
    """(id, value) of the records, not deleted, whose stored field lies between two values; with
    ``changed_after`` only of those changed since."""
    changed = Sql("TRUE") if changed_after is None else sql("updated_at > {}", value(changed_after))
    return fetched(
        sql(
            "SELECT id, {} FROM {} WHERE {} BETWEEN {} AND {} AND deleted_at IS NULL AND {}"
            " ORDER BY id",
            identifier(column),
            identifier(form.schema, form.table),
            identifier(column),
            value(low),
            value(high),
            changed,
        ),
        form,
    )


def history(
    app: str, form: str, record: int, *, before: int | None, limit: int
) -> list[tuple[Any, ...]]:
    """(id, at, action, changes, person, through) of one record, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, action, changes, person, through FROM mortise_history"
            " WHERE app = %s AND form = %s AND record = %s AND (%s::bigint IS NULL OR id < %s)"
            " ORDER BY id DESC LIMIT %s",
            (app, form, record, before, before, limit),
        )
        return list(cursor.fetchall())

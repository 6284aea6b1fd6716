"""Writes records with their history, stays and event: one statement each for one record.

A record and what is told about it are written by the same statement, so that neither can exist
without the other and a create costs one round trip. Sets of records take one statement per table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from psycopg2.extras import execute_values

from apps_runtime.store.prepared import fetched
from engines.forms.plan import FormPlan
from engines.sql import Sql, identifier, join, sql, value
from engines.values import JsonValue

PAGE = 500

Changes = Mapping[str, tuple[JsonValue, JsonValue]]
"""Field → (before, after), as in the record's JSON; links and people are ids."""


@dataclass(frozen=True, slots=True)
class Told:
    """What history and event say beside the changes: who, by what way, in which cascade."""

    app: str
    form: str
    person: int | None
    through: Mapping[str, str]
    chain: UUID | None = None
    depth: int = 0
    events: bool = True
    """Off for imports that shall not wake rules."""


@dataclass(frozen=True, slots=True)
class Written:
    """One record to write: its columns, what changed, and the values that begin a new stay."""

    columns: Mapping[str, object]
    changes: Changes
    stays: Mapping[str, str | None] = field(default_factory=dict)
    id: int | None = None
    version: int | None = None


def _json(data: object) -> str:
    return orjson.dumps(data).decode()


NOW = Sql("now()")
"""The database's clock, as the value of a column."""


def _parameter(each: object) -> Sql:
    """A column's value, or the SQL that gives it."""
    return each if isinstance(each, Sql) else value(each)


def stay_table(schema: str) -> Sql:
    """The application's table of stays in values of choice fields."""
    return identifier(schema, "_stay")


def insert(form: FormPlan, record: Written, told: Told) -> int:
    """Insert one record; its id."""
    schema, table = form.schema, form.table
    statement = sql(
        "WITH record AS (INSERT INTO {} ({}) VALUES ({}) RETURNING id), {} SELECT id FROM record",
        identifier(schema, table),
        join(", ", (identifier(name) for name in record.columns)),
        join(", ", (_parameter(each) for each in record.columns.values())),
        join(", ", _told("created", record, told, schema)),
    )
    return int(fetched(statement, form)[0][0])


def change(form: FormPlan, record: Written, told: Told, *, kind: str, action: str) -> bool:
    """Update one record where it still has ``record.version``; False where it has not.

    ``kind`` is the event (updated, deleted, restored), ``action`` the word of the history.
    """
    schema, table = form.schema, form.table
    settings = [
        sql("{} = {}", identifier(name), _parameter(each)) for name, each in record.columns.items()
    ]
    statement = sql(
        "WITH record AS (UPDATE {} SET {}, version = version + 1, updated_at = now()"
        " WHERE id = {} AND version = {} RETURNING id), {} SELECT id FROM record",
        identifier(schema, table),
        join(", ", settings),
        value(record.id),
        value(record.version),
        join(", ", _told(kind, record, told, schema, action=action)),
    )
    return bool(fetched(statement, form))


def _told(
    kind: str, record: Written, told: Told, schema: str, *, action: str | None = None
) -> list[Sql]:
    changes = _json(record.changes)
    through = _json(told.through)
    parts = [
        sql(
            "history AS (INSERT INTO mortise_history"
            " (app, form, record, action, changes, person, through)"
            " SELECT {}, {}, id, {}, {}::jsonb, {}, {}::jsonb FROM record)",
            *(
                value(each)
                for each in (
                    told.app,
                    told.form,
                    action or kind,
                    changes,
                    told.person,
                    through,
                )
            ),
        ),
    ]
    if told.events:
        parts.append(_event(kind, changes, through, told))
    if record.stays:
        parts.extend(_stays(kind, record, told, schema))
    return parts


def _event(kind: str, changes: str, through: str, told: Told) -> Sql:
    return sql(
        "event AS (INSERT INTO mortise_event"
        " (app, form, record, kind, changes, person, through, chain, depth)"
        " SELECT {}, {}, id, {}, {}::jsonb, {}, {}::jsonb, {}::uuid, {} FROM record)",
        *(
            value(each)
            for each in (
                told.app,
                told.form,
                kind,
                changes,
                told.person,
                through,
                str(told.chain) if told.chain else None,
                told.depth,
            )
        ),
    )


def _stays(kind: str, record: Written, told: Told, schema: str) -> Iterator[Sql]:
    fields = value(list(record.stays))
    values = value(list(record.stays.values()))
    if kind != "created":
        yield (
            sql(
                "left_stays AS (UPDATE {} AS stay SET left_at = now() FROM record"
                " WHERE stay.form = {} AND stay.record = record.id"
                " AND stay.field = ANY({}::text[]) AND stay.left_at IS NULL)",
                stay_table(schema),
                value(told.form),
                fields,
            )
        )
    first = (
        Sql("TRUE")
        if kind == "created"
        else sql(
            "NOT EXISTS (SELECT FROM {} AS before WHERE before.form = {}"
            " AND before.record = record.id AND before.field = entered.field"
            " AND before.value = entered.value)",
            stay_table(schema),
            value(told.form),
        )
    )
    yield (
        sql(
            "stays AS (INSERT INTO {} (form, record, field, value, entered_at, first_entry)"
            " SELECT {}, record.id, entered.field, entered.value, now(), {} FROM record,"
            " unnest({}::text[], {}::text[]) AS entered(field, value)"
            " WHERE entered.value IS NOT NULL)",
            stay_table(schema),
            value(told.form),
            first,
            fields,
            values,
        )
    )


def insert_many(schema: str, table: str, records: Sequence[Written], told: Told) -> list[int]:
    """Insert records that have the same columns; their ids, in the same order."""
    if not records:
        return []
    columns = list(records[0].columns)
    head = sql(
        "INSERT INTO {} ({}) VALUES ",
        identifier(schema, table),
        join(", ", (identifier(name) for name in columns)),
    )
    with connection.cursor() as cursor, connection.wrap_database_errors:
        rows = execute_values(
            cursor.cursor,
            head.text + "%s RETURNING id",
            [tuple(record.columns.values()) for record in records],
            page_size=PAGE,
            fetch=True,
        )
    ids = [int(row[0]) for row in rows]
    tell_many("created", list(zip(ids, records, strict=True)), told, schema)
    return ids


def tell_many(
    kind: str,
    written: Sequence[tuple[int, Written]],
    told: Told,
    schema: str,
    *,
    action: str | None = None,
) -> None:
    """History, events and stays of many records, one statement each."""
    through = _json(told.through)
    chain = str(told.chain) if told.chain else None
    ids = [identity for identity, _ in written]
    changes = [_json(record.changes) for _, record in written]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_history (app, form, record, action, changes, person, through)"
            " SELECT %s, %s, told.id, %s, told.changes::jsonb, %s, %s::jsonb"
            " FROM unnest(%s::bigint[], %s::text[]) AS told(id, changes)",
            (told.app, told.form, action or kind, told.person, through, ids, changes),
        )
        if told.events:
            cursor.execute(
                "INSERT INTO mortise_event"
                " (app, form, record, kind, changes, person, through, chain, depth)"
                " SELECT %s, %s, told.id, %s, told.changes::jsonb, %s, %s::jsonb, %s::uuid, %s"
                " FROM unnest(%s::bigint[], %s::text[]) AS told(id, changes)",
                (
                    told.app,
                    told.form,
                    kind,
                    told.person,
                    through,
                    chain,
                    told.depth,
                    ids,
                    changes,
                ),
            )
        _stay_many(cursor, kind, written, told, schema)


def _stay_many(
    cursor: Any,
    kind: str,
    written: Sequence[tuple[int, Written]],
    told: Told,
    schema: str,
) -> None:
    entered = [
        (identity, name, entered_value)
        for identity, record in written
        for name, entered_value in record.stays.items()
    ]
    if not entered:
        return
    ids, fields, values = (list(each) for each in zip(*entered, strict=True))
    if kind != "created":
        left = sql(
            "UPDATE {} AS stay SET left_at = now()"
            " FROM unnest({}::bigint[], {}::text[]) AS left_(record, field)"
            " WHERE stay.form = {} AND stay.record = left_.record AND stay.field = left_.field"
            " AND stay.left_at IS NULL",
            stay_table(schema),
            value(ids),
            value(fields),
            value(told.form),
        )
        cursor.execute(left.text, left.params)
    statement = sql(
        "INSERT INTO {} (form, record, field, value, entered_at, first_entry)"
        " SELECT {}, entered.record, entered.field, entered.value, now(), {}"
        " FROM unnest({}::bigint[], {}::text[], {}::text[]) AS entered(record, field, value)"
        " WHERE entered.value IS NOT NULL",
        stay_table(schema),
        value(told.form),
        Sql("TRUE")
        if kind == "created"
        else sql(
            "NOT EXISTS (SELECT FROM {} AS before WHERE before.form = {}"
            " AND before.record = entered.record AND before.field = entered.field"
            " AND before.value = entered.value)",
            stay_table(schema),
            value(told.form),
        ),
        value(ids),
        value(fields),
        value(values),
    )
    cursor.execute(statement.text, statement.params)


def change_many(
    schema: str,
    table: str,
    records: Sequence[Written],
    types: Mapping[str, str],
    told: Told,
    *,
    kind: str,
    action: str,
) -> None:
    """Update locked records that change the same columns; ``types`` are those of the columns."""
    if not records:
        return
    columns = list(records[0].columns)
    places = ", ".join(f"%s::{types[name]}" for name in columns)
    statement = sql(
        "UPDATE {} AS m SET {}version = m.version + 1, updated_at = now() FROM (VALUES ",
        identifier(schema, table),
        join("", (sql("{} = new.{}, ", identifier(each), identifier(each)) for each in columns)),
    )
    tail = sql(
        ") AS new(id{}) WHERE m.id = new.id",
        join("", (sql(", {}", identifier(each)) for each in columns)),
    )
    with connection.cursor() as cursor, connection.wrap_database_errors:
        execute_values(
            cursor.cursor,
            statement.text + "%s" + tail.text,
            [(record.id, *record.columns.values()) for record in records],
            template=f"(%s::bigint{', ' if columns else ''}{places})",
            page_size=PAGE,
        )
    tell_many(
        kind, [(int(record.id or 0), record) for record in records], told, schema, action=action
    )

"""Writes records with their history, stays and event: one statement each for one record.

A record and what is told about it are written by the same statement, so that neither can exist
without the other and a create costs one round trip. Sets of records take one statement per table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

import orjson
from django.db import connection
from django.db.backends.utils import CursorWrapper

from apps_runtime.store.prepared import fetched
from apps_runtime.store.run import execute
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


def _portions(records: Sequence[Written], size: int) -> Iterator[Sequence[Written]]:
    """The records in portions of at most ``size``."""
    return (records[start : start + size] for start in range(0, len(records), size))


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


def insert_many(form: FormPlan, records: Sequence[Written], told: Told) -> list[int]:
    """Insert records that have the same columns; their ids, in the same order."""
    if not records:
        return []
    types = {name: column_types(form)[name] for name in records[0].columns}
    ids: list[int] = []
    for page in _portions(records, PAGE):
        statement = sql(
            "INSERT INTO {} ({}) SELECT {} FROM {} RETURNING id",
            identifier(form.schema, form.table),
            join(", ", map(identifier, types)),
            join(", ", (identifier("new", name) for name in types)),
            _rows("new", types, [record.columns for record in page]),
        )
        ids += [int(row[0]) for row in fetched(statement, form)]
    tell_many("created", list(zip(ids, records, strict=True)), told, form)
    return ids


def column_types(form: FormPlan) -> dict[str, str]:
    """The SQL types of the columns of a form's table that are ever written."""
    return {
        "release": "integer",
        "grams": "text[]",
        "created_by": "bigint",
        "updated_by": "bigint",
        "deleted_at": "timestamptz",
        **{field.key: field.column.sql_type for field in form.stored if field.column},
    }


def _rows(name: str, types: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> Sql:
    """Rows of values as a table in a FROM clause.

    They travel as one JSON text: whole numbers, texts and lists are written by the thousand in the
    time that the driver takes to quote a few, and Postgres plans one parameter and not each value.
    """
    return sql(
        "json_to_recordset({}::json) AS {}({})",
        value(orjson.dumps(rows, default=_as_json).decode()),
        Sql(name),
        join(", ", (sql("{} {}", identifier(key), Sql(kind)) for key, kind in types.items())),
    )


def _as_json(parameter: object) -> object:
    if isinstance(parameter, Decimal):
        return str(parameter)
    if isinstance(parameter, Mapping):
        return dict(parameter)
    raise TypeError(f"{type(parameter).__name__} is no value of a column")


def tell_many(
    kind: str,
    written: Sequence[tuple[int, Written]],
    told: Told,
    form: FormPlan,
    *,
    action: str | None = None,
) -> None:
    """History, events and stays of many records, one statement each."""
    through = _json(told.through)
    chain = str(told.chain) if told.chain else None
    changed = _rows(
        "told",
        {"id": "bigint", "changes": "jsonb"},
        [{"id": identity, "changes": record.changes} for identity, record in written],
    )
    history = sql(
        "INSERT INTO mortise_history (app, form, record, action, changes, person, through)"
        " SELECT {}, {}, told.id, {}, told.changes, {}::bigint, {}::jsonb FROM {}",
        *(value(each) for each in (told.app, told.form, action or kind, told.person, through)),
        changed,
    )
    event = sql(
        "INSERT INTO mortise_event"
        " (app, form, record, kind, changes, person, through, chain, depth)"
        " SELECT {}, {}, told.id, {}, told.changes, {}::bigint, {}::jsonb, {}::uuid, {}::integer"
        " FROM {}",
        *(
            value(each)
            for each in (told.app, told.form, kind, told.person, through, chain, told.depth)
        ),
        changed,
    )
    with connection.cursor() as cursor:
        execute(cursor, history)
        if told.events:
            execute(cursor, event)
        _stay_many(cursor, kind, written, told, form)


def _stay_many(
    cursor: CursorWrapper,
    kind: str,
    written: Sequence[tuple[int, Written]],
    told: Told,
    form: FormPlan,
) -> None:
    entered = _rows(
        "entered",
        {"record": "bigint", "field": "text", "value": "text"},
        stays := [
            {"record": identity, "field": name, "value": entered_value}
            for identity, record in written
            for name, entered_value in record.stays.items()
        ],
    )
    if not stays:
        return
    table = stay_table(form.schema)
    if kind != "created":
        execute(
            cursor,
            sql(
                "UPDATE {} AS stay SET left_at = now() FROM {}"
                " WHERE stay.form = {} AND stay.record = entered.record"
                " AND stay.field = entered.field AND stay.left_at IS NULL",
                table,
                entered,
                value(told.form),
            ),
        )
    first = (
        Sql("TRUE")
        if kind == "created"
        else sql(
            "NOT EXISTS (SELECT FROM {} AS before WHERE before.form = {}"
            " AND before.record = entered.record AND before.field = entered.field"
            " AND before.value = entered.value)",
            table,
            value(told.form),
        )
    )
    execute(
        cursor,
        sql(
            "INSERT INTO {} (form, record, field, value, entered_at, first_entry)"
            " SELECT {}, entered.record, entered.field, entered.value, now(), {} FROM {}"
            " WHERE entered.value IS NOT NULL",
            table,
            value(told.form),
            first,
            entered,
        ),
    )


def change_many(
    form: FormPlan, records: Sequence[Written], told: Told, *, kind: str, action: str
) -> None:
    """Update locked records that change the same columns."""
    if not records:
        return
    types = {name: column_types(form)[name] for name in records[0].columns}
    settings = (sql("{} = new.{}, ", identifier(each), identifier(each)) for each in types)
    statement = sql(
        "UPDATE {} AS m SET {}version = m.version + 1, updated_at = now() FROM {}"
        " WHERE m.id = new.id",
        identifier(form.schema, form.table),
        join("", settings),
        _rows(
            "new",
            {"id": "bigint", **types},
            [{**record.columns, "id": record.id} for record in records],
        ),
    )
    with connection.cursor() as cursor:
        execute(cursor, statement)
    tell_many(
        kind, [(int(record.id or 0), record) for record in records], told, form, action=action
    )

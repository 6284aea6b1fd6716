"""Lets records of a sample look as old as they claim to be; nothing else may rewrite times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from apps_runtime.store.run import execute
from apps_runtime.store.write import stay_table
from engines.sql import Sql, identifier, sql, value


@dataclass(frozen=True, slots=True)
class Course:
    """The values that a choice field of a record has had, in order, each since a moment."""

    record: int
    field: str
    values: Sequence[str]
    since: Sequence[datetime]


def backdate(app: str, schema: str, form: str, moments: Mapping[int, datetime]) -> None:
    """Move the making of records, their first stays and history to the given moments."""
    if not moments:
        return
    told = sql(
        "(SELECT * FROM unnest({}::bigint[], {}::timestamptz[])) AS told(id, at)",
        value(list(moments)),
        value(list(moments.values())),
    )
    _run(
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


def sign(app: str, schema: str, form: str, makers: Mapping[int, int]) -> None:
    """Let people have made the records themselves, as they do in the browser."""
    if not makers:
        return
    told = sql(
        "(SELECT * FROM unnest({}::bigint[], {}::bigint[])) AS told(id, person)",
        value(list(makers)),
        value(list(makers.values())),
    )
    _run(
        sql(
            "UPDATE {} AS record SET created_by = told.person, updated_by = told.person FROM {}"
            " WHERE record.id = told.id",
            identifier(schema, form),
            told,
        ),
        sql(
            "UPDATE mortise_history AS entry SET person = told.person,"
            " through = jsonb_build_object('kind', 'ui') FROM {}"
            " WHERE entry.app = {} AND entry.form = {} AND entry.record = told.id",
            told,
            value(app),
            value(form),
        ),
    )


def retell(app: str, schema: str, form: str, courses: Sequence[Course]) -> None:
    """Let choice fields have come to their values step by step: stays, history, last change.

    The records have been made with the last value of each course, and backdated to its beginning.
    """
    if not courses:
        return
    told = sql(
        "(SELECT step.*, lag(step.value) OVER course AS before, lead(step.at) OVER course AS until"
        " FROM unnest({}::bigint[], {}::text[], {}::text[], {}::timestamptz[], {}::int[])"
        " AS step(id, field, value, at, place)"
        " WINDOW course AS (PARTITION BY step.id, step.field ORDER BY step.place)) AS told",
        *(
            value(list(column))
            for column in zip(
                *(
                    (course.record, course.field, entered, at, place)
                    for course in courses
                    for place, (entered, at) in enumerate(
                        zip(course.values, course.since, strict=True)
                    )
                ),
                strict=True,
            )
        ),
    )
    _run(
        sql(
            "DELETE FROM {} AS stay USING {}"
            " WHERE stay.form = {} AND stay.record = told.id AND stay.field = told.field",
            stay_table(schema),
            told,
            value(form),
        ),
        sql(
            "INSERT INTO {} (form, record, field, value, entered_at, left_at, first_entry)"
            " SELECT {}, told.id, told.field, told.value, told.at, told.until,"
            " told.place = min(told.place) OVER (PARTITION BY told.id, told.field, told.value)"
            " FROM {}",
            stay_table(schema),
            value(form),
            told,
        ),
        sql(
            "UPDATE mortise_history AS entry SET changes = entry.changes"
            " || jsonb_build_object(told.field, jsonb_build_array(NULL, told.value)) FROM {}"
            " WHERE entry.app = {} AND entry.form = {} AND entry.record = told.id"
            " AND entry.action = 'created' AND told.place = 0",
            told,
            value(app),
            value(form),
        ),
        sql(
            "INSERT INTO mortise_history (at, app, form, record, action, changes, person, through)"
            " SELECT told.at, entry.app, entry.form, entry.record, 'changed',"
            " jsonb_build_object(told.field, jsonb_build_array(told.before, told.value)),"
            " entry.person, entry.through"
            " FROM {} JOIN mortise_history AS entry ON entry.record = told.id"
            " WHERE entry.app = {} AND entry.form = {} AND entry.action = 'created'"
            " AND told.place > 0 ORDER BY told.at",
            told,
            value(app),
            value(form),
        ),
        sql(
            "UPDATE {} AS record SET updated_at = greatest(record.updated_at, told.at) FROM {}"
            " WHERE record.id = told.id AND told.until IS NULL",
            identifier(schema, form),
            told,
        ),
    )


def _run(*statements: Sql) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            execute(cursor, statement)

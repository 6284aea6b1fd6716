"""Rows of the runtime's own tables as model instances, asked for in SQL.

For the ways that are gone often: writing the question by the ORM takes several times as long as
Postgres takes to answer it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import JSONField, Model

M = TypeVar("M", bound=Model)


def rows(model: type[M], tail: str, params: Sequence[Any]) -> list[M]:
    """The rows that ``tail`` (WHERE … ORDER BY … FOR UPDATE) leaves, in its order."""
    select, names, documents = _shape(model)
    with connection.cursor() as cursor:
        cursor.execute(f"{select} {tail}", params)
        found = cursor.fetchall()
    return [model.from_db(DEFAULT_DB_ALIAS, names, _read(row, documents)) for row in found]


def row(model: type[M], tail: str, params: Sequence[Any]) -> M | None:
    """The first of them."""
    return next(iter(rows(model, tail, params)), None)


@cache
def _shape(model: type[Model]) -> tuple[str, list[str], tuple[int, ...]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    select = " ".join(("SELECT", columns, "FROM", model._meta.db_table))
    documents = tuple(at for at, field in enumerate(fields) if isinstance(field, JSONField))
    return select, [field.attname for field in fields], documents


def _read(values: Sequence[Any], documents: Sequence[int]) -> list[Any]:
    """Django has the driver leave documents as text."""
    read = list(values)
    for at in documents:
        if isinstance(read[at], str):
            read[at] = json.loads(read[at])
    return read

"""The first release of an application: its schema, with the table of stays in choice values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.sql import Sql, identifier, sql


@dataclass(frozen=True, slots=True)
class CreateSchema(Operation):
    """``schema`` is the application's; nothing happens where it is there already."""

    schema: str

    code: ClassVar[str] = "creates_schema"

    def flip(self) -> tuple[Sql, ...]:
        stays = identifier(self.schema, "_stay")
        return (
            sql("CREATE SCHEMA IF NOT EXISTS {}", identifier(self.schema)),
            sql(
                "CREATE TABLE IF NOT EXISTS {} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " form text NOT NULL, record bigint NOT NULL, field text NOT NULL,"
                " value text NOT NULL, entered_at timestamptz NOT NULL, left_at timestamptz,"
                " first_entry boolean NOT NULL)",
                stays,
            ),
            sql(
                "CREATE INDEX IF NOT EXISTS {} ON {} (record, field, form)"
                " INCLUDE (value) WHERE left_at IS NULL",
                identifier("_stay_open"),
                stays,
            ),
            sql(
                "CREATE INDEX IF NOT EXISTS {} ON {} (form, field, value, record)",
                identifier("_stay_reached"),
                stays,
            ),
        )

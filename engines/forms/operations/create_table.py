"""A new form: its table with all columns; links to other new tables come after all are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import create_index, create_unique
from engines.forms.table import SYSTEM_COLUMN_TYPES, Table
from engines.sql import Sql, identifier, join, sql


@dataclass(frozen=True, slots=True)
class CreateTable(Operation):
    """``table`` is made whole, save its foreign keys."""

    table: Table

    code: ClassVar[str] = "creates_table"

    def flip(self) -> tuple[Sql, ...]:
        schema, name = self.table.schema, self.table.name
        columns = [
            sql("{} {}", identifier(key), Sql(sql_type))
            for key, sql_type in SYSTEM_COLUMN_TYPES.items()
        ]
        columns += [
            sql("{} {}", identifier(column.key), Sql(column.sql_type))
            for column in self.table.columns
        ]
        create = sql("CREATE TABLE {} ({})", identifier(schema, name), join(", ", columns))
        indexes = [
            create_index(schema, name, each, concurrently=False) for each in self.table.indexes
        ]
        uniques = [
            create_unique(schema, name, each, concurrently=False) for each in self.table.uniques
        ]
        return (create, *uniques, *indexes)

    @property
    def params(self) -> Mapping[str, object]:
        return {"fields": len(self.table.columns)}

"""A form that comes back with the records it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import create_index, create_unique
from engines.forms.table import Table
from engines.sql import Sql, identifier, sql


@dataclass(frozen=True, slots=True)
class UnarchiveTable(Operation):
    """``archived`` is the name that `ArchiveTable` gave; other operations compare the columns."""

    table: Table
    archived: str

    code: ClassVar[str] = "unarchives_table"

    def flip(self) -> tuple[Sql, ...]:
        return (
            sql(
                "ALTER TABLE {} RENAME TO {}",
                identifier(self.table.schema, self.archived),
                identifier(self.table.name),
            ),
            sql(
                "ALTER INDEX IF EXISTS {} RENAME TO {}",
                identifier(self.table.schema, f"{self.archived}_pkey"),
                identifier(f"{self.table.name}_pkey"),
            ),
        )


@dataclass(frozen=True, slots=True)
class RebuildIndexes(Operation):
    """The indexes that putting the table away has removed; after its columns are complete."""

    table: Table

    code: ClassVar[str] = "builds_indexes"

    def flip(self) -> tuple[Sql, ...]:
        return tuple(
            create_unique(self.table.schema, self.table.name, each, concurrently=False)
            for each in self.table.uniques
        )

    def follow_up(self) -> tuple[Sql, ...]:
        return tuple(
            create_index(self.table.schema, self.table.name, each, concurrently=True)
            for each in self.table.indexes
        )

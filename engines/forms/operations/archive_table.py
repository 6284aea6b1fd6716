"""A form that is gone: its table is put away with everything in it, not dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import archived_name, drop_index
from engines.forms.table import Table
from engines.sql import Sql, identifier, sql


@dataclass(frozen=True, slots=True)
class ArchiveTable(Operation):
    """``release`` is the first one without the form."""

    table: Table
    release: int

    code: ClassVar[str] = "archives_table"

    @property
    def loses_data(self) -> bool:
        return True

    def flip(self) -> tuple[Sql, ...]:
        schema, name = self.table.schema, self.table.name
        rename = sql(
            "ALTER TABLE {} RENAME TO {}",
            identifier(schema, name),
            identifier(archived_name(self.release, name)),
        )
        # Names of indexes are shared by the whole schema: a later form of this key needs them.
        names = [each.name for each in self.table.indexes]
        names += [each.name for each in self.table.uniques]
        primary = sql(
            "ALTER INDEX IF EXISTS {} RENAME TO {}",
            identifier(schema, f"{name}_pkey"),
            identifier(archived_name(self.release, f"{name}_pkey")),
        )
        return (
            *(drop_index(schema, each, concurrently=False) for each in names),
            primary,
            rename,
        )

    def affected(self) -> Sql | None:
        return sql("SELECT count(*) FROM {}", identifier(self.table.schema, self.table.name))

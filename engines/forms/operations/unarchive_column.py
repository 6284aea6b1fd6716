"""A field that comes back with the values it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import rename_column
from engines.sql import Sql, identifier, sql


@dataclass(frozen=True, slots=True)
class UnarchiveColumn(Operation):
    """``archived`` is the column's name now. ``target`` is the table that its ids belong to: ids of
    rows that were removed for good meanwhile are emptied, or the link could not be enforced."""

    schema: str
    table: str
    archived: str
    target: tuple[str, str] | None = None

    code: ClassVar[str] = "unarchives_column"

    def flip(self) -> tuple[Sql, ...]:
        rename = rename_column(self.schema, self.table, self.archived, self.field)
        if self.target is None:
            return (rename,)
        clear = sql(
            "UPDATE {} AS own SET {} = NULL WHERE {} IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM {} AS other WHERE other.id = own.{})",
            identifier(self.schema, self.table),
            identifier(self.field),
            identifier(self.field),
            identifier(*self.target),
            identifier(self.field),
        )
        return (rename, clear)

"""A new field of a form that has records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import add_column
from engines.forms.table import TableColumn
from engines.sql import Sql


@dataclass(frozen=True, slots=True)
class AddColumn(Operation):
    """The column begins empty in every record."""

    schema: str
    table: str
    column: TableColumn

    code: ClassVar[str] = "adds_column"

    def flip(self) -> tuple[Sql, ...]:
        return (add_column(self.schema, self.table, self.column.key, self.column.sql_type),)

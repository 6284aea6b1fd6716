"""A link, person or department column: its ids must exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import add_foreign_key, drop_constraint, validate
from engines.forms.table import ForeignKey
from engines.sql import Sql


@dataclass(frozen=True, slots=True)
class AddReference(Operation):
    """``new_table``: there is nothing to look at later."""

    schema: str
    table: str
    key: ForeignKey
    new_table: bool

    code: ClassVar[str] = "adds_reference"

    def flip(self) -> tuple[Sql, ...]:
        return (add_foreign_key(self.schema, self.table, self.key, check=self.new_table),)

    def follow_up(self) -> tuple[Sql, ...]:
        return () if self.new_table else (validate(self.schema, self.table, self.key.name),)


@dataclass(frozen=True, slots=True)
class DropReference(Operation):
    """The ids no longer belong to that table."""

    schema: str
    table: str
    key: ForeignKey

    code: ClassVar[str] = "drops_reference"

    def flip(self) -> tuple[Sql, ...]:
        return (drop_constraint(self.schema, self.table, self.key.name),)

"""Indexes for views, row rules and reports; built after the flip, while people work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import create_index, drop_index
from engines.forms.table import Index
from engines.sql import Sql


@dataclass(frozen=True, slots=True)
class CreateIndex(Operation):
    """An interrupted build leaves an invalid index behind, so the name is freed first."""

    schema: str
    table: str
    index: Index

    code: ClassVar[str] = "creates_index"

    def follow_up(self) -> tuple[Sql, ...]:
        return (
            drop_index(self.schema, self.index.name, concurrently=True),
            create_index(self.schema, self.table, self.index, concurrently=True),
        )


@dataclass(frozen=True, slots=True)
class DropIndex(Operation):
    """Nothing needs the index any more."""

    schema: str
    table: str
    index: Index

    code: ClassVar[str] = "drops_index"

    def flip(self) -> tuple[Sql, ...]:
        return (drop_index(self.schema, self.index.name, concurrently=False),)

"""Values that may not occur twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import LIVING, create_unique, drop_index
from engines.forms.table import Unique
from engines.sql import Sql, all_of, identifier, join, sql


@dataclass(frozen=True, slots=True)
class AddUnique(Operation):
    """``existing``: all its columns have values already, so the index is built before the flip,
    while people work; else the columns are new and the index is built empty."""

    schema: str
    table: str
    unique: Unique
    existing: bool

    code: ClassVar[str] = "adds_unique"

    @property
    def params(self) -> Mapping[str, object]:
        return {"fields": list(self.unique.columns)}

    def prepare(self) -> tuple[Sql, ...]:
        if not self.existing:
            return ()
        return (
            drop_index(self.schema, self.unique.name, concurrently=True),
            create_unique(self.schema, self.table, self.unique, concurrently=True),
        )

    def flip(self) -> tuple[Sql, ...]:
        if self.existing:
            return ()
        return (create_unique(self.schema, self.table, self.unique, concurrently=False),)

    def failing(self) -> Sql | None:
        if not self.existing:
            return None
        columns = [identifier(column) for column in self.unique.columns]
        filled = all_of(sql("{} IS NOT NULL", column) for column in columns)
        shown = sql("concat_ws(' / ', {})", join(", ", columns))
        return sql(
            "SELECT id, shown FROM (SELECT id, {} AS shown, count(*) OVER (PARTITION BY {}) AS same"
            " FROM {}{} AND {}) AS counted WHERE same > 1 ORDER BY shown, id",
            shown,
            join(", ", columns),
            identifier(self.schema, self.table),
            LIVING,
            filled,
        )


@dataclass(frozen=True, slots=True)
class DropUnique(Operation):
    """The same values may occur again."""

    schema: str
    unique: Unique

    code: ClassVar[str] = "drops_unique"

    @property
    def params(self) -> Mapping[str, object]:
        return {"fields": list(self.unique.columns)}

    def flip(self) -> tuple[Sql, ...]:
        return (drop_index(self.schema, self.unique.name, concurrently=False),)

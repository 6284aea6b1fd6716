"""A stored formula that is new or says something else: its value for the records that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import BatchedSql, Operation
from engines.sql import Sql, identifier, sql

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class ComputeColumn(Operation):
    """``value`` is the formula over the row's own columns. It depends on nothing else, so records
    that are written meanwhile have the same value anyway; versions do not change."""

    schema: str
    table: str
    value: Sql

    code: ClassVar[str] = "computes_column"

    def follow_up(self) -> tuple[Sql, ...]:
        whole = identifier(self.schema, self.table)
        made = sql(
            "UPDATE {} SET {} = {} WHERE id IN"
            " (SELECT id FROM {} WHERE {} IS DISTINCT FROM {} LIMIT {})",
            whole,
            identifier(self.field),
            self.value,
            whole,
            identifier(self.field),
            self.value,
            Sql(str(BATCH)),
        )
        return (BatchedSql(made.text, made.params),)

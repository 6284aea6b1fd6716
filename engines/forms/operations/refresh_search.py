"""Other fields are searched than before: the grams of the records that are there are made anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import BatchedSql, Operation
from engines.forms.search import joined_text
from engines.sql import Sql, identifier, sql

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class RefreshSearch(Operation):
    """``searched`` are the columns that are searched now."""

    schema: str
    table: str
    searched: tuple[str, ...]

    code: ClassVar[str] = "refreshes_search"

    def follow_up(self) -> tuple[Sql, ...]:
        grams = sql(
            "mortise.grams({})", joined_text(identifier(column) for column in self.searched)
        )
        whole = identifier(self.schema, self.table)
        made = sql(
            "UPDATE {} SET grams = {} WHERE id IN"
            " (SELECT id FROM {} WHERE grams IS DISTINCT FROM {} LIMIT {})",
            whole,
            grams,
            whole,
            grams,
            Sql(str(BATCH)),
        )
        return (BatchedSql(made.text, made.params),)

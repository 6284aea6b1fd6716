"""A field of another type: a new column is filled beside the old one and takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import BatchedSql, Operation
from engines.forms.operations.statements import (
    add_column,
    archived_name,
    drop_constraint,
    rename_column,
)
from engines.sql import Sql, identifier, short_name, sql

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class ChangeType(Operation):
    """``converted`` is the new value, an expression over the old column. Where it is empty although
    the old value is not, the record fails; it is listed, never silently emptied.

    The old column is archived like a removed one, so that going back finds every value.
    """

    schema: str
    table: str
    sql_type: str
    converted: Sql
    release: int
    before: str
    after: str
    foreign_key: str | None = None

    code: ClassVar[str] = "changes_type"

    @property
    def _new(self) -> str:
        return short_name(f"_new_{self.release}_{self.field}")

    def prepare(self) -> tuple[Sql, ...]:
        whole = identifier(self.schema, self.table)
        drop = sql("ALTER TABLE {} DROP COLUMN IF EXISTS {}", whole, identifier(self._new))
        copy = sql(
            "UPDATE {} SET {} = {} WHERE id IN (SELECT id FROM {} WHERE {} IS NULL"
            " AND {} IS NOT NULL LIMIT {})",
            whole,
            identifier(self._new),
            self.converted,
            whole,
            identifier(self._new),
            self.converted,
            Sql(str(BATCH)),
        )
        return (
            drop,
            add_column(self.schema, self.table, self._new, self.sql_type),
            BatchedSql(copy.text, copy.params),
        )

    def flip(self) -> tuple[Sql, ...]:
        # Records written between the copy and the flip went into the old column only.
        catch_up = sql(
            "UPDATE {} SET {} = {} WHERE {} IS DISTINCT FROM {}",
            identifier(self.schema, self.table),
            identifier(self._new),
            self.converted,
            identifier(self._new),
            self.converted,
        )
        release = (
            ()
            if self.foreign_key is None
            else (drop_constraint(self.schema, self.table, self.foreign_key),)
        )
        return (
            *release,
            catch_up,
            rename_column(
                self.schema, self.table, self.field, archived_name(self.release, self.field)
            ),
            rename_column(self.schema, self.table, self._new, self.field),
        )

    def failing(self) -> Sql | None:
        return sql(
            "SELECT id, {}::text FROM {} WHERE {} IS NOT NULL AND {} IS NULL ORDER BY id",
            identifier(self.field),
            identifier(self.schema, self.table),
            identifier(self.field),
            self.converted,
        )

    @property
    def params(self) -> Mapping[str, object]:
        return {"before": self.before, "after": self.after}

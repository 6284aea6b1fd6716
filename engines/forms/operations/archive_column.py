"""A field that is gone: its column is renamed and keeps its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engines.forms.operation import Operation
from engines.forms.operations.statements import archived_name, drop_constraint, rename_column
from engines.sql import Sql, identifier, sql


@dataclass(frozen=True, slots=True)
class ArchiveColumn(Operation):
    """``release`` is the first one without the field; ``foreign_key`` names its constraint.

    ``computed`` values can be worked out again, or were put away before. The constraint goes: a
    record that nobody can reach through the field any more must not keep another one from being
    removed for good.
    """

    schema: str
    table: str
    release: int
    foreign_key: str | None = None
    computed: bool = False

    code: ClassVar[str] = "archives_column"

    @property
    def loses_data(self) -> bool:
        return not self.computed

    def flip(self) -> tuple[Sql, ...]:
        rename = rename_column(
            self.schema, self.table, self.field, archived_name(self.release, self.field)
        )
        if self.foreign_key is None:
            return (rename,)
        return (drop_constraint(self.schema, self.table, self.foreign_key), rename)

    def affected(self) -> Sql | None:
        if self.computed:
            return None
        return sql(
            "SELECT count({}) FROM {}",
            identifier(self.field),
            identifier(self.schema, self.table),
        )

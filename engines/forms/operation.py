"""One step from an old table to a new one: what it prepares, flips and follows up with."""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engines.sql import Sql


@dataclass(frozen=True, slots=True)
class BatchedSql(Sql):
    """To be repeated, each time in a transaction of its own, until it changes no row."""


@dataclass(frozen=True, slots=True)
class Operation(ABC):
    """A change of a form's table.

    ``prepare`` runs while people work, each statement alone and outside a transaction; ``flip``
    runs in the transaction that makes the new release; ``follow_up`` afterwards, again each alone.
    ``field`` is empty where the whole form is meant.
    """

    form: str
    field: str

    code: ClassVar[str]

    @property
    def loses_data(self) -> bool:
        """True when people can no longer see something that they have entered."""
        return False

    def prepare(self) -> tuple[Sql, ...]:
        """Statements that do not block anybody."""
        return ()

    def flip(self) -> tuple[Sql, ...]:
        """Statements that only touch the catalogue, or a table that is new."""
        return ()

    def follow_up(self) -> tuple[Sql, ...]:
        """Statements that take long; each may be run again after it was interrupted."""
        return ()

    def failing(self) -> Sql | None:
        """Rows that stand against the change, as (id, value as text); None where there are none."""
        return None

    def affected(self) -> Sql | None:
        """One number: how many records hold a value that is put away or lost."""
        return None

    @property
    def params(self) -> Mapping[str, object]:
        """What the sentence about this operation needs beside form and field."""
        return {}

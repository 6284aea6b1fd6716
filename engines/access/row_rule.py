"""Which rows: any of several clauses, each a list of conditions that must all be met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engines.formulas.compile import Formula
from engines.formulas.to_python import Env, is_met
from engines.formulas.to_sql import Columns, SqlEnv, to_sql
from engines.sql import Sql, all_of, any_of


@dataclass(frozen=True, slots=True)
class Clause:
    """What one grant lets through: rows that meet all of ``conditions``; none means every row."""

    conditions: tuple[Formula, ...] = ()

    def also(self, other: Clause) -> Clause:
        """Rows that meet both."""
        more = tuple(each for each in other.conditions if each not in self.conditions)
        return Clause(self.conditions + more)


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows that meet any clause. No clause: no row; a clause without conditions: every row."""

    clauses: tuple[Clause, ...] = ()

    @property
    def everything(self) -> bool:
        """True when every row is let through."""
        return any(not clause.conditions for clause in self.clauses)

    @property
    def nothing(self) -> bool:
        """True when no row is let through."""
        return not self.clauses

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All conditions, for loading what they read."""
        return tuple(each for clause in self.clauses for each in clause.conditions)

    def met(self, env: Env) -> bool:
        """Whether the row in ``env`` is let through; an empty condition is not met."""
        return any(all(is_met(each, env) for each in clause.conditions) for clause in self.clauses)

    def to_sql(self, columns: Columns, env: SqlEnv) -> Sql:
        """The same as a condition; never NULL is taken for true, so WHERE and CASE agree."""
        if self.everything:
            return Sql("TRUE")
        return any_of(
            all_of(to_sql(each, columns, env) for each in clause.conditions)
            for clause in self.clauses
        )


EVERYTHING = RowRule((Clause(),))
NOTHING = RowRule()


def union(clauses: Iterable[Clause]) -> RowRule:
    """The rule of several clauses: each once, and only the widest where one lets all rows pass."""
    found: list[Clause] = []
    for clause in clauses:
        if not clause.conditions:
            return EVERYTHING
        if clause not in found:
            found.append(clause)
    return RowRule(tuple(found))


def same(first: RowRule, second: RowRule) -> bool:
    """True when both let the same clauses through, in whatever order."""
    if first.everything or second.everything:
        return first.everything == second.everything
    return _texts(first.clauses) == _texts(second.clauses)


def _texts(clauses: Sequence[Clause]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(each.text for each in clause.conditions) for clause in clauses)

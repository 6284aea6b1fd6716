"""Statements that several operations need, worded once."""

from __future__ import annotations

from engines.forms.table import NEVER_EMPTY, ForeignKey, Index, IndexPart, Unique
from engines.sql import Sql, identifier, join, short_name, sql

# Kilobytes of new entries that each search reads through until they are sorted in (usually 4,096).
PENDING = 128
LIVING = Sql(" WHERE deleted_at IS NULL")


def archived_name(release: int, name: str) -> str:
    """What a column or table is called once release ``release`` no longer has it."""
    return short_name(f"_gone_{release}_{name}")


def add_column(schema: str, table: str, column: str, sql_type: str) -> Sql:
    """Takes no time on a large table: the column is nullable and has no default."""
    return sql(
        "ALTER TABLE {} ADD COLUMN {} {}",
        identifier(schema, table),
        identifier(column),
        Sql(sql_type),
    )


def rename_column(schema: str, table: str, before: str, after: str) -> Sql:
    """Metadata only."""
    return sql(
        "ALTER TABLE {} RENAME COLUMN {} TO {}",
        identifier(schema, table),
        identifier(before),
        identifier(after),
    )


def add_foreign_key(schema: str, table: str, key: ForeignKey, *, check: bool) -> Sql:
    """``check=False``: rows that are there are looked at later, by `validate`."""
    return sql(
        "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} (id)"
        + ("" if check else " NOT VALID"),
        identifier(schema, table),
        identifier(key.name),
        identifier(key.column),
        identifier(*key.target),
    )


def drop_constraint(schema: str, table: str, name: str) -> Sql:
    """Metadata only."""
    return sql(
        "ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", identifier(schema, table), identifier(name)
    )


def validate(schema: str, table: str, name: str) -> Sql:
    """Reads the table without blocking writers."""
    return sql("ALTER TABLE {} VALIDATE CONSTRAINT {}", identifier(schema, table), identifier(name))


def create_unique(schema: str, table: str, unique: Unique, *, concurrently: bool) -> Sql:
    """A unique index over the records that are not deleted."""
    return sql(
        "CREATE UNIQUE INDEX " + _modes(concurrently) + "{} ON {} ({}){}",
        identifier(unique.name),
        identifier(schema, table),
        join(", ", (identifier(column) for column in unique.columns)),
        LIVING,
    )


def create_index(schema: str, table: str, index: Index, *, concurrently: bool) -> Sql:
    """``IF NOT EXISTS``: a follow-up step may be run again."""
    gin = index.method == "gin"
    return sql(
        "CREATE INDEX " + _modes(concurrently) + "IF NOT EXISTS {} ON {}{} ({}){}{}",
        identifier(index.name),
        identifier(schema, table),
        Sql(" USING gin" if gin else ""),
        join(", ", (_part(part, gin) for part in index.parts)),
        Sql(f" WITH (gin_pending_list_limit = {PENDING})" if gin else ""),
        LIVING if index.living else Sql(""),
    )


def drop_index(schema: str, name: str, *, concurrently: bool) -> Sql:
    """Removes an index, also one that an interrupted build left behind."""
    return sql("DROP INDEX " + _modes(concurrently) + "IF EXISTS {}", identifier(schema, name))


def _modes(concurrently: bool) -> str:
    return "CONCURRENTLY " if concurrently else ""


def _part(part: IndexPart, gin: bool) -> Sql:
    if gin or not part.descending:
        return identifier(part.column)
    nulls = "" if part.column in NEVER_EMPTY else " NULLS LAST"
    return sql("{} DESC" + nulls, identifier(part.column))

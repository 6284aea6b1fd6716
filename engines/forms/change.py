"""Compares two plans of a form and lists the operations that lead from one table to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engines.forms.conversions import conversion, keeps_values
from engines.forms.operation import Operation
from engines.forms.operations.add_column import AddColumn
from engines.forms.operations.add_reference import AddReference, DropReference
from engines.forms.operations.add_unique import AddUnique, DropUnique
from engines.forms.operations.archive_column import ArchiveColumn
from engines.forms.operations.archive_table import ArchiveTable
from engines.forms.operations.change_type import ChangeType
from engines.forms.operations.compute_column import ComputeColumn
from engines.forms.operations.create_index import CreateIndex, DropIndex
from engines.forms.operations.create_table import CreateTable
from engines.forms.operations.refresh_search import RefreshSearch
from engines.forms.operations.unarchive_column import UnarchiveColumn
from engines.forms.operations.unarchive_table import RebuildIndexes, UnarchiveTable
from engines.forms.plan import FormPlan
from engines.forms.stored import stored_value
from engines.forms.table import (
    SYSTEM_COLUMN_TYPES,
    Table,
    TableColumn,
    foreign_key_name,
    table,
)

Columns = Mapping[str, Mapping[str, str]]
"""Table → column → SQL type as Postgres prints it: what an application's schema holds."""

_PRINTED = {"timestamptz": "timestamp with time zone"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is known beside the two plans.

    ``release`` is the number of the release to come. ``present`` are the tables and columns in the
    application's schema; without it nothing archived is found again. ``before`` and ``after`` name
    the fields that row rules and reports select by, per form.
    """

    release: int = 0
    present: Columns = field(default_factory=dict)
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def operations(
    old: FormPlan | None, new: FormPlan | None, change: Change | None = None
) -> tuple[Operation, ...]:
    """The steps from ``old`` to ``new`` in an order that works for one form.

    References to other forms come last; across forms, `application.table_operations` puts those of
    all forms behind all tables.
    """
    change = change or Change()
    if new is None:
        return () if old is None else _removed(old, change)
    if old is None:
        return _created(new, change)
    return tuple(_changed(old, new, change))


def _removed(old: FormPlan, change: Change) -> tuple[Operation, ...]:
    before = table(old, change.before.get(old.key, ()))
    return (ArchiveTable(old.key, "", before, change.release),)


def _created(new: FormPlan, change: Change) -> tuple[Operation, ...]:
    after = table(new, change.after.get(new.key, ()))
    archived = _latest(change.present, new.table)
    if archived is None:
        keys = (
            AddReference(new.key, key.column, after.schema, after.name, key, True)
            for key in after.foreign_keys
        )
        return (CreateTable(new.key, "", after), *keys)
    return tuple(_returned(new, after, archived, change.present[archived], change.release))


def _returned(
    new: FormPlan, after: Table, archived: str, columns: Mapping[str, str], release: int
) -> Iterable[Operation]:
    """A table that was put away, with the columns it had then: those of today are kept, others are
    put away one by one, so that their names are free."""
    where = (after.schema, after.name)
    yield UnarchiveTable(new.key, "", after, archived)
    wanted = {column.key: _printed(column.sql_type) for column in after.columns}
    for name, sql_type in columns.items():
        kept = name in SYSTEM_COLUMN_TYPES or name.startswith("_")
        if not kept and wanted.get(name) != sql_type:
            constraint = foreign_key_name(after.name, name)
            yield ArchiveColumn(new.key, name, *where, release, constraint, computed=True)
    for column in after.columns:
        if columns.get(column.key) != wanted[column.key]:
            yield AddColumn(new.key, column.key, *where, column)
    yield RebuildIndexes(new.key, "", after)
    for key in after.foreign_keys:
        yield DropReference(new.key, key.column, *where, key)
        yield AddReference(new.key, key.column, *where, key, False)


def _changed(old: FormPlan, new: FormPlan, change: Change) -> Iterable[Operation]:
    before = table(old, change.before.get(old.key, ()))
    after = table(new, change.after.get(new.key, ()))
    where = (after.schema, after.name)
    changed, gone = _columns(old, new)
    fresh = {column.key for column in after.columns if column.key not in changed} - {
        column.key for column in before.columns
    }
    touched = changed | gone
    old_keys = {key.column: key for key in before.foreign_keys}
    new_keys = {key.column: key for key in after.foreign_keys}

    kept_uniques = {
        each for each in before.uniques if each in after.uniques and not touched & {*each.columns}
    }
    for unique in before.uniques:
        if unique not in kept_uniques:
            yield DropUnique(new.key, _one(unique.columns), after.schema, unique)
    kept_indexes = {
        each
        for each in before.indexes
        if each in after.indexes and not touched & {part.column for part in each.parts}
    }
    for index in before.indexes:
        if index not in kept_indexes:
            yield DropIndex(new.key, "", *where, index)

    for column in before.columns:
        if column.key in gone:
            key = old_keys.get(column.key)
            yield ArchiveColumn(
                new.key,
                column.key,
                *where,
                change.release,
                key.name if key else None,
                old.by_key[column.key].computed,
            )
        elif (
            column.key in old_keys
            and column.key not in changed
            and old_keys[column.key] != new_keys.get(column.key)
        ):
            yield DropReference(new.key, column.key, *where, old_keys[column.key])
    for column in after.columns:
        if column.key in changed:
            yield from _retyped(old, new, column, where, change)
        elif column.key in fresh or column.key in gone:
            yield _added(new, column, where, change)

    for unique in after.uniques:
        if unique not in kept_uniques:
            existing = not {*unique.columns} & (fresh | touched)
            yield AddUnique(new.key, _one(unique.columns), *where, unique, existing)
    for index in after.indexes:
        if index not in kept_indexes:
            yield CreateIndex(new.key, "", *where, index)
    yield from _computed(old, new, where, fresh | touched)
    if before.searched != after.searched:
        yield RefreshSearch(new.key, "", *where, after.searched)
    for column_key, key in new_keys.items():
        if old_keys.get(column_key) != key or column_key in touched:
            yield AddReference(new.key, column_key, *where, key, False)


def _computed(
    old: FormPlan, new: FormPlan, where: tuple[str, str], touched: set[str]
) -> Iterable[Operation]:
    """Stored formulas that are new or changed, and those that read one of them."""
    stale = set(touched)
    for key in new.order:
        field_ = new.by_key[key]
        if not field_.stored or field_.formula is None:
            continue
        before = old.by_key.get(key)
        said = (before.formula and before.formula.text, before.options) if before else None
        same = said == (field_.formula.text, field_.options)
        if same and key not in stale and not field_.formula.names & stale:
            continue
        stale.add(key)
        yield ComputeColumn(new.key, key, *where, stored_value(field_, new))


def _columns(old: FormPlan, new: FormPlan) -> tuple[set[str], set[str]]:
    """Fields whose values are converted, and those whose column is put away."""
    changed: set[str] = set()
    gone: set[str] = set()
    for field_ in old.stored:
        after = new.by_key.get(field_.key)
        if after is None or not after.stored:
            gone.add(field_.key)
        elif not keeps_values(field_, after):
            convertible = conversion(field_, after) is not None and not after.computed
            (changed if convertible else gone).add(field_.key)
    return changed, gone


def _retyped(
    old: FormPlan, new: FormPlan, column: TableColumn, where: tuple[str, str], change: Change
) -> Iterable[Operation]:
    before, after = old.by_key[column.key], new.by_key[column.key]
    converted = conversion(before, after)
    if converted is None:
        raise AssertionError("only convertible fields come here")
    references = before.column is not None and before.column.references is not None
    names = {key.column: key.name for key in table(old).foreign_keys}
    yield ChangeType(
        new.key,
        column.key,
        *where,
        column.sql_type,
        converted,
        change.release,
        before.type.key,
        after.type.key,
        names.get(column.key) if references else None,
    )


def _added(
    new: FormPlan,
    column: TableColumn,
    where: tuple[str, str],
    change: Change,
) -> Operation:
    schema, name = where
    columns = change.present.get(name, {})
    archived = _latest(columns, column.key)
    if archived is None or columns[archived] != _printed(column.sql_type):
        return AddColumn(new.key, column.key, schema, name, column)
    target = next((key.target for key in table(new).foreign_keys if key.column == column.key), None)
    return UnarchiveColumn(new.key, column.key, schema, name, archived, target)


def _latest(names: Iterable[str], key: str) -> str | None:
    """The archived name of ``key`` with the highest release."""
    found: list[tuple[int, str]] = []
    for name in names:
        head, _, rest = name.removeprefix("_gone_").partition("_")
        if name.startswith("_gone_") and head.isdigit() and rest == key:
            found.append((int(head), name))
    return max(found)[1] if found else None


def _printed(sql_type: str) -> str:
    return _PRINTED.get(sql_type, sql_type)


def _one(columns: tuple[str, ...]) -> str:
    return columns[0] if len(columns) == 1 else ""

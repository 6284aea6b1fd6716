"""The shop installed on a real Postgres, changed as the runtime changes it, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg2

from engines.application import ApplicationPlan, compile_application, table_operations
from engines.forms.operation import BatchedSql, Operation
from tests.engines.forms.forms import BODIES
from tests.engines.record_database import Records


def application(bodies: Mapping[str, Mapping[str, Any]], roles: Any = ()) -> ApplicationPlan:
    definitions: dict[tuple[str, str], Any] = {
        ("application", "shop"): {"kind": "application", "key": "shop", "label": "店"}
    }
    definitions |= {("form", key): {"kind": "form", **body} for key, body in bodies.items()}
    definitions |= {("role", role["key"]): role for role in roles}
    return compile_application("shop", definitions)


def present(records: Records) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, column, kind in records.run(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'app_shop' AND c.relkind = 'r' AND a.attnum > 0 AND NOT attisdropped"
    ):
        found.setdefault(name, {})[column] = kind
    return found


def perform(records: Records, found: tuple[Operation, ...]) -> None:
    """As the runtime does: prepare and follow up alone, flip together, batches until done."""
    for operation in found:
        for statement in operation.prepare():
            alone(records, statement)
    records.run("BEGIN")
    try:
        for operation in found:
            for statement in operation.flip():
                records.run(statement)
    except psycopg2.Error:
        records.run("ROLLBACK")
        raise
    records.run("COMMIT")
    for operation in found:
        for statement in operation.follow_up():
            alone(records, statement)


def alone(records: Records, statement: Any) -> None:
    """One statement in a transaction of its own, batch after batch."""
    while records.count(statement) > 0 and isinstance(statement, BatchedSql):
        pass


def install(
    records: Records, old: ApplicationPlan | None, new: ApplicationPlan, release: int = 1
) -> tuple[Operation, ...]:
    found = table_operations(old, new, release=release, present=present(records))
    perform(records, found)
    return found


def codes(found: tuple[Operation, ...]) -> list[str]:
    return [each.code for each in found]


def state(records: Records) -> dict[str, Any]:
    """Everything that Postgres knows of the schema, save what was put away."""
    columns = {
        (name, column, kind)
        for name, kinds in present(records).items()
        for column, kind in kinds.items()
        if not name.startswith("_") and not column.startswith("_gone")
    }
    indexes = {
        definition
        for name, definition in records.run(
            "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'app_shop'"
        )
        if not name.startswith("_")
    }
    keys = set(
        records.run(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'app_shop'::regnamespace AND contype = 'f'"
            " AND conrelid::regclass::text NOT LIKE '%_gone_%'"
        )
    )
    invalid = records.run("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
    return {"columns": columns, "indexes": indexes, "keys": keys, "invalid": invalid}


def fresh(records: Records, new: ApplicationPlan) -> dict[str, Any]:
    """The state that installing ``new`` on nothing gives."""
    records.run("ALTER SCHEMA app_shop RENAME TO aside")
    perform(records, table_operations(None, new))
    found = state(records)
    records.run("DROP SCHEMA app_shop CASCADE")
    records.run("ALTER SCHEMA aside RENAME TO app_shop")
    return found


BASE = application(BODIES)


def add(records: Records, name: str = "甲", **values: Any) -> int:
    row = {"release": 1, "name": name, **values}
    columns = ", ".join(f'"{key}"' for key in row)
    marks = ", ".join("%s" for _ in row)
    with records.connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO app_shop.customer ({columns}) VALUES ({marks}) RETURNING id",  # noqa: S608
            tuple(row.values()),
        )
        return int(cursor.fetchone()[0])

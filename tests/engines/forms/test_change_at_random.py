"""Whatever forms follow each other, the tables end as if the last ones had been made on nothing."""

from __future__ import annotations

import random
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql as names

from engines.application import table_operations
from tests.engines.forms.forms import options
from tests.engines.forms.test_change import application, fresh, perform, present, state
from tests.engines.record_database import Records

KEYS = ("p", "q", "s", "t", "select")
TYPES: tuple[dict[str, Any], ...] = (
    {"type": "text"}, {"type": "text", "unique": True}, {"type": "long_text"}, {"type": "number"},
    {"type": "money"}, {"type": "date"}, {"type": "moment"}, {"type": "check"},
    {"type": "choice", "options": options("1", "red")},
    {"type": "choices", "options": options("1", "red")}, {"type": "person"}, {"type": "department"},
    {"type": "phone"}, {"type": "email"}, {"type": "link", "form": "a"},
    {"type": "link", "form": "b"}, {"type": "serial", "pattern": [{"counter": 2}]},
    {"type": "formula", "returns": "number", "formula": "1 + 1"},
)  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "text": ["1", "red", "2020-01-01", None], "numeric": [1, 0, None], "date": ["2020-01-01", None],
    "timestamp with time zone": ["2020-01-01Z", None], "text[]": [["red"], None],
    "boolean": [True, None], "bigint": [None],
}  # fmt: skip


def any_form(key: str, chance: random.Random) -> dict[str, Any]:
    fields = {name: chance.choice(TYPES) for name in chance.sample(KEYS, chance.randint(1, 5))}
    body: dict[str, Any] = {"key": key, "fields": fields}
    kinds = {name: field["type"] for name, field in fields.items()}
    single = [
        n for n, kind in kinds.items() if kind not in ("long_text", "choices", "check", "formula")
    ]
    if len(single) > 1 and chance.random() < 0.5:
        body["unique"] = [chance.sample(single, 2)]
    sortable = [name for name, kind in kinds.items() if kind not in ("long_text", "choices")]
    if sortable and chance.random() < 0.6:
        sort = [chance.choice(["", "-"]) + chance.choice(sortable)]
        body["views"] = {"v": {"type": "table", "sort": sort}}
    return body


def fill(records: Records, chance: random.Random) -> None:
    for table, columns in present(records).items():
        own = [name for name in KEYS if name in columns and not table.startswith("_")]
        for _ in range(2 if own else 0):
            row = {name: chance.choice(VALUES[columns[name]]) for name in own}
            statement = names.SQL("INSERT INTO app_shop.{} (release, {}) VALUES (1, {})").format(
                names.Identifier(table),
                names.SQL(", ").join(map(names.Identifier, row)),
                names.SQL(", ").join([names.Placeholder()] * len(row)),
            )
            with records.connection.cursor() as cursor:
                try:
                    cursor.execute(statement, tuple(row.values()))
                except psycopg2.errors.UniqueViolation:
                    continue


@pytest.mark.parametrize("seed", [7, 33])
def test_any_way_leads_to_the_tables_of_a_new_application(records: Records, seed: int) -> None:
    chance = random.Random(seed)
    old = None
    for release in range(1, 16):
        bodies = {key: any_form(key, chance) for key in ("a", "b")}
        linked = any(
            field.get("form") == "b"
            for body in bodies.values()
            for field in body["fields"].values()
        )
        if not linked and chance.random() < 0.4:
            del bodies["b"]
        new = application(bodies)
        there = present(records) if old is not None else {}
        found = table_operations(old, new, release=release, present=there)
        for operation in found:
            for question in (operation.failing(), operation.affected()):
                if question is not None:
                    records.run(question)
        try:
            perform(records, found)
        except psycopg2.errors.UniqueViolation:
            # Values that came back are there twice: publishing is refused, nothing was flipped.
            records.run("DROP SCHEMA app_shop CASCADE")
            old = None
            continue
        assert state(records) == fresh(records, new)
        fill(records, chance)
        old = new

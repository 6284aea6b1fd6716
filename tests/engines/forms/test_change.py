"""Table changes on a real Postgres: what is there afterwards, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import psycopg2
import pytest

from engines.application import ApplicationPlan, compile_application, table_operations
from engines.forms.operation import BatchedSql, Operation
from engines.forms.table import table
from tests.engines.forms.forms import BODIES, CUSTOMER, ORDER, changed, options
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
            _alone(records, statement)
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
            _alone(records, statement)


def _alone(records: Records, statement: Any) -> None:
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


def test_a_first_release_makes_all_tables_and_then_their_references(records: Records) -> None:
    found = install(records, None, BASE)
    assert codes(found) == [
        "creates_schema", "creates_table", "creates_table",
        "adds_reference", "adds_reference", "adds_reference", "adds_reference", "adds_reference",
    ]  # fmt: skip
    kinds = present(records)["order"]
    assert kinds["quantity"] == "numeric"
    assert kinds["tags"] == "text[]"
    assert kinds["visit"] == "timestamp with time zone"
    assert kinds["customer"] == "bigint"
    assert "level" not in kinds  # a lookup
    assert "left" not in kinds  # a live formula
    assert not any(each.loses_data for each in found)
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        records.run('INSERT INTO app_shop."order" (release, customer) VALUES (1, 99)')


def test_nothing_changes_when_nothing_changed() -> None:
    assert table_operations(BASE, application(BODIES)) == ()


def test_unique_ignores_deleted_and_empty_values(records: Records) -> None:
    install(records, None, BASE)
    one = add(records, "甲")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        add(records, "甲")
    records.run(f"UPDATE app_shop.customer SET deleted_at = now() WHERE id = {one}")  # noqa: S608
    add(records, "甲")
    records.run("INSERT INTO app_shop.customer (release) VALUES (1), (1)")


NO_CREDIT = {
    "customer": changed(CUSTOMER, credit=None, double_credit=None),
    "order": changed(ORDER, credit=None, left=None),
}
CHANGES: Mapping[str, dict[str, dict[str, Any]]] = {
    "a new field": {"customer": changed(CUSTOMER, note={"type": "long_text"})},
    "a field gone": NO_CREDIT,
    "another type": {"customer": changed(CUSTOMER, phone={"type": "text", "unique": True})},
    "text to number": {"customer": changed(CUSTOMER, phone={"type": "number"})},
    "a link turned": {"order": {**changed(ORDER, customer={"type": "link", "form": "order"},
        level=None, credit=None, left=None), "checks": [], "title": "{{no}}"}},
    "a link to a person": {"customer": changed(CUSTOMER, owner={"type": "link", "form": "order"})},
    "a new form": {"visit": {"key": "visit", "fields": {
        "customer": {"type": "link", "form": "customer"},
        "day": {"type": "date", "unique": True}}}},
    "unique no more": {"order": {**ORDER, "unique": []}},
    "another unique": {"order": {**ORDER, "unique": [["due", "quantity"]]}},
    "another view": {"order": {**ORDER, "views": {"v": {"type": "table", "sort": ["-price"]}}}},
    "a formula stored": {"order": changed(ORDER, left={
        "type": "formula", "returns": "money", "formula": "subtotal + 1"})},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_application_has_the_tables_of_a_new_one(records: Records, name: str) -> None:
    install(records, None, BASE)
    records.run("INSERT INTO app_shop.customer (release, name) VALUES (1, '甲'), (1, '乙')")
    new = application({**BODIES, **CHANGES[name]})
    install(records, BASE, new, 2)
    found = state(records)
    assert found == fresh(records, new)
    assert found["invalid"] == []
    assert table_operations(new, new) == ()


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_and_the_way_back_finds_the_values_again(records: Records, name: str) -> None:
    install(records, None, BASE)
    add(records, phone="13800138000", credit=5, owner=1, email="a@b.cn")
    before = records.run("SELECT name, phone, credit, owner, email FROM app_shop.customer")
    new = application({**BODIES, **CHANGES[name]})
    install(records, BASE, new, 2)
    install(records, new, application(BODIES), 3)
    assert state(records) == fresh(records, BASE)
    assert records.run("SELECT name, phone, credit, owner, email FROM app_shop.customer") == before


def test_a_removed_field_loses_data_and_says_how_much(records: Records) -> None:
    install(records, None, BASE)
    add(records, "甲", email="a@b.cn")
    add(records, "乙")
    new = application({**BODIES, "customer": changed(CUSTOMER, email=None)})
    found = table_operations(BASE, new, release=2)
    lost = [each for each in found if each.loses_data]
    assert [(each.code, each.form, each.field) for each in lost] == [
        ("archives_column", "customer", "email")
    ]
    affected = lost[0].affected()
    assert affected is not None
    assert records.run(affected) == [(1,)]
    perform(records, found)
    assert records.run("SELECT _gone_2_email FROM app_shop.customer ORDER BY id") == [
        ("a@b.cn",),
        (None,),
    ]


def test_a_removed_form_is_put_away_and_comes_back(records: Records) -> None:
    install(records, None, BASE)
    add(records, "甲")
    records.run(
        "INSERT INTO app_shop.\"order\" (release, no, customer) SELECT 1, 'A', id"
        " FROM app_shop.customer"
    )
    less = application({"customer": CUSTOMER})
    found = table_operations(BASE, less, release=2)
    assert [each.code for each in found if each.loses_data] == ["archives_table"]
    perform(records, found)
    assert "_gone_2_order" in present(records)
    # Meanwhile another form of that key may live and go.
    other = application({"customer": CUSTOMER, "order": {"key": "order", "fields": {
        "text": {"type": "text"}}}})  # fmt: skip
    perform(records, table_operations(less, other, release=3))
    perform(records, table_operations(other, less, release=4))
    records.run('DROP TABLE app_shop."_gone_4_order"')
    again = table_operations(less, BASE, release=5, present=present(records))
    assert "unarchives_table" in codes(again)
    perform(records, again)
    assert records.run('SELECT no FROM app_shop."order"') == [("A",)]
    assert state(records) == fresh(records, BASE)


def test_a_failing_conversion_lists_its_records(records: Records) -> None:
    install(records, None, BASE)
    ids = [add(records, name, phone=value) for name, value in [
        ("甲", "12,345"), ("乙", "lots"), ("丙", None), ("丁", " 7.50 ")]]  # fmt: skip
    new = application({**BODIES, "customer": changed(CUSTOMER, phone={"type": "number"})})
    found = table_operations(BASE, new, release=2)
    (change,) = [each for each in found if each.code == "changes_type"]
    failing = change.failing()
    assert failing is not None
    assert records.run(failing) == [(ids[1], "lots")]
    assert dict(change.params) == {"before": "phone", "after": "number"}
    perform(records, found)
    assert records.run("SELECT phone FROM app_shop.customer ORDER BY id") == [
        (Decimal(12345),), (None,), (None,), (Decimal("7.50"),),
    ]  # fmt: skip
    assert records.run(f"SELECT _gone_2_phone FROM app_shop.customer WHERE id = {ids[1]}") == [  # noqa: S608
        ("lots",)
    ]


def test_records_written_between_copy_and_flip_are_converted_too(records: Records) -> None:
    install(records, None, BASE)
    add(records, "甲", phone="1")
    new = application({**BODIES, "customer": changed(CUSTOMER, phone={"type": "number"})})
    found = table_operations(BASE, new, release=2)
    for operation in found:
        for statement in operation.prepare():
            _alone(records, statement)
    add(records, "乙", phone="2")
    records.run("UPDATE app_shop.customer SET phone = '3' WHERE name = '甲'")
    records.run("BEGIN")
    for operation in found:
        for statement in operation.flip():
            records.run(statement)
    records.run("COMMIT")
    assert records.run("SELECT name, phone FROM app_shop.customer ORDER BY id") == [
        ("甲", Decimal(3)),
        ("乙", Decimal(2)),
    ]


COLOURS = [
    {"value": "red", "label": {"zh-Hans": "红", "en": "Red"}},
    {"value": "blue", "label": "蓝"},
]
CHOICE = {"type": "choice", "options": COLOURS}
CHOICES = {"type": "choices", "options": COLOURS}


@pytest.mark.parametrize(
    ("before", "value", "after", "kept"),
    [
        ({"type": "text"}, "红", CHOICE, "red"),
        ({"type": "text"}, " Red ", CHOICE, "red"),
        ({"type": "text"}, "green", CHOICE, None),
        ({"type": "text"}, "红，蓝", CHOICES, ["blue", "red"]),
        ({"type": "text"}, "红，绿", CHOICES, None),
        (CHOICE, "red", {"type": "text"}, "红"),
        (CHOICE, "red", CHOICES, ["red"]),
        (CHOICES, ["red"], CHOICE, "red"),
        (CHOICES, ["red", "blue"], CHOICE, None),
        (CHOICES, ["red", "blue"], {"type": "text"}, "红、蓝"),
        ({"type": "number"}, Decimal("12.50"), {"type": "text"}, "12.5"),
        ({"type": "number"}, Decimal("1"), {"type": "check"}, True),
        ({"type": "check"}, True, {"type": "text"}, "是"),
        ({"type": "check"}, False, {"type": "number"}, Decimal(0)),
        ({"type": "text"}, "否", {"type": "check"}, False),
        ({"type": "text"}, "2024/2/29", {"type": "date"}, "2024-02-29"),
        ({"type": "text"}, "2023-02-29", {"type": "date"}, None),
        ({"type": "text"}, "infinity", {"type": "date"}, None),
        ({"type": "date"}, "2024-02-29", {"type": "text"}, "2024-02-29"),
        ({"type": "date"}, "2024-02-29", {"type": "moment"}, "2024-02-28 16:00:00+00"),
        ({"type": "moment"}, "2024-02-28 16:00:00+00", {"type": "date"}, "2024-02-29"),
        ({"type": "moment"}, "2024-02-28 16:00:00+00", {"type": "text"}, "2024-02-29 00:00:00"),
        ({"type": "text"}, "2024-02-29 08:30", {"type": "moment"}, "2024-02-29 00:30:00+00"),
        ({"type": "text"}, "zhang", {"type": "person"}, 1),
        ({"type": "text"}, "李四", {"type": "person"}, 2),
        ({"type": "person"}, 3, {"type": "text"}, "王芳"),
        ({"type": "department"}, 10, {"type": "text"}, "销售部"),
        ({"type": "number"}, Decimal(1), {"type": "choice", "options": options("1", "2")}, "1"),
    ],
)  # fmt: skip
def test_values_find_their_way_into_another_type(
    records: Records, before: Any, value: Any, after: Any, kept: Any
) -> None:
    records.run("SET timezone = 'UTC'")
    old = application({"x": {"key": "x", "fields": {"f": before}}})
    new = application({"x": {"key": "x", "fields": {"f": after}}})
    install(records, None, old)
    with records.connection.cursor() as cursor:
        cursor.execute("INSERT INTO app_shop.x (release, f) VALUES (1, %s)", (value,))
    found = table_operations(old, new, release=2)
    (change,) = [each for each in found if each.code == "changes_type"]
    failing = change.failing()
    assert failing is not None
    assert bool(records.run(failing)) == (kept is None)
    perform(records, found)
    assert records.run("SELECT f FROM app_shop.x")[0][0] == kept or records.run(
        "SELECT f::text FROM app_shop.x"
    ) == [(kept,)]


def test_types_with_nothing_in_common_are_put_away(records: Records) -> None:
    old = application({"x": {"key": "x", "fields": {"f": {"type": "check"}}}})
    new = application({"x": {"key": "x", "fields": {"f": {"type": "date"}}}})
    found = table_operations(old, new, release=4)
    assert codes(found) == ["archives_column", "adds_column"]


def test_duplicates_are_listed_before_a_unique_rule(records: Records) -> None:
    install(records, None, BASE)
    one, two = add(records, "甲", phone="1"), add(records, "乙", phone="1")
    add(records, "丙", phone="2")
    new = application(
        {**BODIES, "customer": changed(CUSTOMER, phone={"type": "phone", "unique": True})}
    )
    found = table_operations(BASE, new, release=2)
    (unique,) = found
    failing = unique.failing()
    assert failing is not None
    assert records.run(failing) == [(one, "1"), (two, "1")]
    with pytest.raises(psycopg2.errors.UniqueViolation):
        perform(records, found)
    records.run(f"DELETE FROM app_shop.customer WHERE id = {two}")  # noqa: S608
    perform(records, found)  # the broken index of the first try is replaced
    assert state(records)["invalid"] == []


def test_search_is_refreshed_in_batches_when_other_fields_are_searched(records: Records) -> None:
    install(records, None, BASE)
    records.run(
        "INSERT INTO app_shop.customer (release, name, phone) SELECT 1, 'n' || g, '1380000' || g"
        " FROM generate_series(1000, 5500) AS g"
    )
    searched = changed(NO_CREDIT["customer"], credit={"type": "text"})
    new = application({**NO_CREDIT, "customer": searched})
    found = table_operations(BASE, new, release=2)
    assert "refreshes_search" in codes(found)
    perform(records, found)
    assert records.run(
        "SELECT count(*) FROM app_shop.customer WHERE grams @> mortise.grams('1380000')"
    ) == [(4501,)]


def test_rules_of_roles_and_views_bring_their_indexes() -> None:
    role = {"kind": "role", "key": "r", "label": "r", "grants": [
        {"form": "order", "see": "stage = 'sent' and 'hot' in tags"}]}  # fmt: skip
    new = application(BODIES, [role])
    made = {each.index.name for each in table_operations(BASE, new) if each.code == "creates_index"}  # type: ignore[attr-defined]
    assert made == {"order__tags__gin"}  # the board already has one for stages
    names = {each.name for each in table(BASE.forms["order"]).indexes}
    assert {
        "order__updated_at__id__idx", "order__grams__gin", "order__owner__updated_at__id__idx",
        "order__customer__id__idx", "order__due__desc__id__desc__idx",
        "order__stage__updated_at__id__idx",
    } <= names  # fmt: skip


def test_a_new_stored_formula_is_worked_out_for_old_records(records: Records) -> None:
    install(records, None, BASE)
    records.run(
        'INSERT INTO app_shop."order" (release, quantity, price, subtotal, with_tax)'
        " VALUES (1, 3, 3.5, 10.5, 11.87), (1, NULL, 1, NULL, NULL)"
    )
    twice = {"type": "formula", "returns": "number", "scale": 0, "formula": "with_tax * 2"}
    new = application({**BODIES, "order": changed(ORDER, twice=twice)})
    found = install(records, BASE, new, 2)
    assert [each.field for each in found if each.code == "computes_column"] == ["twice"]
    assert records.run('SELECT twice FROM app_shop."order" ORDER BY id') == [(24,), (None,)]
    free = {**ORDER["fields"]["with_tax"], "formula": "subtotal"}
    dearer = changed(ORDER, twice=twice, with_tax=free)
    found = install(records, new, application({**BODIES, "order": dearer}), 3)
    assert [each.field for each in found] == ["with_tax", "twice"]
    assert records.run('SELECT with_tax, twice FROM app_shop."order" ORDER BY id') == [
        (Decimal("10.50"), 21), (None, None),
    ]  # fmt: skip
    gone = install(records, application({**BODIES, "order": dearer}), BASE, 4)
    assert not any(each.loses_data for each in gone)


def test_names_of_indexes_of_two_forms_never_meet(records: Records) -> None:
    bodies = {
        "a": {"key": "a", "fields": {"b_c": {"type": "text", "unique": True}}},
        "a_b": {"key": "a_b", "fields": {"c": {"type": "text", "unique": True}}},
    }
    install(records, None, application(bodies))
    assert records.run(
        "SELECT count(*) FROM pg_index WHERE indisunique AND NOT indisprimary"
        " AND indrelid::regclass::text LIKE 'app_shop.a%'"
    ) == [(2,)]


def test_long_names_are_hashed_and_sql_words_are_quoted(records: Records) -> None:
    long = "a" + "b" * 39
    fields = {"select": {"type": "text", "unique": True}, long: {"type": "link", "form": "table"}}
    words = application({"table": {"key": "table", "fields": fields, "unique": [[long, "select"]]}})
    install(records, None, words)
    assert all(len(name.encode()) <= 63 for (name,) in records.run(
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'app_shop'"))  # fmt: skip
    install(
        records,
        words,
        application({"table": {"key": "table", "fields": {"group": {"type": "text"}}}}),
        2,
    )
    assert f"_gone_2_{long}" in present(records)["table"]

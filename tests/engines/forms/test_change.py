"""Table changes on a real Postgres: what is there afterwards, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import psycopg2
import pytest

from engines.application import table_operations
from engines.forms.table import table
from tests.engines.forms.forms import BODIES, CUSTOMER, ORDER, changed
from tests.engines.forms.tables import (
    BASE,
    add,
    application,
    codes,
    fresh,
    install,
    perform,
    present,
    state,
)
from tests.engines.record_database import Records


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

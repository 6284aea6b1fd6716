"""Values when the type of their field changes: kept, converted, or listed as failing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engines.application import table_operations
from engines.forms.field_type import InvalidValue
from tests.engines.forms.forms import BODIES, CUSTOMER, changed, options
from tests.engines.forms.tables import BASE, add, alone, application, codes, install, perform
from tests.engines.record_database import Records


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
            alone(records, statement)
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
        ({"type": "text"}, "sales", {"type": "department"}, 10),
        ({"type": "text"}, "nowhere", {"type": "department"}, None),
        ({"type": "long_text"}, "one line", {"type": "text"}, "one line"),
        ({"type": "long_text"}, "two\nlines", {"type": "text"}, None),
        ({"type": "number"}, Decimal("13800138000"), {"type": "phone"}, "13800138000"),
        ({"type": "number"}, Decimal("1.5"), {"type": "phone"}, None),
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


PHONES = (
    "13800138000", " +86 138-0013-8000", "008613800138000", "(0755) 8888 8888", "0755-8888888",
    "0755-88888888-12", "8888888转12", "0755-8888888 分机 3", "+1 (415) 555-0100 ext. 22",
    "400.820.8820", "010-12345678x9", "１３８００１３８０００", "13800138000.0", "13800138000转5",
    "\u00a013800138000\u3000", "12", "lots", "138 0013", "1380013800012345678", "12a45",
    "00440207123456#1", "86-1380013", "x12",
)  # fmt: skip
ADDRESSES = (
    "a@b.co", " A.B+c@Example.COM ", "ａ@ｂ.co", "a@b", "a..b@c.de", "@b.co", "a@-b.co", "a b@c.de",
    "o'neil@x-y.example", "a@b.c", "a@b.1c", "ä@b.co", "a@b.co\nc", "a" * 250 + "@b.co",
)  # fmt: skip


@pytest.mark.parametrize(
    ("after", "texts", "good"),
    [
        ({"type": "phone"}, PHONES, 18),
        ({"type": "phone", "mobile": True}, PHONES, 6),
        ({"type": "email"}, ADDRESSES, 4),
    ],
)
def test_texts_become_what_the_field_would_have_kept_of_them(
    records: Records, after: Any, texts: tuple[str, ...], good: int
) -> None:
    old = application({"x": {"key": "x", "fields": {"f": {"type": "long_text"}}}})
    new = application({"x": {"key": "x", "fields": {"f": after}}})
    install(records, None, old)
    with records.connection.cursor() as cursor:
        for text in texts:
            cursor.execute("INSERT INTO app_shop.x (release, f) VALUES (1, %s)", (text,))
    found = table_operations(old, new, release=2)
    (change,) = [each for each in found if each.code == "changes_type"]
    field = new.forms["x"].by_key["f"]
    wanted: list[object] = []
    for text in texts:
        try:
            wanted.append(field.parse(text))
        except InvalidValue:
            wanted.append(None)
    failing = change.failing()
    assert failing is not None
    refused = [shown for _, shown in records.run(failing)]
    assert refused == [text for text, kept in zip(texts, wanted, strict=True) if kept is None]
    assert len(texts) - len(refused) == good
    perform(records, found)
    assert [kept for (kept,) in records.run("SELECT f FROM app_shop.x ORDER BY id")] == wanted


def test_types_with_nothing_in_common_are_put_away(records: Records) -> None:
    old = application({"x": {"key": "x", "fields": {"f": {"type": "check"}}}})
    new = application({"x": {"key": "x", "fields": {"f": {"type": "date"}}}})
    found = table_operations(old, new, release=4)
    assert codes(found) == ["archives_column", "adds_column"]

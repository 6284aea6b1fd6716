"""What history and events keep comes back as formulas see it, however strict the form is now."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engines.forms.field_type import field_types, load_field_types
from engines.forms.kept import kept_value
from engines.formulas.types import (
    BOOLEAN,
    DATE,
    DEPARTMENT,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    Type,
    link_to,
    list_of,
)

load_field_types()

KEPT: list[tuple[Any, Type, Any]] = [
    ("1200.50", NUMBER, Decimal("1200.50")),
    (3, NUMBER, Decimal(3)),
    ("赢单", TEXT, "赢单"),
    ("2026-11-22", DATE, date(2026, 11, 22)),
    ("2026-11-22T10:00:00.5+08:00", MOMENT, datetime(2026, 11, 22, 2, 0, 0, 500000, UTC)),
    (True, BOOLEAN, True),
    (7, PERSON, 7),
    (7, DEPARTMENT, 7),
    (7, link_to("customer"), 7),
    (["new", "gone"], list_of(TEXT), ("new", "gone")),
    ([], list_of(TEXT), None),
    (None, NUMBER, None),
    ("", TEXT, None),
]


@pytest.mark.parametrize(("value", "kind", "expected"), KEPT)
def test_kept_values_come_back(value: Any, kind: Type, expected: Any) -> None:
    assert kept_value(value, kind) == expected


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("many", NUMBER), ("NaN", NUMBER), (True, NUMBER), (5, TEXT), ("soon", DATE),
        ("2026-11-22T10:00:00", MOMENT), ("yes", BOOLEAN), ("zhang", PERSON), (True, PERSON),
        ("new", list_of(TEXT)), ({"id": 7}, PERSON),
    ],
)  # fmt: skip
def test_what_is_of_another_type_is_empty(value: Any, kind: Type) -> None:
    assert kept_value(value, kind) is None


@pytest.mark.parametrize(
    ("key", "options", "value"),
    [
        ("number", {"min": 10}, Decimal(3)),
        ("money", {}, Decimal("2.5")),
        ("text", {"max_length": 2}, "longer"),
        ("choice", {"options": [{"value": "a"}]}, "gone"),
        ("choices", {"options": [{"value": "a"}]}, ("gone",)),
        ("date", {"min": "2026-01-01"}, date(2020, 2, 29)),
        ("moment", {"zone": "Asia/Shanghai"}, datetime(2020, 2, 29, 23, tzinfo=UTC)),
        ("check", {}, False),
        ("person", {}, 4),
        ("formula", {"formula": "1", "returns": "money"}, Decimal("7.25")),
        ("serial", {"pattern": [{"counter": 3}]}, "007"),
    ],
)
def test_every_presented_value_is_read_back(key: str, options: Any, value: Any) -> None:
    kind = field_types[key]
    assert kept_value(kind.present(value, options), kind.value_type(options)) == value

"""Every field type: what it accepts, refuses, keeps; cells of spreadsheets; the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engines.definitions.validate import schema_problems
from engines.forms.field_type import FieldType, InvalidValue, Named, field_types, load_field_types
from engines.forms.schema import field_schema
from engines.values import JsonValue

load_field_types()

ABC = [{"value": "a", "label": {"zh-Hans": "甲", "en": "First"}}, {"value": "b", "label": "乙"}]
SHANGHAI = {"zone": "Asia/Shanghai"}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "choice": {"options": ABC},
    "choices": {"options": ABC},
    "link": {"form": "customer"},
    "lookup": {"link": "customer", "field": "name"},
    "serial": {"pattern": [{"text": "A"}, {"counter": 3}]},
    "formula": {"formula": "1 + 1", "returns": "number"},
}


def kind(key: str) -> FieldType:
    return field_types[key]


def refused(key: str, value: JsonValue, **options: Any) -> str:
    with pytest.raises(InvalidValue) as found:
        kind(key).parse(value, options)
    return found.value.code


def test_all_kinds_of_the_design_are_there() -> None:
    assert set(field_types.keys()) >= {
        "text", "long_text", "number", "money", "date", "moment", "choice", "choices", "check",
        "person", "department", "phone", "email", "link", "lookup", "serial", "formula",
    }  # fmt: skip


@pytest.mark.parametrize("key", field_types.keys())
def test_every_property_says_what_the_designer_draws(key: str) -> None:
    for name, part in kind(key).options_schema["properties"].items():
        assert set(part["x-label"]) == {"zh-Hans", "en"}, name
        assert part["x-group"] in ("basic", "rules", "more"), name
        assert isinstance(part["x-order"], int), name
        assert set(part.get("x-help", {"zh-Hans": 1, "en": 1})) == {"zh-Hans", "en"}


@pytest.mark.parametrize("key", field_types.keys())
def test_a_field_of_every_type_fits_the_schema_of_definitions(key: str) -> None:
    field = {"type": key, "label": "名称", **EXAMPLES.get(key, {})}
    assert schema_problems(field, field_schema()) == []
    wrong = schema_problems({**field, "colour": "red"}, field_schema())
    assert [(each.path, each.code) for each in wrong] == [("/colour", "unknown_property")]


def test_computed_fields_have_no_default_and_are_not_required() -> None:
    field = {"type": "formula", "formula": "1", "returns": "number", "required": True}
    assert [each.code for each in schema_problems(field, field_schema())] == ["unknown_property"]


@pytest.mark.parametrize(
    ("key", "options", "value", "kept"),
    [
        ("text", {}, "  甲 ", "甲"),
        ("text", {}, "   ", None),
        ("text", {}, None, None),
        ("long_text", {}, "一\r\n二\n", "一\n二"),
        ("number", {}, "1200.50", Decimal("1200.5")),
        ("number", {}, 7, Decimal(7)),
        ("number", {"scale": 1}, "1.50", Decimal("1.5")),
        ("number", {}, "", None),
        ("money", {}, "12345678901234567890.12", None),
        ("money", {}, "0.10", Decimal("0.1")),
        ("date", {}, "2024-02-29", date(2024, 2, 29)),
        ("moment", SHANGHAI, "2026-03-08T10:00", datetime(2026, 3, 8, 2, tzinfo=UTC)),
        ("moment", {}, "2026-03-08T10:00:00+05:30", datetime(2026, 3, 8, 4, 30, tzinfo=UTC)),
        ("moment", {}, "2026-03-08T10:00:00Z", datetime(2026, 3, 8, 10, tzinfo=UTC)),
        ("choice", {"options": ABC}, "a", "a"),
        ("choices", {"options": ABC}, ["b", "a", "b"], ("a", "b")),
        ("choices", {"options": ABC}, [], None),
        ("check", {}, False, False),
        ("person", {}, 7, 7),
        ("person", {}, {"id": 7, "name": "张三"}, 7),
        ("person", {}, "zhang", Named("person", "zhang")),
        ("person", {}, {"username": "zhang"}, Named("person", "zhang")),
        ("department", {}, {"key": "sales"}, Named("department", "sales")),
        ("link", {}, {"id": "7"}, 7),
        ("check", {}, "", None),
        ("person", {}, "10086", Named("person", "10086")),
        ("department", {}, "sales", Named("department", "sales")),
        ("link", {}, {"id": 5, "label": "x"}, 5),
        ("link", {}, "5", 5),
        ("phone", {}, "+86 138-0013-8000", "13800138000"),
        ("phone", {}, "（021）5555 6666", "02155556666"),
        ("phone", {}, "＋１ 415 555 0100", "+14155550100"),
        ("phone", {}, "13812345678.0", "13812345678"),
        ("phone", {}, "010-12345678-12", "01012345678-12"),
        ("phone", {}, "（021）5555 6666 转 8", "02155556666-8"),
        ("phone", {}, "1381234-5678", "13812345678"),
        ("email", {}, " Zhang.San@Example.COM ", "zhang.san@example.com"),
    ],
)
def test_values_that_are_accepted(key: str, options: Any, value: Any, kept: Any) -> None:
    if key == "money" and kept is None:
        assert refused(key, "123456789012345678901.12") == "number_too_large"
        kept = Decimal("12345678901234567890.12")
    assert kind(key).parse(value, options) == kept


@pytest.mark.parametrize(
    ("key", "options", "value", "code"),
    [
        ("text", {}, 5, "not_a_text"),
        ("text", {}, "a\nb", "line_break_in_text"),
        ("text", {}, "a\x00b", "forbidden_character"),
        ("text", {}, "\ud800", "forbidden_character"),
        ("text", {"max_length": 2}, "abc", "too_long"),
        ("text", {"min_length": 3}, "中😀", "too_short"),
        ("text", {"pattern": "[A-Z]{2}"}, "ABC", "pattern_not_met"),
        ("long_text", {}, "x" * 100_001, "too_long"),
        ("number", {}, "1,5", "not_a_number"),
        ("number", {}, "NaN", "not_a_number"),
        ("number", {}, "Infinity", "not_a_number"),
        ("number", {}, True, "not_a_number"),
        ("number", {}, [1], "not_a_number"),
        ("number", {"scale": 0}, "1.5", "too_many_decimals"),
        ("number", {"min": 0}, "-1", "below_minimum"),
        ("number", {"max": 100}, "100.1", "above_maximum"),
        ("money", {}, "0.001", "too_many_decimals"),
        ("money", {}, "1e25", "number_too_large"),
        ("date", {}, "2023-02-29", "not_a_date"),
        ("date", {}, "2023-2-9", "not_a_date"),
        ("date", {}, 20230209, "not_a_date"),
        ("date", {"min": "2024-01-01"}, "2023-12-31", "below_minimum"),
        ("moment", {}, "yesterday", "not_a_moment"),
        ("moment", {}, "2026-03-08T25:00", "not_a_moment"),
        ("moment", {}, "0001-01-01T00:00+14:00", "not_a_moment"),
        ("choice", {"options": ABC}, "c", "not_an_option"),
        ("choice", {"options": ABC}, ["a"], "not_an_option"),
        ("choices", {"options": ABC}, "a", "not_a_list"),
        ("choices", {"options": ABC, "max_count": 1}, ["a", "b"], "too_many_options"),
        ("choices", {"options": ABC, "min_count": 2}, ["a"], "too_few_options"),
        ("check", {}, "true", "not_yes_or_no"),
        ("check", {}, 1, "not_yes_or_no"),
        ("person", {}, -1, "not_a_person"),
        ("person", {}, {"name": "x"}, "not_a_person"),
        ("person", {}, {"username": 5}, "not_a_person"),
        ("link", {}, {"id": None}, "not_a_record"),
        ("person", {}, 2**63, "not_a_person"),
        ("department", {}, True, "not_a_department"),
        ("link", {}, "abc", "not_a_record"),
        ("link", {}, "²", "not_a_record"),
        ("phone", {}, "123", "not_a_phone_number"),
        ("phone", {}, "call me", "not_a_phone_number"),
        ("phone", {"mobile": True}, "02155556666", "not_a_mobile_number"),
        ("email", {}, "a@b", "not_an_email"),
        ("email", {}, "a b@c.de", "not_an_email"),
        ("email", {}, "a@@c.de", "not_an_email"),
        ("formula", {"returns": "text", "formula": "1"}, "x", "field_not_writable"),
        ("lookup", {}, "x", "field_not_writable"),
    ],
)
def test_values_that_are_refused(key: str, options: Any, value: Any, code: str) -> None:
    assert refused(key, value, **options) == code


@pytest.mark.parametrize(
    ("key", "options", "cell", "meant"),
    [
        ("number", {}, " 1,234.50 ", "1234.5"),
        ("number", {}, "１，２３４", "1234"),
        ("number", {}, "(12.5)", "-12.5"),
        ("number", {"unit": "%"}, "12.5%", "12.5"),
        ("number", {}, "12.5%", "0.125"),
        ("money", {}, "￥1,200.00", "1200"),
        ("money", {}, "$ 55", "55"),
        ("money", {}, "", None),
        ("date", {}, "2016-10-20", "2016-10-20"),
        ("date", {}, "2016/10/20", "2016-10-20"),
        ("date", {}, "20161020", "2016-10-20"),
        ("date", {}, "2016年1月2日", "2016-01-02"),
        ("date", {}, "2016/1/2 00:00:00", "2016-01-02"),
        ("moment", {}, "2016/1/2 9:05", "2016-01-02T09:05:00"),
        ("moment", {}, "2016-01-02", "2016-01-02T00:00:00"),
        ("choice", {"options": ABC}, " A ", "a"),
        ("choice", {"options": ABC}, "first", "a"),
        ("choice", {"options": ABC}, "甲", "a"),
        ("choices", {"options": ABC}, "乙、甲", ["b", "a"]),
        ("choices", {"options": ABC}, " ", None),
        ("check", {}, "是", True),
        ("check", {}, "TRUE", True),
        ("check", {}, "1", True),
        ("check", {}, "否", False),
        ("check", {}, "", None),
        ("text", {}, " x ", "x"),
        ("person", {}, "zhang", "zhang"),
    ],
)
def test_cells_of_spreadsheets(key: str, options: Any, cell: str, meant: Any) -> None:
    assert kind(key).from_text(cell, options) == meant
    if meant is not None:
        kind(key).parse(kind(key).from_text(cell, options), options)


@pytest.mark.parametrize(
    ("key", "options", "cell", "code"),
    [
        ("number", {}, "1,5", "not_a_number"),
        ("number", {}, "12a", "not_a_number"),
        ("date", {}, "31/12/2016", "not_a_date"),
        ("date", {}, "2016-13-01", "not_a_date"),
        ("date", {}, "2016-10-20 09:00", "not_a_date"),
        ("choice", {"options": ABC}, "丙", "not_an_option"),
        ("check", {}, "也许", "not_yes_or_no"),
    ],
)
def test_cells_that_mean_nothing(key: str, options: Any, cell: str, code: str) -> None:
    with pytest.raises(InvalidValue) as found:
        kind(key).from_text(cell, options)
    assert found.value.code == code


@pytest.mark.parametrize(
    ("key", "options", "value", "language", "text"),
    [
        ("number", {"scale": 1, "unit": "%"}, Decimal("1234.5"), "zh-Hans", "1,234.5%"),
        ("number", {"unit": "km"}, Decimal("0.5"), "en", "0.5 km"),
        ("number", {}, Decimal("1984"), "en", "1,984"),
        ("number", {"thousands": False}, Decimal("1984"), "en", "1984"),
        ("number", {"thousands": False, "scale": 1}, Decimal("-1984"), "en", "-1984.0"),
        ("money", {}, Decimal("-1234567"), "zh-Hans", "-1,234,567.00"),
        ("choice", {"options": ABC}, "a", "en", "First"),
        ("choice", {"options": ABC}, "gone", "en", "gone"),
        ("choices", {"options": ABC}, ("a", "b"), "zh-Hans", "甲、乙"),
        ("check", {}, True, "zh-Hans", "是"),
        ("moment", SHANGHAI, datetime(2026, 3, 8, 2, tzinfo=UTC), "en", "2026-03-08 10:00"),
        ("moment", SHANGHAI, "2026-03-08T10:00:00+08:00", "en", "2026-03-08 10:00"),
        ("person", {}, {"id": 1, "name": "张三"}, "en", "张三"),
        ("link", {}, {"id": 1, "label": "甲"}, "en", "甲"),
        ("text", {}, None, "en", ""),
        (
            "formula",
            {"returns": "money", "formula": "1", "scale": 0},
            Decimal("1234.5"),
            "en",
            "1,235",
        ),
    ],
)
def test_values_as_people_read_them(
    key: str, options: Any, value: Any, language: str, text: str
) -> None:
    assert kind(key).to_text(value, options, language) == text


def test_computed_numbers_are_rounded_half_up() -> None:
    money = {"returns": "money", "formula": "1"}
    assert kind("formula").restrained(Decimal("1.005"), money) == Decimal("1.01")
    assert kind("formula").restrained(Decimal("-2.5"), {**money, "scale": 0}) == Decimal(-3)
    assert kind("formula").restrained(Decimal(10) ** 21, money) is None


@pytest.mark.parametrize(
    ("key", "options", "path", "code"),
    [
        ("choice", {"options": [ABC[0], ABC[0]]}, "/options/1/value", "option_twice"),
        (
            "choice",
            {"options": [ABC[1], {"value": "c", "label": "乙"}]},
            "/options/1/label",
            "option_label_twice",
        ),
        ("number", {"min": 5, "max": 1}, "/min", "minimum_above_maximum"),
        ("text", {"pattern": "(["}, "/pattern", "pattern_not_valid"),
        ("serial", {"pattern": [{"text": "A"}]}, "/pattern", "serial_needs_one_counter"),
        ("date", {"min": "2024-02-30"}, "/min", "not_a_date"),
    ],
)
def test_options_that_contradict_themselves(key: str, options: Any, path: str, code: str) -> None:
    found = kind(key).problems(options)
    assert (path, code) in [(each.path, each.code) for each in found]


def test_a_pattern_that_explodes_elsewhere_is_harmless() -> None:
    assert refused("text", "a" * 900 + "!", pattern="(a+)+$") == "pattern_not_met"


NUMBERS = some.decimals(
    min_value=-(10**15), max_value=10**15, places=6, allow_nan=False, allow_infinity=False
)
TEXTS = some.text(
    some.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\x00"), max_size=80
)
VALUES: Mapping[str, tuple[Mapping[str, Any], Any]] = {
    "text": ({}, TEXTS),
    "long_text": ({}, TEXTS),
    "number": ({}, NUMBERS.map(str)),
    "money": ({}, some.integers(-(10**12), 10**12).map(lambda cents: str(Decimal(cents) / 100))),
    "date": ({}, some.dates().map(date.isoformat)),
    "moment": (
        SHANGHAI,
        some.datetimes(timezones=some.just(UTC))
        .filter(lambda moment: 1900 < moment.year < 9999)
        .map(lambda moment: moment.isoformat()),
    ),
    "choice": ({"options": ABC}, some.sampled_from(["a", "b"])),
    "choices": ({"options": ABC}, some.lists(some.sampled_from(["a", "b"]))),
    "check": ({}, some.booleans()),
    "person": ({}, some.integers(1, 2**63 - 1)),
    "department": ({}, some.integers(1, 2**63 - 1)),
    "link": ({"form": "x"}, some.integers(1, 2**63 - 1)),
    "phone": ({}, some.from_regex(r"\A\+?[0-9]{5,15}\Z")),
    "email": ({}, some.from_regex(r"\A[A-Za-z0-9]{1,20}@[a-z]{1,20}\.(com|cn)\Z")),
}


@pytest.mark.parametrize("key", sorted(VALUES))
@given(data=some.data())
def test_present_is_the_reverse_of_parse(key: str, data: Any) -> None:
    options, values = VALUES[key]
    value = kind(key).parse(data.draw(values), options)
    assert kind(key).parse(kind(key).present(value, options), options) == value
    assert kind(key).from_row(kind(key).to_row(value)) == value

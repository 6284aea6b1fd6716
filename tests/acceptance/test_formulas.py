"""What formulas mean, through stored and live fields, filters, checks and the check endpoint.

Expected values are worked out by hand from the semantics of the design.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.acceptance.conftest import App, Designing
from tests.acceptance.definitions import form

FIELDS = {
    "a": {"type": "number", "label": "A"},
    "b": {"type": "number", "label": "B"},
    "t": {"type": "text", "label": "T"},
    "u": {"type": "text", "label": "U"},
    "d": {"type": "date", "label": "D"},
    "e": {"type": "date", "label": "E"},
    "c": {"type": "check", "label": "C"},
    "s": {
        "type": "choices",
        "label": "S",
        "options": [{"value": each, "label": each} for each in ("x", "y", "z")],
    },
}

NUMBERS: list[tuple[str, dict[str, Any], str | None]] = [
    ("a + b", {"a": "0.1", "b": "0.2"}, "0.3"),
    ("a * b", {"a": "12345678901234.5", "b": "2"}, "24691357802469"),
    ("a / b", {"a": "1", "b": "3"}, "0.333333333333"),
    ("a / b", {"a": "2", "b": "3"}, "0.666666666667"),
    ("a / b", {"a": "1", "b": "0"}, None),
    ("a % b", {"a": "-7", "b": "3"}, "2"),
    ("a % b", {"a": "7", "b": "-3"}, "-2"),
    ("a % b", {"a": "7", "b": "0"}, None),
    ("a + b", {"a": "1"}, None),
    ("ROUND(a, 0)", {"a": "2.5"}, "3"),
    ("ROUND(a, 0)", {"a": "-2.5"}, "-3"),
    ("ROUND(a, 2)", {"a": "1.005"}, "1.01"),
    ("ROUND(a, 2)", {"a": "2.675"}, "2.68"),
    ("LEN(t)", {"t": "榫卯😀"}, "3"),
    ("SUM(a, b)", {"a": "1"}, "1"),
    ("MAX(a, b)", {"a": "1", "b": "5"}, "5"),
    ("IF(a > b, 1, 2)", {"a": "1"}, "2"),
    ("IF(a > 0, a, b)", {"a": "3", "b": "9"}, "3"),
    ("DATEDIF(d, e, 'day')", {"d": "2024-02-28", "e": "2024-03-01"}, "2"),
    ("COUNT(s)", {"s": ["x", "y"]}, "2"),
    ("-a", {"a": "5"}, "-5"),
    ("2 + 3 * 4", {}, "14"),
    ("(2 + 3) * 4", {}, "20"),
    ("ABS(a)", {"a": "-1.5"}, "1.5"),
]

CONDITIONS: list[tuple[str, dict[str, Any], bool | None]] = [
    ("a = b", {"a": "1", "b": "1.0"}, True),
    ("a == b", {"a": "1", "b": "1"}, True),
    ("a <> b", {"a": "1", "b": "2"}, True),
    ("a != b", {"a": "1"}, None),
    ("a > b", {"a": "1"}, None),
    ("a > 0 and b > 0", {"b": "-1"}, False),
    ("a > 0 and b > 0", {"b": "1"}, None),
    ("a > 0 or b > 0", {"b": "1"}, True),
    ("a > 0 or b > 0", {"b": "-1"}, None),
    ("not (a > 0)", {}, None),
    ("ISEMPTY(t)", {"t": ""}, True),
    ("ISEMPTY(a)", {"a": "0"}, False),
    ("t = 'x'", {"t": ""}, None),
    ("t in ['x', 'y']", {"t": "y"}, True),
    ("t in ['x', 'y']", {"t": "z"}, False),
    ("'x' in s", {"s": ["x"]}, True),
    ("c", {"c": True}, True),
    ("d < e", {"d": "2024-01-31", "e": "2024-02-01"}, True),
    ("DATEADD(d, 1, 'month') = e", {"d": "2024-01-31", "e": "2024-02-29"}, True),
    ("DATEADD(d, 1, 'month') = e", {"d": "2023-01-31", "e": "2023-02-28"}, True),
    ("a % 2 = 1", {"a": "3"}, True),
    ("t = “x”", {"t": "x"}, True),
    ("a > 1 and t = 'x'", {"a": "2", "t": "x"}, True),
]


@pytest.fixture(scope="module")
def sheet(designed: Designing) -> App:
    """Every formula as a field of its own (stored), and the same on a linked form (live)."""
    computed = {
        f"n{index}": {"type": "formula", "label": "N", "returns": "number", "formula": formula}
        for index, (formula, _, _) in enumerate(NUMBERS)
    }
    return designed(
        form("sheet", {**FIELDS, **computed}),
        form(
            "checked",
            {"a": FIELDS["a"], "b": FIELDS["b"]},
            checks=[{"that": "a > b", "message": "a must be more", "at": "a"}],
        ),
        form(
            "reader",
            {
                "sheet": {"type": "link", "label": "S", "form": "sheet"},
                "double": {
                    "type": "formula",
                    "label": "D",
                    "returns": "number",
                    "formula": "sheet.a * 2",
                },
                "looked": {"type": "lookup", "label": "L", "link": "sheet", "field": "a"},
            },
        ),
    )


def same(found: Any, expected: str | None) -> bool:
    if expected is None or found is None:
        return found is None and expected is None
    return isinstance(found, str) and Decimal(found) == Decimal(expected)


@pytest.mark.parametrize("index", range(len(NUMBERS)))
def test_numbers(sheet: App, index: int) -> None:
    formula, values, expected = NUMBERS[index]
    made = sheet.create("sheet", **values)
    key = f"n{index}"
    assert same(made[key], expected), (formula, values, made[key])
    read = sheet.admin.get(f"{sheet.records('sheet')}/{made['id']}")
    assert same(read[key], expected)
    wanted = f"id = {made['id']} and " + (
        f"{formula} = {expected}" if expected else f"ISEMPTY({formula})"
    )
    listed = sheet.admin.get(sheet.records("sheet"), filter=wanted)["records"]
    assert [each["id"] for each in listed] == [made["id"]], wanted
    checked = sheet.admin.post(
        f"{sheet.design}/formulas/check",
        {"form": "sheet", "formula": formula, "record": made["id"]},
    )
    result = checked["result"]
    assert same(result if result is None else str(result), expected), (formula, result)


@pytest.mark.parametrize(("formula", "values", "expected"), CONDITIONS)
def test_conditions(
    sheet: App, formula: str, values: dict[str, Any], expected: bool | None
) -> None:
    made = sheet.create("sheet", **values)
    only = f"id = {made['id']}"

    def met(text: str) -> bool:
        found = sheet.admin.get(sheet.records("sheet"), filter=f"{only} and ({text})")["records"]
        return bool(found)

    assert met(formula) is (expected is True)
    assert met(f"not ({formula})") is (expected is False)
    checked = sheet.admin.post(
        f"{sheet.design}/formulas/check",
        {"form": "sheet", "formula": formula, "record": made["id"], "purpose": "condition"},
    )
    assert checked["result"] is expected, checked


def test_checks_fail_only_on_false(sheet: App) -> None:
    at = sheet.records("checked")
    assert sheet.admin.call("POST", at, {"a": "1"}).status == 201
    assert sheet.admin.call("POST", at, {"a": "2", "b": "1"}).status == 201
    refused = sheet.admin.call("POST", at, {"a": "1", "b": "1"})
    assert refused.status == 422 and refused.paths == ["/a"]
    made = sheet.create("checked", a="2", b="1")
    changed = sheet.admin.call("PATCH", f"{at}/{made['id']}", {"version": 1, "b": "5"})
    assert changed.status == 422


def test_live_values_are_never_stale(sheet: App) -> None:
    source = sheet.create("sheet", a="2")
    reader = sheet.create("reader", sheet=source["id"])
    assert same(reader["double"], "4") and same(reader["looked"], "2")
    sheet.admin.patch(f"{sheet.records('sheet')}/{source['id']}", {"version": 1, "a": "10"})
    after = sheet.admin.get(f"{sheet.records('reader')}/{reader['id']}")
    assert same(after["double"], "20") and same(after["looked"], "10")
    found = sheet.admin.get(sheet.records("reader"), filter="double = 20 and sheet.a = 10")
    assert [each["id"] for each in found["records"]] == [reader["id"]]


def test_numbers_travel_as_text_without_losing_digits(sheet: App) -> None:
    long = "12345678901234567890.1"
    made = sheet.create("sheet", a=long)
    assert made["a"] == long
    read = sheet.admin.get(f"{sheet.records('sheet')}/{made['id']}/history")
    change = next(each for each in read["history"][0]["changes"] if each["field"] == "a")
    assert change["after"] == long

"""Values over HTTP: what is sent comes back, what does not fit is a problem at its field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import App


def test_every_type_there_and_back(shop: App, items: str, region: Any) -> None:
    sent = {
        "name": "榫卯",
        "number": "12.50",
        "price": "12345678901234.10",
        "day": "2026-02-28",
        "at": "2026-11-21T10:00:00+08:00",
        "done": True,
        "kind": "a",
        "several": ["x", "y"],
        "who": "admin",
        "place": region["id"],
        "phone": "13812345678",
        "mail": "a@example.com",
        "more": "one\ntwo",
    }
    made = shop.create("item", **sent)
    read = shop.admin.get(f"{items}/{made['id']}")
    listed = shop.admin.get(items, filter=f"id = {made['id']}")["records"][0]
    for found in (made, read, listed):
        assert float(found["number"]) == 12.5 and isinstance(found["number"], str)
        assert found["price"] in ("12345678901234.1", "12345678901234.10")
        assert float(found["double"]) == 25
        assert found["who"]["username"] == "admin" and found["place"]["id"] == region["id"]
        assert found["at"].startswith("2026-11-21T") and found["at"][-6] in "+-"
        for same in ("name", "day", "done", "kind", "several", "mail", "more"):
            assert found[same] == sent[same], same
    from datetime import datetime

    moments = {datetime.fromisoformat(each["at"]) for each in (made, read, listed)}
    assert moments == {datetime.fromisoformat("2026-11-21T10:00:00+08:00")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "abc"),
        ("number", "1e999999"),
        ("number", "NaN"),
        ("number", "9" * 60),
        ("number", [1]),
        ("number", {"a": 1}),
        ("number", True),
        ("price", "1,2,3x"),
        ("day", "2026-13-01"),
        ("day", "tomorrow"),
        ("day", 5),
        ("at", "2026-11-21 99:00"),
        ("at", {}),
        ("done", "perhaps"),
        ("kind", "c"),
        ("kind", ["a"]),
        ("several", ["x", "z"]),
        ("several", "x,y"),
        ("who", "nobody-at-all"),
        ("who", 10**12),
        ("place", 10**15),
        ("phone", "not a phone"),
        ("mail", "not a mail"),
        ("name", 5.5),
        ("name", ["x"]),
        ("name", "x" * 41),
        ("parent", -1),
        ("parent", 10**25),
        ("parent", "x"),
        ("no", "00009"),
        ("double", "3"),
        ("id", 7),
        ("version", 7),
        ("created_by", 1),
        ("created_at", "2020-01-01T00:00:00Z"),
        ("deleted_at", None),
        ("flow_state", "x"),
        ("nothing", {}),
    ],
)
def test_what_does_not_fit_is_a_problem_at_the_field(
    shop: App, items: str, field: str, value: Any
) -> None:
    answer = shop.admin.call("POST", items, {field: value})
    assert answer.status in (400, 422), answer.content
    assert answer.paths[0].startswith(f"/{field}"), answer.json
    assert answer.json["problems"][0]["message"]

"""Batches over HTTP: all or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import App, unique


def test_a_batch_is_all_or_nothing(shop: App, items: str) -> None:
    mark = unique("batch")
    kept = shop.create("item", name=mark)
    body = {
        "create": [{"name": mark}, {"name": mark}, {"name": mark}, {"number": "oops"}],
        "update": [{"id": kept["id"], "version": 1, "name": "x" * 41}],
        "delete": [],
    }
    answer = shop.admin.call("POST", f"{items}/batch", body)
    assert answer.status == 422
    assert {"/create/3/number", "/update/0/name"} <= set(answer.paths)
    listed = shop.admin.get(items, filter=f"name = '{mark}'", count="true")
    assert listed["count"]["value"] == 1


def test_a_batch_creates_changes_and_deletes(shop: App, items: str) -> None:
    mark = unique("batch")
    one, two = (shop.create("item", name=mark) for _ in range(2))
    done = shop.admin.post(
        f"{items}/batch",
        {
            "create": [{"name": mark}],
            "update": [{"id": one["id"], "version": 1, "number": "3"}],
            "delete": [two["id"]],
        },
    )
    assert len(done["created"]) == 1
    found = shop.admin.get(items, filter=f"name = '{mark}'")["records"]
    assert {each["id"] for each in found} == {one["id"], done["created"][0]} or len(found) == 2
    stale = shop.admin.call(
        "POST", f"{items}/batch", {"update": [{"id": one["id"], "version": 1, "number": "4"}]}
    )
    assert stale.status == 409 and stale.paths[0].startswith("/update/0")
    missing = shop.admin.call(
        "POST", f"{items}/batch", {"update": [{"id": one["id"], "number": "4"}]}
    )
    assert missing.status in (422, 428) and missing.paths[0].startswith("/update/0")
    unknown = shop.admin.call("POST", f"{items}/batch", {"delete": [999_999_999]})
    assert unknown.status in (404, 422) and unknown.paths[0].startswith("/delete/0")


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"create": {}},
        {"create": ["x"]},
        {"update": [5]},
        {"delete": ["x"]},
        {"delete": [None]},
        {"remove": []},
        {"create": [{"name": "x"}] * 1001},
        {"update": [{"id": "x", "version": 1}]},
        {"update": [{"id": 10**30, "version": 1}]},
        {"delete": [10**30]},
    ],
)
def test_a_batch_of_another_shape(shop: App, items: str, body: Any) -> None:
    answer = shop.admin.call("POST", f"{items}/batch", body)
    assert answer.status in (400, 404, 409, 413, 422), answer.content
    assert answer.json["problems"]


def test_duplicates_inside_one_batch(shop: App, items: str) -> None:
    code = unique("twice")
    answer = shop.admin.call("POST", f"{items}/batch", {"create": [{"code": code}, {"code": code}]})
    assert answer.status in (409, 422) and answer.paths[0].startswith("/create/")
    assert shop.admin.get(items, filter=f"code = '{code}'")["records"] == []


def test_a_stale_member_of_a_batch_shows_both_values(shop: App, items: str) -> None:
    one, two = (shop.create("item", name=unique("stale"), number="1") for _ in range(2))
    shop.admin.patch(f"{items}/{one['id']}", {"version": 1, "number": "2"})
    shop.admin.patch(f"{items}/{two['id']}", {"version": 1, "number": "3"})
    answer = shop.admin.call(
        "POST",
        f"{items}/batch",
        {
            "update": [{"id": one["id"], "version": 1, "number": "9"}],
            "delete": [{"id": two["id"], "version": 1}],
        },
    )
    assert answer.status == 409
    assert answer.paths == ["/update/0", "/delete/0"]
    changed, gone = answer.json["conflicts"]
    assert (changed["path"], changed["yours"]) == ("/update/0", {"number": "9"})
    assert (changed["current"]["number"], changed["current"]["version"]) == ("2", 2)
    assert (gone["path"], gone["current"]["number"]) == ("/delete/0", "3")
    assert shop.admin.get(f"{items}/{two['id']}")["version"] == 2


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"update": [{"id": 1, "version": "1"}]}, "/update/0/version", "not_a_version"),
        ({"delete": [{"id": 1, "version": "1"}]}, "/delete/0/version", "not_a_version"),
        ({"delete": [{"id": 1, "force": True}]}, "/delete/0/force", "no_such_property"),
        ({"delete": [1, 2, 1]}, "/delete/2", "record_named_twice"),
        ({"create": {}}, "/create", "list_expected"),
    ],
)
def test_members_say_what_is_wrong_where(
    shop: App, items: str, body: Any, path: str, code: str
) -> None:
    answer = shop.admin.call("POST", f"{items}/batch", body)
    assert (answer.paths, answer.codes) == ([path], [code])


@pytest.mark.parametrize("part", ["create", "update"])
def test_the_member_that_another_record_stands_against_is_named(
    shop: App, items: str, part: str
) -> None:
    code = unique("taken")
    shop.create("item", code=code)
    members: list[Any] = [{"code": unique("free")}, {"code": code}, {"number": "5"}]
    if part == "update":
        made = [shop.create("item") for _ in members]
        members = [
            {"id": one["id"], "version": 1, **values}
            for one, values in zip(made, members, strict=True)
        ]
    answer = shop.admin.call("POST", f"{items}/batch", {part: members})
    assert (answer.status, answer.paths, answer.codes) == (
        422,
        [f"/{part}/1/code"],
        ["not_unique"],
    )

"""Records over HTTP: versions, the recycle bin, history, batches, lists, uniqueness."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.acceptance.client import Client
from tests.acceptance.conftest import App, Designing, People, unique
from tests.acceptance.definitions import form

ITEM = form(
    "item",
    {
        "code": {"type": "text", "label": "Code", "unique": True},
        "name": {"type": "text", "label": "Name", "max_length": 40},
        "number": {"type": "number", "label": "Number", "scale": 2},
        "price": {"type": "money", "label": "Price"},
        "day": {"type": "date", "label": "Day"},
        "at": {"type": "moment", "label": "At"},
        "done": {"type": "check", "label": "Done"},
        "kind": {
            "type": "choice",
            "label": "Kind",
            "options": [{"value": "a", "label": "Alpha"}, {"value": "b", "label": "Beta"}],
        },
        "several": {
            "type": "choices",
            "label": "Several",
            "options": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}],
        },
        "who": {"type": "person", "label": "Who"},
        "place": {"type": "department", "label": "Place"},
        "phone": {"type": "phone", "label": "Phone"},
        "mail": {"type": "email", "label": "Mail"},
        "more": {"type": "long_text", "label": "More"},
        "parent": {"type": "link", "label": "Parent", "form": "item"},
        "no": {"type": "serial", "label": "No", "pattern": [{"counter": 5}]},
        "double": {
            "type": "formula",
            "label": "Double",
            "returns": "number",
            "formula": "number * 2",
        },
    },
    title="{{name}}",
)


@pytest.fixture(scope="module")
def shop(designed: Designing) -> App:
    return designed(ITEM)


@pytest.fixture(scope="module")
def items(shop: App) -> str:
    return shop.records("item")


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


def test_patch_needs_the_version(shop: App, items: str) -> None:
    made = shop.create("item", name="one")
    at = f"{items}/{made['id']}"
    missing = shop.admin.call("PATCH", at, {"name": "two"})
    assert missing.status == 428 and missing.json["problems"]
    changed = shop.admin.patch(at, {"version": 1, "name": "two"})
    assert changed["version"] == 2 and changed["name"] == "two"
    stale = shop.admin.call("PATCH", at, {"version": 1, "name": "three"})
    assert stale.status == 409
    assert stale.json["current"]["name"] == "two" and stale.json["current"]["version"] == 2
    assert stale.json["yours"]["name"] == "three"
    for wrong in ("x", None, -1, 1.5, 10**20, True, [2], "2x"):
        answer = shop.admin.call("PATCH", at, {"version": wrong, "name": "four"})
        assert answer.status in (400, 409, 422, 428), (wrong, answer.status)
    assert shop.admin.get(at)["name"] == "two"


def test_one_of_two_changes_at_once_wins(shop: App, items: str) -> None:
    made = shop.create("item", name="race")
    at = f"{items}/{made['id']}"
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda n: shop.admin.call("PATCH", at, {"version": 1, "name": str(n)}).status,
                range(4),
            )
        )
    assert sorted(answers) == [200, 409, 409, 409]


def test_the_recycle_bin(shop: App, items: str) -> None:
    made = shop.create("item", name="bin", code=unique("bin"))
    at = f"{items}/{made['id']}"
    gone = shop.admin.call("DELETE", at)
    assert gone.status == 204
    assert shop.admin.call("GET", at).status == 404
    assert shop.admin.call("PATCH", at, {"version": 1, "name": "x"}).status == 404
    assert shop.admin.call("DELETE", at).status == 404
    of_it = f"id = {made['id']}"
    assert shop.admin.get(items, filter=of_it)["records"] == []
    binned = shop.admin.get(items, filter=of_it, deleted="true")["records"]
    assert [each["id"] for each in binned] == [made["id"]]
    linked = shop.admin.call("POST", items, {"parent": made["id"]})
    assert linked.status == 422 and linked.paths == ["/parent"]
    back = shop.admin.post(f"{at}/restore")
    assert back["name"] == "bin"
    assert shop.admin.get(at)["id"] == made["id"]
    actions = [each["action"] for each in shop.admin.get(f"{at}/history")["history"]]
    assert actions == ["restored", "deleted", "created"]


def test_restoring_does_not_break_uniqueness(shop: App, items: str) -> None:
    code = unique("u")
    first = shop.create("item", code=code)
    taken = shop.admin.call("POST", items, {"code": code})
    assert taken.status in (409, 422) and taken.paths == ["/code"]
    shop.admin.call("DELETE", f"{items}/{first['id']}")
    shop.create("item", code=code)
    again = shop.admin.call("POST", f"{items}/{first['id']}/restore", {})
    assert again.status in (409, 422) and again.json["problems"][0]["code"] == "not_unique"


def test_uniqueness_holds_when_all_come_at_once(shop: App, items: str) -> None:
    code = unique("race")
    with ThreadPoolExecutor(6) as pool:
        answers = [
            each.status
            for each in pool.map(lambda _: shop.admin.call("POST", items, {"code": code}), range(6))
        ]
    assert answers.count(201) == 1 and set(answers) <= {201, 409, 422}


def test_serial_numbers_are_unique_when_all_come_at_once(shop: App, items: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda n: shop.create("item", name=f"s{n}")["no"], range(12)))
    assert len(set(found)) == 12


def test_history_says_who_and_through_what(shop: App, items: str, people: People) -> None:
    made = shop.create("item", name="h", number="1")
    at = f"{items}/{made['id']}"
    shop.admin.patch(at, {"version": 1, "number": "2"})
    found = shop.admin.get(f"{at}/history")
    newest = found["history"][0]
    assert newest["action"] == "changed" and newest["person"]["id"]
    assert newest["through"]["kind"] == "ui"
    change = next(each for each in newest["changes"] if each["field"] == "number")
    assert float(change["before"]) == 1 and float(change["after"]) == 2
    assert change["label"] == "Number"
    assert found["next"] is None


def test_a_change_that_changes_nothing_is_no_history(shop: App, items: str) -> None:
    made = shop.create("item", name="same")
    at = f"{items}/{made['id']}"
    shop.admin.patch(at, {"version": 1, "name": "same"})
    assert len(shop.admin.get(f"{at}/history")["history"]) == 1


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


@pytest.fixture(scope="module")
def hundred(shop: App, items: str) -> str:
    mark = unique("page")
    rows = [
        {"name": mark, "number": str(n % 7) if n % 11 else None, "code": f"{mark}-{n}"}
        for n in range(107)
    ]
    shop.admin.post(f"{items}/batch", {"create": rows})
    return mark


@pytest.mark.parametrize("sort", ["number", "-number", "-number,code", "id", "-created_at", None])
def test_pages_are_disjoint_and_complete(
    shop: App, items: str, hundred: str, sort: str | None
) -> None:
    query: dict[str, Any] = {"filter": f"name = '{hundred}'", "limit": 25, "count": "true"}
    if sort:
        query["sort"] = sort
    seen: list[Any] = []
    pages = 0
    while True:
        page = shop.admin.get(items, **query)
        assert page["count"] == {"value": 107, "capped": False}
        seen += page["records"]
        pages += 1
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert pages == 5
    assert len({each["id"] for each in seen}) == len(seen) == 107
    if sort in ("number", "-number"):
        numbers = [float(each["number"]) for each in seen if each["number"] is not None]
        assert numbers == sorted(numbers, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "1000000000"},
        {"limit": "x"},
        {"limit": "1e3"},
        {"after": "rubbish"},
        {"after": "W10="},
        {"after": "bnVsbA=="},
        {"sort": "nothing"},
        {"sort": "-"},
        {"sort": "created_by__password"},
        {"sort": "name; DROP TABLE person"},
        {"sort": "who.password"},
        {"fields": "nothing"},
        {"fields": "who.password"},
        {"view": "nothing"},
        {"count": "maybe"},
        {"filter": "nothing = 1"},
        {"filter": "who.password = 'x'"},
        {"filter": "created_by.password = 'x'"},
        {"filter": "owner__password = 'x'"},
        {"filter": "1 +"},
        {"filter": "name"},
        {"filter": "number = 'x'"},
        {"filter": "().__class__"},
        {"filter": "(" * 1000 + "1" + ")" * 1000},
        {"filter": "-" * 1900 + "1 = 1"},
        {"filter": "number = 9**9**9"},
        {"filter": "x" * 3000},
        {"filter": "name = 'a' or 1=1 --"},
        {"filter": "name = 'a\u0000'"},
        {"unknown": "1"},
        {"offset": "-1"},
    ],
)
def test_lists_refuse_what_they_do_not_understand(
    shop: App, items: str, query: dict[str, str]
) -> None:
    answer = shop.admin.call("GET", items, query=query)
    assert answer.status in (400, 422), (query, answer.status, answer.content[:300])
    assert answer.json["problems"][0]["message"]


def test_a_cursor_of_another_list_is_refused_or_harmless(
    shop: App, items: str, hundred: str
) -> None:
    cursor = shop.admin.get(items, sort="number", limit=5)["next"]
    answer = shop.admin.call("GET", items, query={"sort": "-name,code", "after": cursor})
    assert answer.status in (200, 400, 422)
    if answer.status == 200:
        assert "records" in answer.json
    changed = cursor[:-3] + ("aaa" if not cursor.endswith("aaa") else "bbb")
    assert shop.admin.call("GET", items, query={"after": changed}).status in (200, 400, 422)


def test_search_finds_parts_of_words(shop: App, items: str) -> None:
    made = shop.create("item", name="华东精工机械有限公司 Alpha-9")
    for search in ("精工", "机械有限", "alpha", "pha-9", "工"):
        found = shop.admin.get(items, search=search)["records"]
        assert made["id"] in {each["id"] for each in found}, search
    assert shop.admin.get(items, search="nowhere-to-be-found")["records"] == []
    assert shop.admin.get(items, search="%")["records"] == []


def test_only_the_named_fields(shop: App, items: str, hundred: str) -> None:
    found = shop.admin.get(items, fields="name,number", limit=1)["records"][0]
    assert {"id", "version", "name", "number"} <= set(found)
    assert "price" not in found and "mail" not in found


def test_related_records(shop: App, items: str) -> None:
    parent = shop.create("item", name="parent")
    child = shop.create("item", name="child", parent=parent["id"])
    found = shop.admin.get(f"{items}/{parent['id']}/related/item")
    assert [each["id"] for each in found["records"]] == [child["id"]]
    assert found["next"] is None and found["count"]["value"] == 1
    assert shop.admin.call("GET", f"{items}/{parent['id']}/related/nothing").status == 404


def test_comments(shop: App, items: str) -> None:
    made = shop.create("item", name="talk")
    at = f"{items}/{made['id']}/comments"
    text = "<img src=x onerror=alert(1)> 好"
    said = shop.admin.call("POST", at, {"text": text})
    assert said.status == 201
    found = shop.admin.get(at)["comments"]
    assert [each["text"] for each in found] == [text]
    for wrong in ({}, {"text": ""}, {"text": 5}, {"text": "x" * 100_000}, {"text": "x", "a": 1}):
        assert shop.admin.call("POST", at, wrong).status in (400, 413, 422), wrong


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b'{"name": NaN}',
        b'{"number": Infinity}',
        b'{"number": 1e400}',
        b'{"name": "\\u0000"}',
        b'{"name": "\\ud800"}',
        b'{"name": "a", "name": "b"}',
        b'\xef\xbb\xbf{"name": "bom"}',
        '{"name": "utf16"}'.encode("utf-16"),
        b'{"name": "\xff"}',
        b'{"name": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"number": ' + b"1" * 5000 + b"}",
        b'{"number": 5.5e300}',
        b'{"__proto__": {}}',
        b'{"name": {"constructor": 1}}',
        b'{"who": 1000000000000000000000000000000}',
    ],
)
def test_malformed_bodies(shop: App, items: str, content: bytes) -> None:
    answer = shop.admin.call("POST", items, content=content)
    assert answer.status == 400, (content[:40], answer.status, answer.content[:200])
    assert answer.json["problems"][0]["code"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "text/html"]
)
def test_another_content_type(shop: App, items: str, kind: str) -> None:
    answer = shop.admin.call("POST", items, content=b'{"name": "x"}', kind=kind)
    assert answer.status in (400, 415)


def test_addresses_that_are_not_there(shop: App, items: str) -> None:
    for at in (
        f"{items}/999999999",
        f"{items}/0",
        f"{items}/{10**30}",
        f"{items}/abc",
        f"{shop.records('nothing')}",
        "/api/apps/nothing/records/item",
        f"{shop.at}/forms/nothing",
        f"{shop.at}/reports/nothing",
        f"{shop.at}/dashboards/nothing",
        f"{items}/999999999/history",
        f"{items}/999999999/comments",
        "/api/runs/999999999",
        "/api/assignments/999999999",
        "/api/work/00000000-0000-0000-0000-000000000000",
        "/api/work/nothing",
        "/api/nothing",
        f"{shop.at}/files/nothing",
        "/api/people/999999999",
        "/api/departments/999999999",
        "/api/builder/applications/nothing",
        "/api/builder/applications/nothing/definitions/form/x",
        f"{shop.design}/definitions/nothing/x",
        f"{shop.design}/definitions/form/nothing",
        f"/api/people/{10**30}",
        f"/api/runs/{10**30}",
    ):
        answer = shop.admin.call("GET", at)
        assert answer.status == 404, (at, answer.status)
        assert answer.json["problems"][0]["code"], at


def test_methods_that_are_not_there(shop: App, items: str) -> None:
    for method, at in (("PUT", items), ("DELETE", items), ("POST", f"{shop.at}/forms/item")):
        answer = shop.admin.call(method, at, {})
        assert answer.status == 405 and answer.json["problems"]


def test_nobody_is_asked_to_sign_in(shop: App, items: str) -> None:
    nobody = Client(shop.admin.port)
    for method, at in (
        ("GET", items),
        ("POST", items),
        ("GET", "/api/apps"),
        ("GET", "/api/session"),
        ("GET", "/api/people"),
        ("GET", "/api/assignments"),
        ("GET", "/api/builder/catalogue"),
        ("POST", f"{shop.design}/publish"),
        ("GET", "/api/tokens"),
        ("GET", "/api/notifications"),
    ):
        answer = nobody.call(method, at, {} if method == "POST" else None)
        assert answer.status == 401, (at, answer.status)
        assert answer.json["problems"][0]["code"]


def test_idempotency(shop: App, items: str) -> None:
    key, name = unique("key"), unique("once")
    first = shop.admin.call("POST", items, {"name": name}, Idempotency_Key=key)
    again = shop.admin.call("POST", items, {"name": name}, Idempotency_Key=key)
    assert first.status == again.status == 201 and first.json == again.json
    other = shop.admin.call("POST", items, {"name": "other"}, Idempotency_Key=key)
    assert other.status == 422
    assert shop.admin.get(items, filter=f"name = '{name}'")["count"]["value"] == 1


def test_idempotency_when_all_come_at_once(shop: App, items: str) -> None:
    key, name = unique("key"), unique("once")
    with ThreadPoolExecutor(5) as pool:
        answers = list(
            pool.map(
                lambda _: shop.admin.call("POST", items, {"name": name}, Idempotency_Key=key),
                range(5),
            )
        )
    assert {each.status for each in answers} <= {201, 409}
    assert shop.admin.get(items, filter=f"name = '{name}'")["count"]["value"] == 1


def test_values_of_a_field(shop: App, items: str) -> None:
    shop.create("item", kind="a")
    found = shop.admin.get(f"{items}/values", field="kind")["values"]
    assert {"value", "label"} <= set(found[0]) and "a" in {each["value"] for each in found}
    assert shop.admin.call("GET", f"{items}/values", query={"field": "x"}).status in (404, 422)
    assert shop.admin.call("GET", f"{items}/values").status in (400, 422)

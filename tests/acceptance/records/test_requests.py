"""Requests that are malformed, lead nowhere, come from nobody or come twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.acceptance.client import Client
from tests.acceptance.conftest import App, Designing, People, unique
from tests.acceptance.definitions import everything, form, role


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


def test_a_form_is_sent_again_only_when_it_has_changed(designed: Designing, people: People) -> None:
    app = designed(form("note", {"text": {"type": "text"}}), role("reads", everything("note")))
    at = f"{app.at}/forms/note"
    first = app.admin.call("GET", at)
    again = app.admin.call("GET", at, If_None_Match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    reader, other = people.add()
    app.members("reads", reader)
    assert other.call("GET", at).status == 200
    app.members("reads")
    assert other.call("GET", at, If_None_Match=first.headers["etag"]).status == 404
    chinese = app.admin.call("GET", at, Accept_Language="zh-Hans")
    assert chinese.status == 200

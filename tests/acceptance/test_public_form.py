"""Forms for strangers: HTML and JSON, no more than what was published, limits."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

import pytest

from tests.acceptance.client import Client
from tests.acceptance.conftest import App, Designing, unique
from tests.acceptance.definitions import form


@pytest.fixture(scope="module")
def site(designed: Designing) -> App:
    return designed(
        form(
            "lead",
            {
                "name": {"type": "text", "label": "您的姓名", "required": True, "max_length": 20},
                "phone": {"type": "phone", "label": "电话"},
                "budget": {"type": "money", "label": "Budget"},
                "secret": {"type": "text", "label": "Secret note"},
                "owner": {"type": "person", "label": "Owner"},
            },
            public={"fields": ["name", "phone", "budget"]},
        )
    )


@pytest.fixture(scope="module")
def address(site: App) -> str:
    made = site.admin.post(f"{site.at}/forms/lead/public-link")
    return str(made["url"])


def stranger(site: App, number: int = 0) -> Client:
    return Client(site.admin.port, source=f"127.0.3.{number or 1}")


def test_html_without_a_framework(site: App, address: str) -> None:
    page = stranger(site).call("GET", address, Accept="text/html")
    assert page.status == 200 and "您的姓名" in page.text
    assert "Secret" not in page.text and "Owner" not in page.text
    framed = re.search(r"frame-ancestors ([^;]+)", page.headers["content-security-policy"])
    assert framed is not None and "*" in framed[1].split()
    fields = dict(
        re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
    )
    name = unique("H")
    sent = stranger(site).call(
        "POST",
        address,
        content=urllib.parse.urlencode({**fields, "name": name, "phone": "13812345678"}).encode(),
        kind="application/x-www-form-urlencoded",
        Accept="text/html",
    )
    assert sent.status in (200, 201, 302, 303), sent.content[:500]
    found = site.admin.get(site.records("lead"), filter=f"name = '{name}'")["records"]
    assert len(found) == 1
    through = site.admin.get(f"{site.records('lead')}/{found[0]['id']}/history")["history"][0]
    assert through["through"]["kind"] == "public"


def test_html_of_a_page_of_one_s_own(site: App, address: str) -> None:
    name = unique("O")
    sent = stranger(site, 8).call(
        "POST",
        address,
        content=urllib.parse.urlencode({"name": name}).encode(),
        kind="application/x-www-form-urlencoded",
        Accept="text/html",
    )
    assert sent.status in (200, 201, 302, 303), sent.content[:500]
    assert site.admin.get(site.records("lead"), filter=f"name = '{name}'")["count"]["value"] == 1


def test_html_says_what_is_wrong(site: App, address: str) -> None:
    sent = stranger(site, 2).call(
        "POST",
        address,
        content=urllib.parse.urlencode({"name": "<b>" + "x" * 30, "phone": "12"}).encode(),
        kind="application/x-www-form-urlencoded",
        Accept="text/html",
    )
    assert sent.status in (400, 422) and "<b>x" not in sent.text


def test_json(site: App, address: str) -> None:
    client = stranger(site, 3)
    shown = client.get(address)
    assert "secret" not in str(shown).lower()
    name = unique("J")
    made = client.call("POST", address, {"name": name, "budget": "5"})
    assert made.status in (200, 201), made.content
    assert "owner" not in made.text and "version" not in made.text
    assert site.admin.get(site.records("lead"), filter=f"name = '{name}'")["count"]["value"] == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"secret": "x"},
        {"owner": 1},
        {"id": 5},
        {"created_by": 1},
        {"deleted_at": None},
        {"nothing": 1},
        {"phone": "12"},
        {"budget": "abc"},
        {"name": ""},
    ],
)
def test_more_than_was_asked_for(site: App, address: str, extra: Any) -> None:
    name = unique("M")
    answer = stranger(site, 4).call("POST", address, {"name": name, **extra})
    assert answer.status in (200, 201, 400, 422), answer.status
    found = site.admin.get(site.records("lead"), filter=f"name = '{name}'")["records"]
    if answer.status in (400, 422):
        assert answer.json["problems"] and not found
    for each in found:
        assert each["secret"] is None and each["owner"] is None
        told = [(one["path"], one["code"], one["severity"]) for one in answer.json["problems"]]
        assert told == [(f"/{key}", "not_asked_for", "warning") for key in extra]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": NaN}', b'{"name": "\\u0000"}'])
def test_malformed(site: App, address: str, content: bytes) -> None:
    assert stranger(site, 5).call("POST", address, content=content).status in (400, 422)


def test_the_same_key_makes_one_record(site: App, address: str) -> None:
    name, key = unique("K"), unique("key")
    for _ in range(2):
        answer = stranger(site, 6).call("POST", address, {"name": name}, Idempotency_Key=key)
        assert answer.status in (200, 201)
    assert site.admin.get(site.records("lead"), filter=f"name = '{name}'")["count"]["value"] == 1


def test_addresses_cannot_be_guessed(site: App, address: str) -> None:
    assert len(address.rsplit("/", 1)[-1]) >= 22
    for wrong in (address[:-1], address + "x", "/f/x", "/f/" + "a" * 500):
        assert stranger(site).call("GET", wrong).status == 404, wrong


def test_too_many(site: App, address: str) -> None:
    client = stranger(site, 9)
    seen = [client.call("POST", address, {"name": unique("L")}) for _ in range(32)]
    assert seen[0].status in (200, 201) and seen[-1].status == 429
    assert seen[-1].json["problems"] and seen[-1].headers["retry-after"]


def test_a_form_that_is_closed(designed: Designing) -> None:
    app = designed(
        form("f", {"name": {"type": "text", "label": "N"}}, public={"fields": ["name"]}),
        form("g", {"name": {"type": "text", "label": "N"}}),
    )
    url = app.admin.post(f"{app.at}/forms/f/public-link")["url"]
    assert app.admin.call("DELETE", f"{app.at}/forms/f/public-link").status == 204
    assert stranger(app).call("GET", url).status in (404, 410)
    assert stranger(app).call("POST", url, {"name": "x"}).status in (404, 410)
    assert app.admin.call("POST", f"{app.at}/forms/g/public-link", {}).status in (404, 422)


def test_a_time_without_an_offset_is_one_of_the_application_s_zone(designed: Designing) -> None:
    app = designed(
        form(
            "f",
            {"name": {"type": "text", "label": "N"}},
            public={"fields": ["name"], "opens_at": "2199-01-01T09:00"},
        )
    )
    url = app.admin.post(f"{app.at}/forms/f/public-link")["url"]
    answer = stranger(app, 9).call("POST", url, {"name": "x"})
    assert answer.status in (403, 404, 409, 410, 422) and answer.codes == ["form_early"]
    assert app.admin.get(app.records("f"))["records"] == []

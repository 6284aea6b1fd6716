"""Signing in and out, CSRF, tokens and their scopes, people and departments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.client import Client
from tests.acceptance.conftest import PASSWORD, App, People, unique


def test_sign_in_who_am_i_sign_out(people: People) -> None:
    person, client = people.add("sam", email="sam@example.com")
    found = client.get("/api/session")
    assert found["person"]["username"] == person["username"] and found["csrf"]
    assert found["person"]["email"] == "sam@example.com"
    kept = dict(client.cookies)
    assert client.call("DELETE", "/api/session").status == 204
    replay = Client(client.port, cookies=kept)
    assert replay.call("GET", "/api/session").status == 401
    assert replay.call("GET", "/api/apps").status == 401


def test_a_session_is_new_after_signing_in(people: People) -> None:
    person, client = people.add("fix")
    before = client.cookies["sessionid"]
    assert client.sign_in(person["username"], PASSWORD).status == 200
    assert client.cookies["sessionid"] != before
    old = Client(client.port, cookies={"sessionid": before})
    assert old.call("GET", "/api/session").status == 401


def test_unsafe_requests_need_the_csrf_token(people: People, crm: App) -> None:
    _, client = people.add("csrf")
    client.csrf = False
    for method, at in (
        ("POST", crm.records("lead")),
        ("DELETE", "/api/session"),
        ("POST", "/api/tokens"),
        ("POST", "/api/notifications/read"),
        ("POST", f"{crm.design}/publish"),
        ("PUT", f"{crm.design}/definitions/form/x"),
    ):
        answer = client.call(method, at, {})
        assert answer.status == 403, (method, at, answer.status)
        assert answer.json["problems"]
    assert client.call("GET", "/api/session").status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "admin"},
        {"username": 5, "password": []},
        {"username": "admin", "password": None},
        {"username": "x" * 5000, "password": "y" * 5000},
    ],
)
def test_sign_in_bodies(crm: App, body: object) -> None:
    client = Client(crm.admin.port, source="127.0.0.7")
    answer = client.call("POST", "/api/session", body)
    assert answer.status in (400, 401, 422, 429) and answer.json["problems"]


def test_guessing_is_stopped(people: People) -> None:
    person, _ = people.add("guessed")
    client = Client(people.admin.port, source="127.0.0.9")
    seen = [
        client.call(
            "POST",
            "/api/session",
            {"username": person["username"], "password": "wrong"},
            X_Forwarded_For=f"10.0.0.{n}",
        )
        for n in range(14)
    ]
    assert seen[0].status == 401 and seen[-1].status == 429
    assert seen[-1].headers["retry-after"].isdigit()
    right = client.sign_in(person["username"], PASSWORD)
    assert right.status == 429


def test_an_inactive_person_is_out_at_once(people: People) -> None:
    person, client = people.add("left")
    token = client.post("/api/tokens", {"name": "t"})["token"]
    people.admin.patch(f"/api/people/{person['id']}", {"active": False})
    assert client.call("GET", "/api/session").status == 401
    assert Client(client.port, token=token).call("GET", "/api/apps").status == 401
    assert client.sign_in(person["username"], PASSWORD).status in (401, 429)


def test_a_new_password_ends_other_sessions(people: People) -> None:
    person, client = people.add("pass")
    people.admin.patch(f"/api/people/{person['id']}", {"password": "another-dovetail-92"})
    assert client.call("GET", "/api/session").status == 401
    assert client.sign_in(person["username"], "another-dovetail-92").status == 200


def test_tokens(people: People, crm: App) -> None:
    _, client = people.add("api")
    made = client.call("POST", "/api/tokens", {"name": "mine"})
    assert made.status == 201
    token = Client(client.port, token=made.json["token"])
    assert token.call("GET", "/api/apps").status == 200
    listed = client.get("/api/tokens")["tokens"]
    assert made.json["token"] not in str(listed) and listed[0]["id"] == made.json["id"]
    assert client.call("DELETE", f"/api/tokens/{made.json['id']}").status == 204
    assert token.call("GET", "/api/apps").status == 401
    assert client.call("DELETE", f"/api/tokens/{made.json['id']}").status == 404
    assert Client(client.port, token="mt_wrong").call("GET", "/api/apps").status == 401
    in_address = Client(client.port).call("GET", "/api/apps", query={"token": made.json["token"]})
    assert in_address.status in (400, 401)


def test_scopes(crm: App) -> None:
    read = crm.admin.post("/api/tokens", {"name": "r", "scopes": ["read"]})["token"]
    write = crm.admin.post("/api/tokens", {"name": "w", "scopes": ["read", "write"]})["token"]
    reader, writer = Client(crm.admin.port, token=read), Client(crm.admin.port, token=write)
    assert reader.call("GET", crm.records("lead")).status == 200
    assert reader.call("POST", crm.records("lead"), {"name": "x"}).status == 403
    assert writer.call("POST", crm.records("lead"), {"name": "x", "region": "west"}).status == 201
    assert writer.call("POST", "/api/people", {"username": unique("w")}).status == 403
    assert writer.call("PUT", f"{crm.design}/definitions/form/x", {}).status == 403
    assert reader.call("POST", "/api/tokens", {"name": "more"}).status == 403


def test_a_token_bound_to_an_application(crm: App, designed: object) -> None:
    secret = crm.admin.post("/api/tokens", {"name": "b", "app": crm.key})["token"]
    token = Client(crm.admin.port, token=secret)
    assert token.call("GET", crm.records("lead")).status == 200
    others = [each["key"] for each in crm.admin.get("/api/apps")["apps"] if each["key"] != crm.key]
    for other in others[:1]:
        assert token.call("GET", f"/api/apps/{other}").status in (403, 404)


def test_a_token_that_expires(crm: App) -> None:
    past = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    answer = crm.admin.call("POST", "/api/tokens", {"name": "old", "expires_at": past})
    if answer.status == 201:
        token = Client(crm.admin.port, token=answer.json["token"])
        assert token.call("GET", "/api/apps").status == 401
    else:
        assert answer.status == 422 and answer.paths == ["/expires_at"]
    for wrong in (
        {},
        {"name": ""},
        {"name": "x", "scopes": ["everything"]},
        {"name": "x", "scopes": "read"},
        {"name": "x", "app": "no_such_app"},
        {"name": "x", "expires_at": "soon"},
        {"name": "x", "more": 1},
    ):
        assert crm.admin.call("POST", "/api/tokens", wrong).status in (400, 404, 422), wrong


def test_people(people: People) -> None:
    admin = people.admin
    department = admin.post("/api/departments", {"name": unique("D")})
    head = admin.post("/api/people", {"username": unique("h"), "name": "Head"})
    made = admin.call(
        "POST",
        "/api/people",
        {
            "username": unique("m"),
            "name": "Member",
            "email": "m@example.com",
            "department": department["id"],
            "superior": head["id"],
            "active": False,
        },
    )
    assert made.status == 201 and "password" not in made.json
    assert made.json["department"]["id"] == department["id"]
    assert made.json["superior"]["id"] == head["id"] and made.json["active"] is False
    changed = admin.patch(f"/api/people/{made.json['id']}", {"name": "Other", "superior": None})
    assert changed["name"] == "Other" and changed["superior"] is None
    assert admin.get(f"/api/people/{made.json['id']}")["name"] == "Other"
    found = admin.get("/api/people", search=made.json["username"])
    assert [each["id"] for each in found["people"]] == [made.json["id"]] and "next" in found
    for wrong in (
        {"username": made.json["username"]},
        {"name": "x"},
        {"username": "a b"},
        {"username": ""},
        {"username": unique("x"), "email": "nonsense"},
        {"username": unique("x"), "department": 10**12},
        {"username": unique("x"), "superior": "nobody"},
        {"username": unique("x"), "password": "short"},
        {"username": unique("x"), "is_superuser": True},
        {"username": unique("x"), "system_roles": ["god"]},
        {"username": unique("x"), "active": "yes"},
        {"username": "x" * 200},
        {"username": "a\r\nb"},
    ):
        answer = admin.call("POST", "/api/people", wrong)
        assert answer.status in (400, 409, 422), wrong
    cycle = admin.call("PATCH", f"/api/people/{head['id']}", {"superior": head["id"]})
    assert cycle.status == 422 and cycle.paths == ["/superior"]


def test_departments(people: People) -> None:
    admin = people.admin
    parent = admin.call("POST", "/api/departments", {"name": unique("华东")})
    assert parent.status == 201 and parent.json["key"]
    child = admin.post("/api/departments", {"name": unique("C"), "parent": parent.json["id"]})
    assert (
        child["parent"] in (parent.json["id"], None) or child["parent"]["id"] == parent.json["id"]
    )
    changed = admin.patch(f"/api/departments/{child['id']}", {"name": "New", "head": "admin"})
    assert changed["name"] == "New" and changed["head"]
    cycle = admin.call("PATCH", f"/api/departments/{parent.json['id']}", {"parent": child["id"]})
    assert cycle.status == 422
    for wrong in ({}, {"name": ""}, {"name": 5}, {"name": "x", "parent": 10**12}, {"nam": "x"}):
        assert admin.call("POST", "/api/departments", wrong).status == 422, wrong
    listed = admin.get("/api/departments")["departments"]
    assert child["id"] in [each["id"] for each in listed]


def test_notifications(people: People) -> None:
    _, client = people.add("told")
    found = client.get("/api/notifications")
    assert found["notifications"] == [] and found["unread"] == 0 and found["next"] is None
    assert client.post("/api/notifications/read", {"all": True})["unread"] == 0
    for wrong in ({}, {"ids": "x"}, {"ids": ["x"]}, {"ids": [10**30]}, {"all": "yes"}):
        assert client.call("POST", "/api/notifications/read", wrong).status in (400, 422), wrong


def test_security_headers(crm: App) -> None:
    for at in ("/login", "/api/session", "/nothing-here", "/healthz", "/f/nothing"):
        answer = crm.admin.call("GET", at)
        assert answer.headers.get("x-content-type-options") == "nosniff", at
        policy = answer.headers.get("content-security-policy", "")
        assert "unsafe-inline" not in policy.split("style-src")[0], at
    assert Client(crm.admin.port).call("GET", "/admin/").status == 404


def test_health(crm: App) -> None:
    found = Client(crm.admin.port).get("/healthz")
    assert found == {"database": "ok", "broker": "ok", "worker": "ok", "clock": "ok"}

"""Drafts over HTTP: versions, and what is wrong with a definition."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.acceptance.builder.designs import at, errors, text
from tests.acceptance.conftest import App


def test_draft_versions(app: App) -> None:
    address = at(app, "form", "thing")
    read = app.admin.call("GET", address)
    body = read.json
    assert app.admin.call("PUT", address, body).status == 428
    assert app.admin.call("PUT", address, body, If_Match='"stale"').status == 409
    body["label"] = "Other"
    saved = app.admin.call("PUT", address, body, If_Match=read.headers["etag"])
    assert saved.status == 200 and saved.json["etag"] and saved.json["definition"] == body
    late = app.admin.call("PUT", address, body | {"label": "Late"}, If_Match=read.headers["etag"])
    assert late.status == 409 and late.json["definition"]["label"] == "Other"
    listed = app.admin.get(f"{app.design}/definitions")["definitions"]
    state = {(each["kind"], each["key"]): each["state"] for each in listed}
    assert state["form", "thing"] == "changed"


REJECTED: list[tuple[str, Any]] = [
    ("unknown property", {"surprise": 1}),
    ("unknown field type", {"fields": {"a": {"type": "teleporter", "label": "A"}}}),
    ("unknown option", {"fields": {"a": text(surprise=1)}}),
    ("wrong type", {"fields": []}),
    ("wrong format", {"format": "one"}),
    ("format of the future", {"format": 99}),
    ("other key", {"key": "other"}),
    ("other kind", {"kind": "flow"}),
    ("key id", {"fields": {"id": text()}}),
    ("key version", {"fields": {"version": text()}}),
    ("key dunder", {"fields": {"__class__": text()}}),
    ("key double", {"fields": {"a__b": text()}}),
    ("key digit", {"fields": {"0": text()}}),
    ("key quote", {"fields": {'"x': text()}}),
    ("key emoji", {"fields": {"😀": text()}}),
    ("key long", {"fields": {"a" * 200: text()}}),
    ("key upper", {"fields": {"Name": text()}}),
    ("key blank", {"fields": {"a ": text()}}),
    ("form of another application", {"fields": {"a": {"type": "link", "form": "crm/customer"}}}),
    ("view type", {"views": {"v": {"type": "hologram", "label": "V"}}}),
    ("proto", {"__proto__": {}}),
    ("constructor", {"fields": {"constructor": text()}}),
]


@pytest.mark.parametrize(("name", "change"), REJECTED, ids=[name for name, _ in REJECTED])
def test_wrong_structures_are_refused(app: App, name: str, change: Any) -> None:
    read = app.admin.call("GET", at(app, "form", "thing"))
    answer = app.admin.call(
        "PUT", at(app, "form", "thing"), read.json | change, If_Match=read.headers["etag"]
    )
    assert answer.status in (400, 422), (name, answer.status)
    assert answer.json["problems"][0]["path"] or answer.status == 400
    assert app.admin.call("GET", at(app, "form", "thing")).json == read.json


MEANINGLESS: list[tuple[str, Any]] = [
    ("link to nothing", {"a": {"type": "link", "label": "A", "form": "nothing"}}),
    ("lookup without link", {"a": {"type": "lookup", "label": "A", "link": "x", "field": "y"}}),
    (
        "unknown name",
        {"a": {"type": "formula", "label": "A", "returns": "number", "formula": "zz"}},
    ),
    (
        "cycle",
        {
            "a": {"type": "formula", "label": "A", "returns": "number", "formula": "b + 1"},
            "b": {"type": "formula", "label": "B", "returns": "number", "formula": "a + 1"},
        },
    ),
    ("itself", {"a": {"type": "formula", "label": "A", "returns": "number", "formula": "a"}}),
    ("syntax", {"a": {"type": "formula", "label": "A", "returns": "number", "formula": "1 +"}}),
    ("type", {"a": {"type": "formula", "label": "A", "returns": "number", "formula": "'x'"}}),
    ("default", {"a": text(default="1 + ")}),
    ("attribute", {"a": text(default="().__class__.__bases__")}),
    ("call", {"a": text(default="__import__('os')")}),
    ("lambda", {"a": text(default="(lambda: 1)()")}),
    ("power", {"a": {"type": "number", "label": "A", "default": "9**9**9**9"}}),
    ("deep", {"a": {"type": "number", "label": "A", "default": "(" * 900 + "1" + ")" * 900}}),
    ("minus", {"a": {"type": "number", "label": "A", "default": "-" * 1900 + "1"}}),
    ("nodes", {"a": {"type": "number", "label": "A", "default": "+".join("1" * 900)}}),
    ("exponent", {"a": {"type": "number", "label": "A", "default": "1E+99999999"}}),
    (
        "twins",
        {
            "a": {
                "type": "choice",
                "label": "A",
                "options": [{"value": "x", "label": "1"}, {"value": "x", "label": "2"}],
            }
        },
    ),
    ("wide letters", {"a": text(default="ｅｘｅｃ('x')")}),
]


@pytest.mark.parametrize(("name", "fields"), MEANINGLESS, ids=[name for name, _ in MEANINGLESS])
def test_wrong_meanings_stop_publishing(app: App, name: str, fields: Any) -> None:
    read = app.admin.call("GET", at(app, "form", "thing"))
    body = copy.deepcopy(read.json)
    body["fields"] |= fields
    saved = app.admin.call("PUT", at(app, "form", "thing"), body, If_Match=read.headers["etag"])
    assert saved.status in (200, 400, 422), saved.status
    found = errors(saved.json["problems"])
    assert found and found[0]["code"] and found[0]["message"], name
    if saved.status == 200:
        checked = app.admin.post(f"{app.design}/check")
        assert errors(checked["problems"]), name
        assert any("/forms/thing/fields" in each["path"] for each in errors(checked["problems"]))
        published = app.admin.call("POST", f"{app.design}/publish", {})
        assert published.status == 422 and published.json["problems"], name
    assert app.create("thing", name="still works")["id"]


def test_a_formula_problem_has_a_column(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["a"] = {
        "type": "formula",
        "label": "A",
        "returns": "number",
        "formula": "n + nothing",
    }
    found = errors(app.put(body)["problems"])[0]
    assert found["path"].endswith("/fields/a/formula") and found["params"]["column"] == 5


def test_structures_that_are_bombs(app: App) -> None:
    read = app.admin.call("GET", at(app, "form", "thing"))
    etag = read.headers["etag"]
    address = at(app, "form", "thing")
    deep = b'{"kind":"form","x":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    twice = b'{"kind":"form","kind":"form"}'
    huge = json.dumps(read.json | {"fields": {f"f{n}": text() for n in range(20_000)}}).encode()
    for content in (deep, twice, b"\xff\xfe", b"", b"nul", huge):
        answer = app.admin.call("PUT", address, content=content, If_Match=etag)
        assert answer.status in (400, 413, 422), (content[:30], answer.status)


def test_flows_that_lead_nowhere(app: App) -> None:
    def flow(key: str, nodes: Any, edges: Any) -> Any:
        return {
            "kind": "flow", "key": key, "format": 1, "label": key, "form": "thing",
            "start": {"event": "manual"}, "nodes": nodes, "edges": edges,
        }  # fmt: skip

    start, end = {"start": {"type": "start"}}, {"end": {"type": "end"}}
    cases = (
        flow("f1", start | end, [{"from": "start", "to": "nowhere"}]),
        flow("f2", start | {"s2": {"type": "start"}} | end, [{"from": "start", "to": "end"}]),
        flow("f3", end, []),
        flow("f4", start | {"x": {"type": "exclusive"}} | end, [{"from": "start", "to": "end"}]),
        flow("f5", start | {"x": {"type": "dance"}} | end, [{"from": "start", "to": "end"}]),
        flow(
            "f6",
            start | {"w": {"type": "wait", "for": "-1d"}} | end,
            [{"from": "start", "to": "w"}, {"from": "w", "to": "end"}],
        ),
        flow(
            "f7",
            start | {"a": {"type": "act", "do": [{"action": "set", "values": {"n": "1"}}]}} | end,
            [{"from": "start", "to": "a"}, {"from": "a", "to": "a"}],
        ),
    )
    for body in cases:
        answer = app.admin.call("PUT", at(app, "flow", body["key"]), body)
        assert answer.status in (200, 201, 400, 422)
        assert errors(answer.json["problems"]), body["key"]
        if answer.status < 300:
            assert app.admin.call("POST", f"{app.design}/publish", {}).status == 422, body["key"]
            app.admin.call("DELETE", at(app, "flow", body["key"]))


def test_formulas_are_checked_and_tried(app: App) -> None:
    made = app.create("thing", n="4")
    address = f"{app.design}/formulas/check"
    found = app.admin.post(address, {"form": "thing", "formula": "n * 2", "record": made["id"]})
    assert found["problems"] == [] and found["type"] == "number" and found["tree"]
    assert float(found["result"]) == 8
    wrong = app.admin.call("POST", address, {"form": "thing", "formula": "n *"})
    assert wrong.status == 200 and wrong.json["problems"][0]["params"]["column"]
    for body in (
        {},
        {"form": "nothing", "formula": "1"},
        {"form": "thing", "formula": 5},
        {"form": "thing", "formula": "1", "purpose": "x"},
        {"form": "thing", "formula": "1", "record": "x"},
    ):
        assert app.admin.call("POST", address, body).status in (400, 404, 422), body
    bomb = app.admin.call("POST", address, {"form": "thing", "formula": "(" * 50_000})
    assert bomb.status in (200, 400, 422) and bomb.json["problems"]

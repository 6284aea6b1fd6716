"""Designing over HTTP: drafts, problems, publishing, releases, compare, zip, catalogue."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.acceptance import definitions
from tests.acceptance.conftest import App, Designing, unique
from tests.acceptance.definitions import form

ROOT = "/api/builder/applications"


def text(label: str = "T", **more: Any) -> Any:
    return {"type": "text", "label": label, **more}


@pytest.fixture
def app(designed: Designing) -> App:
    """One published form."""
    return designed(form("thing", {"name": text("Name"), "n": {"type": "number", "label": "N"}}))


def at(app: App, kind: str, key: str) -> str:
    return f"{app.design}/definitions/{kind}/{key}"


def errors(problems: Any) -> Any:
    return [each for each in problems if each["severity"] == "error"]


def test_the_catalogue_is_complete(crm: App) -> None:
    found = crm.admin.get("/api/builder/catalogue")
    expected = {
        "field_types": {
            "text",
            "long_text",
            "number",
            "money",
            "date",
            "moment",
            "choice",
            "choices",
            "check",
            "person",
            "department",
            "phone",
            "email",
            "link",
            "lookup",
            "serial",
            "formula",
        },
        "nodes": {"start", "approve", "exclusive", "act", "wait", "end"},
        "actions": {"set", "assign", "create_record", "notify", "refuse", "start_flow"},
        "triggers": {"created", "updated", "deleted", "becomes_true", "schedule", "reached"},
        "charts": {"bar", "number", "table", "funnel"},
        "measures": {"count", "sum"},
        "assignees": {"role", "department", "field", "manager"},
    }
    for family, keys in expected.items():
        kinds = {each["key"]: each for each in found[family]}
        assert keys <= set(kinds), family
        for kind in kinds.values():
            assert kind["label"], kind["key"]
            assert kind["options_schema"]["type"] == "object", kind["key"]
            assert kind["options_schema"]["additionalProperties"] is False, kind["key"]


def test_an_application_is_made_and_thrown_away(crm: App) -> None:
    key = unique("made")
    made = crm.admin.call("POST", ROOT, {"key": key, "label": "Made"})
    assert made.status == 201 and made.json["key"] == key and made.json["release"] is None
    assert crm.admin.call("POST", ROOT, {"key": key, "label": "Again"}).status in (409, 422)
    assert key in [each["key"] for each in crm.admin.get(ROOT)["applications"]]
    assert crm.admin.get(f"{ROOT}/{key}")["definitions"]
    assert crm.admin.call("DELETE", f"{ROOT}/{key}").status == 204
    assert crm.admin.call("GET", f"{ROOT}/{key}").status == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"label": ""},
        {"label": 5},
        {"label": "x", "key": "Not A Key"},
        {"label": "x", "key": "a__b"},
        {"label": "x", "key": "a" * 41},
        {"label": "x", "surprise": 1},
        {"label": {"fr": "x"}},
        [],
    ],
)
def test_applications_of_another_shape(crm: App, body: Any) -> None:
    answer = crm.admin.call("POST", ROOT, body)
    assert answer.status in (400, 422) and answer.json["problems"]


def test_a_chinese_label_makes_a_key(crm: App) -> None:
    made = crm.admin.post(ROOT, {"label": "合同管理"})
    assert made["key"].startswith("he")
    crm.admin.call("DELETE", f"{ROOT}/{made['key']}")


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


def test_check_lists_the_table_operations(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["extra"] = text("Extra")
    app.put(body)
    app.put(form("other", {"a": text()}))
    found = app.admin.post(f"{app.design}/check")
    assert errors(found["problems"]) == []
    assert {(each["kind"], each["key"]) for each in found["changes"]} >= {
        ("form", "thing"),
        ("form", "other"),
    }
    assert {"extra"} <= {each["field"] for each in found["operations"]}
    assert all(each["loses_data"] is False for each in found["operations"])


def test_deleting_a_field_in_use(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["double"] = {
        "type": "formula",
        "label": "D",
        "returns": "number",
        "formula": "n * 2",
    }
    app.put(body)
    app.publish()
    usage = app.admin.get(f"{app.design}/usage", kind="form", key="thing", field="n")["usage"]
    assert [(each["kind"], each["key"]) for each in usage] == [("form", "thing")]
    del body["fields"]["n"]
    found = errors(app.put(body)["problems"])
    assert found and "double" in found[0]["path"]
    assert app.admin.call("POST", f"{app.design}/publish", {}).status == 422


def test_deleting_a_form_in_use(designed: Designing) -> None:
    app = designed(
        form("one", {"a": text()}),
        form("two", {"one": {"type": "link", "label": "L", "form": "one"}}),
    )
    answer = app.admin.call("DELETE", at(app, "form", "one"))
    assert answer.status == 409 and "two" in str(answer.json)
    assert app.admin.call("DELETE", at(app, "form", "two")).status == 204
    assert app.admin.call("DELETE", at(app, "form", "one")).status == 204


def test_losing_data_must_be_accepted_and_comes_back(app: App) -> None:
    made = app.create("thing", name="kept", n="5")
    body = app.admin.get(at(app, "form", "thing"))
    without = copy.deepcopy(body)
    del without["fields"]["n"]
    app.put(without)
    checked = app.admin.post(f"{app.design}/check")
    assert any(each["loses_data"] for each in checked["operations"])
    refused = app.admin.call("POST", f"{app.design}/publish", {})
    assert refused.status == 422 and refused.codes[0] == "loses_data"
    app.publish(accept_loss=True)
    record = f"{app.records('thing')}/{made['id']}"
    assert "n" not in app.admin.get(record)
    restored = app.admin.post(f"{app.design}/releases/1/restore")
    assert restored["release"] == 3
    assert app.admin.get(record)["n"] == "5"
    assert "n" not in app.admin.get(at(app, "form", "thing"))["fields"], "the draft stays"
    numbers = [each["number"] for each in app.admin.get(f"{app.design}/releases")["releases"]]
    assert numbers == [3, 2, 1]
    changes = app.admin.get(f"{app.design}/compare", **{"from": 1, "to": 2})["changes"]
    assert changes and changes[0]["key"] == "thing"
    assert app.admin.get(f"{app.design}/compare", **{"from": 1, "to": 3})["changes"] == []
    for query in ({"from": "x", "to": 1}, {"from": 1, "to": 99}, {"from": 10**30, "to": 1}):
        assert app.admin.call("GET", f"{app.design}/compare", query=query).status in (400, 404, 422)
    for number in (0, 99, 10**18):
        answer = app.admin.call("POST", f"{app.design}/releases/{number}/restore", {})
        assert answer.status == 404, number


def test_a_type_change_never_loses_silently(app: App) -> None:
    good = app.create("thing", name="12", n="1")
    app.create("thing", name="not a number")
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["name"] = {"type": "number", "label": "Name"}
    app.put(body)
    answer = app.admin.call("POST", f"{app.design}/publish", {})
    assert answer.status == 422 and answer.json["problems"], answer.status
    assert app.admin.get(f"{app.records('thing')}/{good['id']}")["name"] == "12"


def test_nothing_to_publish(app: App) -> None:
    answer = app.admin.call("POST", f"{app.design}/publish", {})
    assert answer.status == 409 and answer.json["problems"]


def test_a_stale_base_release(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    app.put(body | {"label": "Other"})
    for stale in ('"0"', '"7"', "7"):
        answer = app.admin.call("POST", f"{app.design}/publish", {}, If_Match=stale)
        assert answer.status == 409, stale
    assert app.admin.call("POST", f"{app.design}/publish", {}, If_Match='"1"').status == 200


def test_two_publish_at_once(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["extra"] = text()
    app.put(body)
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda _: app.admin.call("POST", f"{app.design}/publish", {}, If_Match='"1"'),
                range(2),
            )
        )
    assert sorted(each.status for each in answers) == [200, 409]
    numbers = [each["number"] for each in app.admin.get(f"{app.design}/releases")["releases"]]
    assert numbers == [2, 1]


def test_publishing_while_people_write(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["extra"] = text()
    app.put(body)
    with ThreadPoolExecutor(5) as pool:
        publishing = pool.submit(app.publish)
        written = list(
            pool.map(
                lambda n: app.admin.call("POST", app.records("thing"), {"name": str(n)}),
                range(30),
            )
        )
        publishing.result()
    assert {each.status for each in written} == {201}
    for each in written:
        assert ("extra" in each.json) == (each.json["release"] == 2)


def test_zip_there_and_back(crm: App, designed: Designing) -> None:
    exported = crm.admin.call("GET", f"{crm.design}/export")
    assert exported.status == 200
    archive = zipfile.ZipFile(io.BytesIO(exported.content))
    names = [name.split("/", 1)[-1] for name in archive.namelist()]
    assert any(name.endswith("opportunity.json") for name in archive.namelist()), names
    bodies = [
        json.loads(archive.read(each)) for each in archive.namelist() if each.endswith(".json")
    ]
    kept = next(each for each in bodies if each.get("key") == "opportunity")
    assert kept == definitions.OPPORTUNITY
    key = unique("copy")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as out:
        for name in archive.namelist():
            content = archive.read(name).decode().replace(crm.key, key)
            out.writestr(name.replace(crm.key, key), content)
    tried = crm.admin.upload(
        f"{ROOT}/import",
        {"dry_run": "true"},
        name="a.zip",
        file=written.getvalue(),
        type="application/zip",
    )
    assert tried.status == 200 and tried.json["changes"], tried.content[:500]
    assert crm.admin.call("GET", f"{ROOT}/{key}").status == 404
    done = crm.admin.upload(
        f"{ROOT}/import", {}, name="a.zip", file=written.getvalue(), type="application/zip"
    )
    assert done.status in (200, 201) and done.json["application"] == key
    copied = App(key, crm.admin)
    assert copied.admin.get(at(copied, "form", "opportunity")) == definitions.OPPORTUNITY
    assert copied.publish()["release"] == 1


def test_zips_that_are_none(crm: App) -> None:
    def zipped(**files: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return out.getvalue()

    bomb = zipped(**{"application.json": "0" * 200_000_000})
    for content in (
        b"",
        b"not a zip",
        zipped(),
        zipped(**{"forms/x.json": "{}"}),
        zipped(**{"../../etc/passwd": "x", "application.json": "{}"}),
        zipped(**{"application.json": "[1"}),
        zipped(**{"application.json": json.dumps({"kind": "surprise"})}),
        bomb,
    ):
        answer = crm.admin.upload(
            f"{ROOT}/import", {}, name="a.zip", file=content, type="application/zip"
        )
        assert answer.status in (400, 413, 422), (content[:20], answer.status)
        assert answer.json["problems"]
    assert crm.admin.upload(f"{ROOT}/import", {}).status in (400, 422)


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


def test_labels_with_markup_are_only_text(designed: Designing) -> None:
    evil = "</script><img src=x onerror=alert(1)>\u202e"
    app = designed(form("thing", {"name": text(evil)}) | {"label": evil})
    page = app.admin.call("GET", f"/apps/{app.key}/thing", Accept="text/html")
    assert page.status == 200 and "<img src=x" not in page.text
    assert app.admin.get(f"{app.at}/forms/thing")["fields"][0]["label"] == evil

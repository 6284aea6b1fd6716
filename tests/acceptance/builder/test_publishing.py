"""Publishing over HTTP: operations, lost data, stale bases, two at once."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.acceptance.builder.designs import at, errors, text
from tests.acceptance.conftest import App, Designing
from tests.acceptance.definitions import form


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


def test_data_that_is_put_away_is_warned_of_and_comes_back(app: App) -> None:
    made = app.create("thing", name="kept", n="5")
    body = app.admin.get(at(app, "form", "thing"))
    without = copy.deepcopy(body)
    del without["fields"]["n"]
    app.put(without)
    checked = app.admin.post(f"{app.design}/check")
    assert any(each["loses_data"] for each in checked["operations"])
    assert [each["severity"] for each in checked["problems"]] == ["warning"]
    refused = app.admin.call("POST", f"{app.design}/publish", {"accept_loss": False})
    assert refused.status == 422 and refused.codes == ["loses_data"]
    published = app.publish()
    assert published["release"] == 2
    assert [each["code"] for each in published["problems"]] == ["loses_data"]
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


@pytest.mark.parametrize(
    ("type", "fits"), [("number", "12"), ("phone", "13800138000"), ("email", "a@example.com")]
)
def test_a_type_change_lists_the_records_that_do_not_fit(app: App, type: str, fits: str) -> None:
    good = app.create("thing", name=fits, n="1")
    bad = app.create("thing", name="neither of them")
    body = app.admin.get(at(app, "form", "thing"))
    body["fields"]["name"] = {"type": type, "label": "Name"}
    app.put(body)
    (told,) = errors(app.admin.post(f"{app.design}/check")["problems"])
    answer = app.admin.call("POST", f"{app.design}/publish", {})
    (refused,) = answer.json["problems"]
    assert (answer.status, refused["path"]) == (422, "/forms/thing/fields/name")
    assert told["params"] == refused["params"]
    assert refused["params"] == {
        "count": 1,
        "records": [bad["id"]],
        "samples": ["neither of them"],
    }
    address = f"{app.records('thing')}/{bad['id']}"
    assert app.admin.get(address)["name"] == "neither of them"
    app.admin.patch(address, {"version": 1, "name": None})
    assert app.publish()["release"] == 2
    assert app.admin.get(f"{app.records('thing')}/{good['id']}")["name"] == fits


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


def test_published_and_restored_once_for_one_key(app: App) -> None:
    body = app.admin.get(at(app, "form", "thing"))
    body["label"] = "Things"
    app.put(body)
    publish = f"{app.design}/publish"
    first, again = (
        app.admin.call("POST", publish, {}, Idempotency_Key="the same") for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200)
    assert first.json == again.json and first.json["release"] == 2
    assert again.headers["idempotency-replayed"] == "true"
    other = app.admin.call("POST", publish, {"note": "x"}, Idempotency_Key="the same")
    assert (other.status, other.codes) == (422, ["idempotency_key_reused"])
    back = f"{app.design}/releases/1/restore"
    restored = [app.admin.call("POST", back, {}, Idempotency_Key="back").json for _ in range(2)]
    assert restored == [{"release": 3}] * 2

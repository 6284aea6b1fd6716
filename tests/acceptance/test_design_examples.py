"""Every example of the design publishes as it is written and does what it says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.acceptance.client import until
from tests.acceptance.conftest import App, People, unique
from tests.acceptance.definitions import OPPORTUNITY

ZONE = ZoneInfo("Asia/Shanghai")


def customer(crm: App, **more: Any) -> Any:
    return crm.create("customer", name=unique("c"), **more)


def test_the_definition_comes_back_as_it_was_sent(crm: App) -> None:
    answer = crm.admin.call("GET", f"{crm.design}/definitions/form/opportunity")
    assert answer.json == OPPORTUNITY
    assert list(answer.json["fields"]) == list(OPPORTUNITY["fields"])
    assert answer.headers["etag"].startswith('"')


def test_navigation_is_what_the_application_says(crm: App) -> None:
    found = crm.admin.get(crm.at)
    items = found["navigation"][0]["items"]
    assert [(each["type"], each["key"]) for each in items] == [
        ("form", "lead"),
        ("form", "customer"),
        ("dashboard", "sales"),
    ]
    assert items[1]["view"] == "mine"
    assert found["timezone"] == "Asia/Shanghai" and found["currency"] == "CNY"


def test_a_record_is_flat_with_the_system_columns(crm: App) -> None:
    buyer = customer(crm, industry="Machines")
    made = crm.create("opportunity", name="Deal", customer=buyer["id"], amount="1200.5")
    assert made["version"] == 1 and isinstance(made["id"], int) and made["release"] == 1
    assert made["amount"] == "1200.5"
    assert made["customer"] == {"id": buyer["id"], "label": buyer["name"]}
    assert made["stage"] == "discovery"
    assert made["owner"]["username"] == "admin"
    assert made["industry"] == "Machines"
    month = datetime.now(ZONE).strftime("%Y%m")
    assert re.fullmatch(rf"SJ{month}\d{{4}}", made["no"])
    assert datetime.fromisoformat(made["created_at"]).tzinfo is not None


def test_serial_numbers_follow_one_another(crm: App) -> None:
    buyer = customer(crm)
    first, second = (
        crm.create("opportunity", name=f"D{n}", customer=buyer["id"])["no"] for n in range(2)
    )
    assert int(second[-4:]) == int(first[-4:]) + 1


def test_a_check_names_the_field_and_says_its_message(crm: App) -> None:
    buyer = customer(crm)
    answer = crm.admin.call(
        "POST",
        crm.records("opportunity"),
        {"name": "D", "customer": buyer["id"], "stage": "won", "amount": "0"},
    )
    assert answer.status == 422
    assert answer.paths == ["/amount"]
    assert answer.json["problems"][0]["message"] == "金额须大于 0"


def test_a_check_fails_only_on_false(crm: App) -> None:
    """`empty > 0 or false` is empty, not false."""
    buyer = customer(crm)
    made = crm.create("opportunity", name="D", customer=buyer["id"], stage="won")
    assert made["amount"] is None


def test_behaviour_requires_on_the_server(crm: App) -> None:
    buyer = customer(crm)
    body = {"name": "D", "customer": buyer["id"], "stage": "lost", "amount": "5"}
    answer = crm.admin.call("POST", crm.records("opportunity"), body)
    assert answer.status == 422 and answer.paths == ["/lost_reason"]
    made = crm.admin.post(crm.records("opportunity"), body | {"lost_reason": "price"})
    assert made["lost_reason"] == "price"


def test_limits_of_fields(crm: App) -> None:
    buyer = customer(crm)
    answer = crm.admin.call(
        "POST",
        crm.records("opportunity"),
        {
            "name": "x" * 81,
            "customer": buyer["id"],
            "amount": "-1",
            "probability": "101",
            "stage": "nowhere",
            "expected_close": "2026-02-30",
        },
    )
    assert answer.status == 422
    assert set(answer.paths) == {"/name", "/amount", "/probability", "/stage", "/expected_close"}
    by_path = {each["path"]: each for each in answer.json["problems"]}
    assert by_path["/amount"]["code"] == "below_minimum"
    assert set(by_path["/amount"]) == {"path", "code", "severity", "message", "params"}


def test_required_fields_and_unknown_ones_are_named(crm: App) -> None:
    answer = crm.admin.call("POST", crm.records("opportunity"), {"nonsense": 1})
    assert answer.status == 422
    assert {"/name", "/customer", "/nonsense"} == set(answer.paths)


def test_unique_pairs(crm: App) -> None:
    one, two = customer(crm), customer(crm)
    made = crm.create("opportunity", name="Same", customer=one["id"])
    crm.create("opportunity", name="Same", customer=two["id"])
    again = crm.admin.call(
        "POST", crm.records("opportunity"), {"name": "Same", "customer": one["id"]}
    )
    assert again.status in (409, 422)
    assert again.json["problems"][0]["code"] == "not_unique"
    other = crm.create("opportunity", name="Other", customer=one["id"])
    changed = crm.admin.call(
        "PATCH",
        f"{crm.records('opportunity')}/{other['id']}",
        {"version": other["version"], "name": made["name"]},
    )
    assert changed.status == again.status


def test_a_link_to_nothing(crm: App) -> None:
    answer = crm.admin.call(
        "POST", crm.records("opportunity"), {"name": "x", "customer": 999_999_999}
    )
    assert answer.status == 422 and answer.paths == ["/customer"]


def test_views(crm: App) -> None:
    buyer = customer(crm)
    name = unique("view")
    crm.create("opportunity", name=name, customer=buyer["id"])
    lost = crm.create(
        "opportunity",
        name=f"{name} lost",
        customer=buyer["id"],
        stage="lost",
        lost_reason="price",
        amount="4",
    )
    listed = crm.admin.get(
        crm.records("opportunity"), view="all", filter=f"customer = {buyer['id']}"
    )
    assert [each["name"] for each in listed["records"]] == [name]
    assert set(listed) == {"records", "next", "count"}
    assert listed["count"] == {"value": 1, "capped": False}
    assert {"no", "name", "customer", "stage", "amount"} <= set(listed["records"][0])
    everything = crm.admin.get(
        crm.records("opportunity"), view="board", filter=f"customer = {buyer['id']}"
    )
    assert {each["id"] for each in everything["records"]} >= {lost["id"]}
    views = crm.admin.get(f"{crm.at}/forms/opportunity")["views"]
    assert views["board"]["type"] == "kanban" and views["board"]["by"] == "stage"


def test_the_form_as_the_person_sees_it(crm: App) -> None:
    answer = crm.admin.call("GET", f"{crm.at}/forms/opportunity")
    assert answer.status == 200 and answer.headers["etag"]
    found = answer.json
    assert found["release"] == 1
    assert [each["key"] for each in found["fields"]] == list(OPPORTUNITY["fields"])
    fields = {each["key"]: each for each in found["fields"]}
    assert fields["amount"]["right"] == "edit" and fields["industry"]["computed"]
    assert found["behaviour"][0]["require"] == ["lost_reason"]
    assert isinstance(found["behaviour"][0]["when"], dict)
    assert isinstance(found["checks"][0]["that"], dict)
    assert found["rights"]["create"] is True
    same = crm.admin.call(
        "GET", f"{crm.at}/forms/opportunity", If_None_Match=answer.headers["etag"]
    )
    assert same.status in (200, 304)


def test_the_rule_of_the_design(crm: App, people: People, region: Any) -> None:
    seller, client = people.add("seller", department=region["id"])
    # A notice tells each person what his roles show him.
    crm.members("administrator", crm.admin.get("/api/session")["person"], seller)
    lead = crm.create("lead", name="Acme", region="east", tags=["hot"])

    def assigned() -> Any:
        found = crm.admin.get(f"{crm.records('lead')}/{lead['id']}")
        done = sorted(found["tags"] or []) == ["east", "hot"] and found["owner"]
        return found if done else None

    found = until(assigned, "the rule to assign the lead")
    activities = until(
        lambda: crm.admin.get(crm.records("activity"), filter=f"lead = {lead['id']}")["records"],
        "the activity",
    )
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).date().isoformat()
    assert len(activities) == 1 and activities[0]["due"] == tomorrow
    assert activities[0]["owner"]["id"] == found["owner"]["id"]
    if found["owner"]["id"] == seller["id"]:
        told = until(lambda: client.get("/api/notifications")["notifications"], "the notification")
        assert told[0]["text"] == "新线索：Acme"
    entries = crm.admin.get(f"{crm.records('lead')}/{lead['id']}/history")["history"]
    assert any(
        each["through"]["kind"] == "rule" and each["through"]["key"] == "assign_by_region"
        for each in entries
    )


def test_the_rule_leaves_other_regions_alone(crm: App, region: Any) -> None:
    other = crm.create("lead", name="West", region="west")
    inside = crm.create("lead", name="South", region="south")
    until(
        lambda: "south" in (crm.admin.get(f"{crm.records('lead')}/{inside['id']}")["tags"] or []),
        "the rule",
    )
    assert crm.admin.get(f"{crm.records('lead')}/{other['id']}")["owner"] is None


def test_the_pipeline_report(crm: App) -> None:
    buyer = customer(crm)
    for amount in ("10.50", "20.25"):
        crm.create("opportunity", name=amount, customer=buyer["id"], stage="won", amount=amount)
    crm.create(
        "opportunity",
        name="lost",
        customer=buyer["id"],
        stage="lost",
        lost_reason="price",
        amount="99",
    )
    found = crm.admin.get(f"{crm.at}/reports/pipeline", filter=f"customer = {buyer['id']}")
    keys = [each["key"] for each in found["columns"]]
    assert len(keys) == 4 and keys[0] == "stage" and keys[2:] == ["count", "sum_amount"]
    assert set(found["columns"][0]) >= {"key", "label", "type"}
    assert len(found["rows"]) == 1
    stage, month, number, total = found["rows"][0]
    assert (stage, int(number)) == ("won", 2) and float(total) == 30.75 and isinstance(total, str)
    assert month.startswith(datetime.now(ZONE).strftime("%Y-%m"))
    assert found["figure"]["data"] and "layout" in found["figure"]


def test_the_dashboard(crm: App) -> None:
    found = crm.admin.get(f"{crm.at}/dashboards/sales")
    assert [each["report"] for each in found["widgets"]] == ["pipeline", "funnel"]
    assert found["widgets"][1]["at"] == [6, 0, 6, 4] and found["refresh"] == 30

"""Roles that come, go and add up; explanations and view-as."""

from __future__ import annotations

from typing import Any

from tests.acceptance.access.office import Office, ids
from tests.acceptance.conftest import Designing, People
from tests.acceptance.definitions import everything, form, role


def test_a_revoked_role_is_gone_on_the_next_request(designed: Designing, people: People) -> None:
    person, client = people.add("temp")
    app = designed(
        form("thing", {"name": {"type": "text", "label": "Name"}}), role("all", everything("thing"))
    )
    assert client.call("GET", app.records("thing")).status in (403, 404)
    app.members("all", person)
    assert client.call("GET", app.records("thing")).status == 200
    app.admin.put(f"{app.at}/roles/all/members", {"people": []})
    assert client.call("GET", app.records("thing")).status in (403, 404)
    assert client.call("GET", app.at).status in (403, 404)
    assert app.key not in [each["key"] for each in client.get("/api/apps")["apps"]]


def test_members_by_department_and_position(
    designed: Designing, people: People, region: Any
) -> None:
    _, inside = people.add("inside", department=region["id"])
    _, placed = people.add("placed", positions=["accountant"])
    app = designed(
        form("thing", {"name": {"type": "text", "label": "Name"}}), role("all", everything("thing"))
    )
    app.admin.put(
        f"{app.at}/roles/all/members",
        {"departments": [region["id"]], "positions": ["accountant"]},
    )
    found = app.admin.get(f"{app.at}/roles/all/members")
    assert found["departments"][0]["id"] == region["id"] and found["positions"] == ["accountant"]
    for client in (inside, placed):
        assert client.call("GET", app.records("thing")).status == 200
    for wrong in ({"people": [10**12]}, {"people": "x"}, {"nobody": []}, {"departments": ["no"]}):
        answer = app.admin.call("PUT", f"{app.at}/roles/all/members", wrong)
        assert answer.status in (400, 422), wrong
    assert inside.call("PUT", f"{app.at}/roles/all/members", {"people": []}).status in (403, 404)


def test_the_union_of_two_roles(designed: Designing, people: People) -> None:
    person, client = people.add("union")
    app = designed(
        form(
            "deal",
            {
                "name": {"type": "text", "label": "Name"},
                "secret": {"type": "text", "label": "Secret"},
                "owner": {"type": "person", "label": "Owner"},
            },
        ),
        role("own", {"form": "deal", "see": "owner = USER()", "edit": "owner = USER()"}),
        role("look", {"form": "deal", "see": True, "fields": {"secret": "hide"}}),
    )
    mine = app.create("deal", name="mine", secret="s1", owner=person["id"])
    other = app.create("deal", name="other", secret="s2", owner="admin")
    app.members("own", person)
    app.members("look", person)
    found = {each["id"]: each for each in client.get(app.records("deal"))["records"]}
    assert found[mine["id"]]["secret"] == "s1"
    assert found[other["id"]].get("secret") is None
    filtered = client.call("GET", app.records("deal"), query={"filter": "secret = 's2'"})
    assert filtered.status != 200 or ids(filtered.json) == set()
    assert (
        client.call(
            "PATCH", f"{app.records('deal')}/{other['id']}", {"version": 1, "name": "x"}
        ).status
        == 403
    )


def test_a_row_rule_with_nobody_in_it_fails_closed(designed: Designing, people: People) -> None:
    person, client = people.add("lonely")
    app = designed(
        form(
            "deal",
            {
                "owner": {"type": "person", "label": "Owner"},
                "place": {"type": "department", "label": "Place"},
            },
        ),
        role("dep", {"form": "deal", "see": "place = DEPARTMENT()"}),
    )
    app.create("deal")
    app.members("dep", person)
    assert client.get(app.records("deal"))["records"] == []


def test_explain(office: Office) -> None:
    query = {"person": office.one["id"], "form": "opportunity"}
    allowed = office.app.admin.get(f"{office.app.at}/explain", record=office.mine["id"], **query)
    assert allowed["allowed"] is True and allowed["reasons"][0]["role"] == "sales"
    unsaid = office.app.admin.call("GET", f"{office.app.at}/explain", query={"person": "1"})
    assert (unsaid.status, unsaid.paths) == (400, ["/form"])
    refused = office.app.admin.get(f"{office.app.at}/explain", record=office.other["id"], **query)
    assert refused["allowed"] is False
    hidden = office.app.admin.get(
        f"{office.app.at}/explain", record=office.mine["id"], field="amount", **query
    )
    assert hidden["allowed"] is False
    about = {**query, "person": office.two["id"]}
    assert office.one_client.call("GET", f"{office.app.at}/explain", query=about).status == 403


def test_view_as(office: Office) -> None:
    answer = office.app.admin.call("GET", office.deals, X_View_As=str(office.one["id"]))
    assert answer.status == 200 and ids(answer.json) == {office.mine["id"]}
    assert "amount" not in answer.json["records"][0]
    named = office.app.admin.call("GET", office.deals, X_View_As=office.one["username"])
    assert named.json == answer.json
    written = office.app.admin.call(
        "POST", office.deals, {"name": "x"}, X_View_As=str(office.one["id"])
    )
    assert written.status == 403
    climbed = office.one_client.call("GET", office.deals, X_View_As=str(office.boss["id"]))
    assert climbed.status == 403
    for wrong in ("x", "999999999", "-1", "1" * 40):
        assert office.app.admin.call("GET", office.deals, X_View_As=wrong).status in (
            400,
            403,
            404,
        ), wrong


def test_designers_have_no_data_and_outsiders_nothing(office: Office, people: People) -> None:
    _, designer = people.add("designer", system_roles=["application_designer"])
    assert designer.call("GET", office.deals).status in (403, 404)
    assert designer.call("GET", "/api/builder/catalogue").status == 200
    _, nobody = people.add("nobody")
    for at in (office.deals, office.app.at, f"{office.app.at}/dashboards/sales"):
        assert nobody.call("GET", at).status in (403, 404), at
    for at in (office.app.design, f"{office.app.design}/definitions", "/api/builder/catalogue"):
        assert nobody.call("GET", at).status in (403, 404), at
    assert nobody.call("POST", f"{office.app.design}/publish", {}).status in (403, 404)
    assert nobody.call("POST", "/api/builder/applications", {"label": "x"}).status == 403
    assert nobody.call("POST", "/api/people", {"username": "x"}).status == 403
    assert nobody.call("PATCH", f"/api/people/{office.boss['id']}", {"name": "x"}).status == 403
    assert nobody.call("POST", "/api/departments", {"name": "x"}).status == 403

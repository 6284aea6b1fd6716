"""Rows, fields, masks: what a person sees is the same on every way to it."""

from __future__ import annotations

import csv
import io

from tests.acceptance import definitions
from tests.acceptance.access.office import Office, ids
from tests.acceptance.client import until
from tests.acceptance.conftest import Designing, People, unique
from tests.acceptance.definitions import form, role


def test_a_seller_sees_his_own_deals_everywhere(office: Office) -> None:
    client, mine, other = office.one_client, office.mine["id"], office.other["id"]
    assert mine in ids(client.get(office.deals)) and other not in ids(client.get(office.deals))
    both = f"id in [{mine}, {other}]"
    assert client.get(office.deals, filter=both, count="true")["count"]["value"] == 1
    assert ids(client.get(office.deals, filter=f"id = {other}")) == set()
    assert ids(client.get(office.deals, search="浦江")) == set()
    for below in ("", "/history", "/comments", "/related/activity"):
        assert client.call("GET", f"{office.deals}/{other}{below}").status == 404, below
    for method, body in (("PATCH", {"version": 1, "name": "x"}), ("DELETE", None)):
        assert client.call(method, f"{office.deals}/{other}", body).status == 404
    assert client.call("POST", f"{office.deals}/{other}/comments", {"text": "x"}).status == 404
    batch = client.call(
        "POST", f"{office.deals}/batch", {"update": [{"id": other, "version": 1, "name": "x"}]}
    )
    assert batch.status in (403, 404, 422)
    names = client.get(f"{office.deals}/values", field="name")["values"]
    assert "上海浦江电子" not in str(names)


def test_a_superior_sees_his_people_s_deals_but_may_not_change_them(office: Office) -> None:
    assert {office.mine["id"], office.other["id"]} <= ids(office.boss_client.get(office.deals))
    answer = office.boss_client.call(
        "PATCH", f"{office.deals}/{office.mine['id']}", {"version": 1, "stage": "discovery"}
    )
    assert answer.status == 403


def test_hidden_fields_are_absent_and_cannot_be_asked_for(office: Office) -> None:
    client, at = office.one_client, f"{office.deals}/{office.mine['id']}"
    assert "amount" not in client.get(at)
    assert "amount" not in client.get(office.deals)["records"][0]
    fields = [each["key"] for each in client.get(f"{office.app.at}/forms/opportunity")["fields"]]
    assert "amount" not in fields and "probability" in fields
    for query in (
        {"filter": "amount > 1"},
        {"filter": "amount = 770077.5"},
        {"filter": "ISEMPTY(amount)"},
        {"sort": "amount"},
        {"sort": "-amount"},
        {"fields": "name,amount"},
    ):
        answer = client.call("GET", office.deals, query=query)
        assert answer.status in (400, 403, 422), (query, answer.status)
    assert client.call("GET", f"{office.deals}/values", query={"field": "amount"}).status in (
        403,
        404,
        422,
    )
    for body in ({"amount": "1"}, {"probability": "9"}):
        answer = client.call("PATCH", at, {"version": office.mine["version"], **body})
        assert answer.status in (403, 422), body
    changes = client.get(f"{at}/history")["history"][0]["changes"]
    assert "name" in [each["field"] for each in changes]
    assert "amount" not in [each["field"] for each in changes]
    document = client.get(f"{office.app.at}/openapi.json")
    assert "lost_reason" in str(document) and "'amount'" not in str(document)


def test_a_read_only_field_of_a_role_cannot_be_sent_on_create(office: Office) -> None:
    answer = office.one_client.call(
        "POST", office.deals, {"name": "n", "customer": 1, "probability": "5"}
    )
    assert answer.status in (403, 422) and "/probability" in answer.paths


def test_masks_hide_the_middle_but_only_from_those_with_the_role(office: Office) -> None:
    masked = office.one_client.get(f"{office.deals}/{office.mine['id']}")["name"]
    assert masked != "北京东方机械" and masked.startswith("北") and "*" in masked
    assert office.one_client.get(office.deals)["records"][0]["name"] == masked
    assert "东方机" not in str(office.one_client.get(f"{office.deals}/{office.mine['id']}/history"))
    assert office.app.admin.get(f"{office.deals}/{office.mine['id']}")["name"] == "北京东方机械"
    guess = office.one_client.call("GET", office.deals, query={"filter": "name = '北京东方机械'"})
    assert guess.status in (400, 403, 422) or ids(guess.json) == set()


def test_forms_without_a_grant_are_not_there(office: Office) -> None:
    client = office.one_client
    for at in (
        office.app.records("customer"),
        f"{office.app.records('customer')}/{office.buyer['id']}",
        f"{office.app.at}/forms/customer",
    ):
        assert client.call("GET", at).status in (403, 404), at
    assert client.call("POST", office.app.records("customer"), {"name": "x"}).status in (403, 404)
    shown = client.get(office.app.at)
    assert "customer" not in [each["key"] for each in shown["forms"]]
    items = [item["key"] for group in shown["navigation"] for item in group["items"]]
    assert "customer" not in items


def test_delete_false_is_forbidden(office: Office) -> None:
    assert office.one_client.call("DELETE", f"{office.deals}/{office.mine['id']}").status == 403


def test_reports_count_what_the_person_sees(office: Office, designed: Designing) -> None:
    client = office.one_client
    answer = client.call("GET", f"{office.app.at}/reports/funnel")
    if answer.status == 200:
        assert sum(int(row[1]) for row in answer.json["rows"]) <= 1
    hidden = client.call("GET", f"{office.app.at}/reports/pipeline")
    assert hidden.status in (200, 403, 422)
    assert "770077" not in hidden.text
    preview = client.call(
        "POST",
        f"{office.app.at}/reports/preview",
        {"report": {**definitions.PIPELINE, "measures": [{"of": "sum", "field": "amount"}]}},
    )
    assert preview.status in (200, 403, 404, 422) and "770077" not in preview.text


def test_exports_hold_what_the_person_sees(office: Office) -> None:
    answer = office.one_client.call("GET", f"{office.deals}/export", query={"format": "csv"})
    assert answer.status == 200
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2 and "金额" not in rows[0]
    assert "东方机" not in answer.content.decode("utf-8-sig")


def test_a_form_may_be_seen_but_not_exported_or_imported(
    designed: Designing, people: People
) -> None:
    person, client = people.add("clerk")
    app = designed(
        form("thing", {"name": {"type": "text", "label": "Name"}}),
        role("clerk", {"form": "thing", "see": True, "create": True}),
    )
    app.members("clerk", person)
    app.create("thing", client, name="a")
    at = app.records("thing")
    assert client.call("GET", f"{at}/export", query={"format": "csv"}).status == 403
    assert client.upload(f"{at}/import", {"options": "{}"}, file=b"Name\nx\n").status == 403
    made = client.get(at)["records"][0]
    assert client.call("PATCH", f"{at}/{made['id']}", {"version": 1, "name": "b"}).status == 403


def test_links_to_records_that_are_not_visible(designed: Designing, people: People) -> None:
    person, client = people.add("linker")
    app = designed(
        form(
            "firm",
            {
                "name": {"type": "text", "label": "Name"},
                "owner": {"type": "person", "label": "Owner"},
            },
            title="{{name}}",
        ),
        form(
            "deal",
            {
                "firm": {"type": "link", "label": "Firm", "form": "firm"},
                "firm_name": {"type": "lookup", "label": "N", "link": "firm", "field": "name"},
            },
        ),
        role(
            "seller",
            {"form": "firm", "see": "owner = USER()"},
            {"form": "deal", "see": True, "create": True, "edit": True},
        ),
    )
    hidden = app.create("firm", name="Hidden Ltd", owner="admin")
    app.members("seller", person)
    deal = app.create("deal", firm=hidden["id"])
    assert deal["firm_name"] == "Hidden Ltd"
    seen = client.get(f"{app.records('deal')}/{deal['id']}")
    assert "Hidden" not in str(seen)
    assert "Hidden" not in str(client.get(app.records("deal")))
    answer = client.call("POST", app.records("deal"), {"firm": hidden["id"]})
    assert answer.status == 422 and answer.paths == ["/firm"]
    for query in ("firm.name = 'Hidden Ltd'", "firm_name = 'Hidden Ltd'"):
        found = client.call("GET", app.records("deal"), query={"filter": query})
        assert found.status != 200 or ids(found.json) == set(), query
    assert "Hidden" not in str(client.get(f"{app.records('deal')}/{deal['id']}/history"))


def test_deleted_records_are_nowhere(designed: Designing, people: People) -> None:
    app = designed(
        form("firm", {"name": {"type": "text", "label": "Name"}}, title="{{name}}"),
        form(
            "deal",
            {
                "firm": {"type": "link", "label": "F", "form": "firm"},
                "v": {"type": "number", "label": "V"},
            },
        ),
        {
            "kind": "report",
            "key": "sum",
            "format": 1,
            "label": "Sum",
            "form": "deal",
            "dimensions": [],
            "measures": [{"of": "count"}, {"of": "sum", "field": "v"}],
            "chart": {"type": "number"},
        },
    )
    firm = app.create("firm", name="F")
    kept, gone = (app.create("deal", firm=firm["id"], v=v) for v in ("1", "10"))
    app.admin.call("DELETE", f"{app.records('deal')}/{gone['id']}")
    related = app.admin.get(f"{app.records('firm')}/{firm['id']}/related/deal")
    assert ids(related) == {kept["id"]}
    (row,) = app.admin.get(f"{app.at}/reports/sum")["rows"]
    assert [float(each) for each in row] == [1, 1]
    exported = app.admin.call("GET", f"{app.records('deal')}/export", query={"format": "csv"})
    assert len(exported.text.strip().splitlines()) == 2


def test_files_hang_on_what_their_record_shows(office: Office) -> None:
    sent = office.app.admin.upload(
        f"{office.app.at}/files", {}, name="a.txt", file=b"secret", type="text/plain"
    )
    assert sent.status == 201 and {"id", "name", "size", "type"} <= set(sent.json)
    at = f"{office.app.at}/files/{sent.json['id']}"
    own = office.app.admin.call("GET", at)
    assert own.status == 200 and own.content == b"secret"
    assert own.headers["content-disposition"].startswith("attachment")
    assert own.headers["x-content-type-options"] == "nosniff"
    assert office.two_client.call("GET", at).status == 404
    for name, content in (
        ("../../etc/passwd", b"x"),
        ("x" * 300 + ".txt", b"x"),
        ("a.svg", b"<svg/>"),
        ("e.txt", b""),
    ):
        answer = office.app.admin.upload(f"{office.app.at}/files", {}, name=name, file=content)
        assert answer.status in (201, 400, 413, 422), name
    assert office.app.admin.upload(f"{office.app.at}/files", {}).status in (400, 422)


def test_everything_is_told_until_the_end(office: Office) -> None:
    """A record handed over is gone for the one and there for the other, at once."""
    deal = office.app.create(
        "opportunity", name=unique("move"), customer=office.buyer["id"], owner=office.one["id"]
    )
    at = f"{office.deals}/{deal['id']}"
    assert office.one_client.call("GET", at).status == 200
    office.app.admin.patch(at, {"version": deal["version"], "owner": office.two["username"]})
    assert office.one_client.call("GET", at).status == 404
    assert until(lambda: office.two_client.call("GET", at).status == 200, "the new owner")

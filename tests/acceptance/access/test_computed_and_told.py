"""What is hidden stays hidden when it is computed with, written into a notice, or asked about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.acceptance.client import Client, until
from tests.acceptance.conftest import App, Designing, People
from tests.acceptance.definitions import everything, form, role

SECRET = "Zwetschge"
PRICE = "777.5"

CUSTOMER = form(
    "customer",
    {
        "name": {"type": "text", "label": "Name", "required": True},
        "secret": {"type": "text", "label": "Secret"},
        "phone": {"type": "phone", "label": "Phone"},
        "price": {"type": "money", "label": "Price"},
        "tags": {"type": "choices", "label": "Tags", "options": [{"value": "a", "label": "Ah"}]},
        "owner": {"type": "person", "label": "Owner"},
        "echo": {"type": "formula", "label": "E", "returns": "text", "formula": "CONCAT(secret)"},
        "twice": {"type": "formula", "label": "T", "returns": "money", "formula": "price * 2"},
        "open": {"type": "formula", "label": "O", "returns": "money", "formula": "price + 0"},
    },
    title="{{name}} {{secret}}",
)
DEAL = form(
    "deal",
    {
        "name": {"type": "text", "label": "Name"},
        "customer": {"type": "link", "label": "Customer", "form": "customer"},
        "over": {
            "type": "formula",
            "label": "Over",
            "returns": "text",
            "formula": "customer.secret",
        },
        "echoed": {"type": "lookup", "label": "Echoed", "link": "customer", "field": "echo"},
    },
    title="{{name}}",
)
STAFF = role(
    "staff",
    {
        **everything("customer"),
        "see": "owner = USER()",
        "fields": {
            "*": "edit",
            "secret": "hide",
            "price": "hide",
            "tags": "hide",
            "open": "see",
        },
        "mask": {"phone": "middle"},
    },
    everything("deal"),
)
TELL = {
    "kind": "rule",
    "key": "tell",
    "format": 1,
    "label": "Tell",
    "form": "customer",
    "on": {"event": "created"},
    "do": [
        {
            "action": "notify",
            "to": [{"type": "role", "role": "staff"}],
            "text": "{{name}}/{{secret}}/{{phone}}/{{twice}}/{{open|money}}/{{owner}}",
        }
    ],
}
APPROVAL = {
    "kind": "flow",
    "key": "approval",
    "format": 1,
    "label": "Approval",
    "form": "customer",
    "start": {"event": "created"},
    "nodes": {
        "start": {"type": "start"},
        "ask": {"type": "approve", "who": [{"type": "role", "role": "staff"}], "mode": "any"},
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "ask"},
        {"from": "ask", "to": "end", "on": "agreed"},
        {"from": "ask", "to": "end", "on": "refused"},
    ],
}

REPORT = {"kind": "report", "key": "r", "format": 1, "label": "R", "form": "customer"}


@dataclass(frozen=True, slots=True)
class Shop:
    app: App
    seller: Client
    other: Client
    customer: Any
    deal: Any

    @property
    def customers(self) -> str:
        return self.app.records("customer")


@pytest.fixture(scope="module")
def shop(designed: Designing, people: People) -> Shop:
    app = designed(CUSTOMER, DEAL, STAFF, TELL, APPROVAL)
    seller, seller_client = people.add("seller")
    other, other_client = people.add("other")
    app.members("staff", seller, other)
    customer = app.create(
        "customer",
        name="Buyer",
        secret=SECRET,
        phone="13812345678",
        price=PRICE,
        tags=["a"],
        owner=seller["id"],
    )
    deal = app.create("deal", name="Deal", customer=customer["id"])
    return Shop(app, seller_client, other_client, customer, deal)


def test_computed_fields_are_hidden_with_what_they_tell(shop: Shop) -> None:
    record = shop.seller.get(f"{shop.customers}/{shop.customer['id']}")
    assert not {"secret", "price", "echo", "twice"} & record.keys()
    assert record["open"] == PRICE, "the role names this one"
    deals = shop.app.records("deal")
    deal = shop.seller.get(f"{deals}/{shop.deal['id']}")
    assert not {"over", "echoed"} & deal.keys()
    for answer in (
        shop.seller.call("GET", shop.customers, query={"filter": "twice > 1"}),
        shop.seller.call("GET", shop.customers, query={"sort": "-echo"}),
        shop.seller.call("GET", shop.customers, query={"fields": "name,twice"}),
        shop.seller.call("GET", f"{shop.customers}/values", query={"field": "echo"}),
        shop.seller.call("GET", f"{shop.customers}/values", query={"field": "tags"}),
        shop.seller.call("GET", deals, query={"filter": f"over = '{SECRET}'"}),
        shop.seller.call("GET", deals, query={"sort": "echoed"}),
        shop.seller.call(
            "GET", f"{shop.customers}/export", query={"format": "csv", "fields": "name,echo"}
        ),
    ):
        assert answer.status == 403, answer.content
        assert answer.codes == ["field_hidden"]
    everywhere = [
        shop.seller.call("GET", shop.customers),
        shop.seller.call("GET", f"{shop.customers}/export", query={"format": "csv"}),
        shop.seller.call("GET", f"{shop.customers}/{shop.customer['id']}/history"),
        shop.seller.call("GET", f"{shop.customers}/{shop.customer['id']}/related/deal"),
        shop.seller.call("GET", f"{shop.app.at}/forms/customer"),
        shop.seller.call("GET", f"{shop.app.at}/openapi.json"),
    ]
    for answer in everywhere:
        assert answer.status == 200, answer.content
        assert SECRET not in answer.text and "1555" not in answer.text
        assert '"twice"' not in answer.text


def test_explain_says_what_a_computed_field_would_tell(shop: Shop) -> None:
    answer = shop.seller.get(f"{shop.app.at}/explain", form="customer", field="twice")
    assert answer["allowed"] is False
    assert [each["code"] for each in answer["reasons"]] == ["field_reads_hidden"]
    assert "staff" in answer["reasons"][0]["message"]
    assert "price" in answer["reasons"][0]["message"]


def test_reports_over_hidden_computed_fields_have_no_numbers_and_no_records(shop: Shop) -> None:
    report = {**REPORT, "measures": [{"of": "sum", "field": "twice"}]}
    for address in ("preview", "preview/records"):
        answer = shop.seller.call("POST", f"{shop.app.at}/reports/{address}", {"report": report})
        assert answer.status == 403, address
    count = {**REPORT, "measures": [{"of": "count"}]}
    address = f"{shop.app.at}/reports/preview"
    assert shop.seller.post(address, {"report": count})["scope"] == "mine"
    assert shop.app.admin.post(address, {"report": count})["scope"] == "all"


def told(client: Client, app: App) -> str:
    def notice() -> str | None:
        found = client.get("/api/notifications")["notifications"]
        mine = [each["text"] for each in found if each["link"] and app.key in each["link"]]
        return next((text for text in mine if "/" in text), None)

    return str(until(notice, "the rule's notice"))


def test_a_notice_tells_each_person_what_he_sees(shop: Shop) -> None:
    assert told(shop.seller, shop.app) == f"Buyer/—/138****678/—/{PRICE}0/seller"
    assert told(shop.other, shop.app) == "—/—/—/—/—/—", "the record is not his to see"


def test_an_inbox_tells_what_the_roles_show(shop: Shop) -> None:
    (asked,) = [
        each
        for each in shop.seller.get("/api/assignments", box="open")["assignments"]
        if each["app"] == shop.app.key
    ]
    assert asked["record"]["label"] == "Buyer"
    assert SECRET not in json.dumps(asked) and "777.5" not in str(asked["summary"]).replace(
        "¥ 777.50", ""
    )
    run = shop.seller.call("GET", f"/api/runs/{asked['run']}")
    assert SECRET not in run.text


def test_boxes_page_behind_the_last_entry(designed: Designing, people: People) -> None:
    app = designed(CUSTOMER, DEAL, STAFF, APPROVAL)
    person, client = people.add("pager")
    app.members("staff", person)
    for number in range(5):
        app.create("customer", name=f"More {number}")
    seen: list[int] = []
    after: str | None = None
    while True:
        page = client.get(
            "/api/assignments", box="open", limit=2, **({"after": after} if after else {})
        )
        ids = [each["id"] for each in page["assignments"]]
        seen += ids
        after = page["next"]
        if after is None:
            break
        # What is decided meanwhile moves nothing out of the next page.
        client.post(f"/api/assignments/{ids[0]}/agree", {})
    assert len(seen) == len(set(seen)) == 5
    assert client.call("GET", "/api/assignments", query={"after": "x"}).status == 400

"""Approvals with a real worker: deciding, countersigning, returning, races, boxes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.acceptance.client import until
from tests.acceptance.conftest import People, unique
from tests.acceptance.flows.firm import Firm, decide, mine


def test_a_small_quote_needs_nobody(firm: Firm) -> None:
    quote = firm.quote("5000")
    assert quote["flow_state"] is None and mine(firm.boss_client, quote) is None


def test_the_inbox_shows_the_assignment_when_the_answer_returns(firm: Firm) -> None:
    quote = firm.quote("5000.01")
    found = mine(firm.boss_client, quote)
    assert {"id", "app", "form", "record", "flow", "node", "run", "due", "version"} <= set(found)
    assert found["app"] == firm.app.key and found["form"] == "quote"
    assert found["record"]["label"] == quote["name"] and found["due"]
    state = firm.app.admin.get(firm.at(quote))["flow_state"]
    assert state["run"] == found["run"] and state["flow"] == "quote_approval"
    assert [each["id"] for each in state["waiting_for"]] == [firm.boss["id"]]


def test_agreed_makes_the_contract(firm: Firm) -> None:
    buyer = firm.app.create("customer", name=unique("B"))
    quote = firm.app.create("quote", name=unique("Q"), total="6000", customer=buyer["id"])
    started = firm.app.admin.get(firm.at(quote))["flow_state"]
    assert started is not None  # nobody is admin's superior: the flow says what happens then
    quote = firm.quote("6000")
    asked = mine(firm.boss_client, quote)
    answer = decide(
        firm.boss_client,
        asked,
        "agree",
        opinion="好",
        values={"discount": "5"},
        version=asked["version"],
    )
    assert answer.status == 200, answer.content
    after = firm.app.admin.get(firm.at(quote))
    assert after["discount"] in ("5", 5) and after["flow_state"] is None
    contracts = until(
        lambda: firm.app.admin.get(firm.app.records("contract"), filter="amount = 6000")["records"],
        "the contract",
    )
    assert contracts[0]["amount"] in ("6000", "6000.00")
    run = firm.starter_client.get(f"/api/runs/{asked['run']}")
    assert run["state"] == "done" and run["log"] and run["nodes"]
    passed = {each["key"]: each["state"] for each in run["nodes"]}
    assert passed["manager"] == "passed" and passed["make"] == "passed"
    assert any(each.get("opinion") == "好" for each in run["log"])
    entry = firm.app.admin.get(f"{firm.at(quote)}/history")["history"][0]
    assert entry["through"]["kind"] == "flow"
    assert mine(firm.boss_client, quote, "done") and not mine(firm.boss_client, quote)


def test_refused_ends(firm: Firm) -> None:
    quote = firm.quote("7000")
    asked = mine(firm.boss_client, quote)
    assert decide(firm.boss_client, asked, "refuse", opinion="no").status == 200
    run = firm.app.admin.get(f"/api/runs/{asked['run']}")
    assert run["state"] == "done"
    assert {each["key"]: each["state"] for each in run["nodes"]}["make"] != "passed"


def test_the_record_is_locked_while_the_run_is_open(firm: Firm) -> None:
    quote = firm.quote("8000", cost="70", discount="1")
    version = firm.app.admin.get(firm.at(quote))["version"]
    for client in (firm.starter_client, firm.app.admin):
        answer = client.call("PATCH", firm.at(quote), {"version": version, "total": "1"})
        assert answer.status in (403, 409, 422), answer.status
        assert answer.json["problems"]
    assert firm.app.admin.call("DELETE", firm.at(quote)).status in (403, 409, 422)
    asked = mine(firm.boss_client, quote)
    for values in ({"total": "1"}, {"cost": "1"}, {"nothing": "1"}):
        answer = decide(firm.boss_client, asked, "agree", values=values, version=asked["version"])
        assert answer.status in (403, 422), values
    one = firm.boss_client.get(f"/api/assignments/{asked['id']}")
    assert one["fields"]["discount"] == "edit" and one["fields"]["cost"] == "hide"


def test_countersigning_needs_both(firm: Firm) -> None:
    quote = firm.quote("100001")
    asked = mine(firm.boss_client, quote)
    assert decide(firm.boss_client, asked, "agree").status == 200
    assert decide(firm.finance, mine(firm.finance, quote), "agree").status == 200
    state = firm.app.admin.get(firm.at(quote))["flow_state"]
    assert state is not None
    assert decide(firm.legal, mine(firm.legal, quote), "agree").status == 200
    assert firm.app.admin.get(firm.at(quote))["flow_state"] is None


def test_two_sign_at_the_same_moment(firm: Firm) -> None:
    quote = firm.quote("100002")
    asked = mine(firm.boss_client, quote)
    decide(firm.boss_client, asked, "agree")
    pairs = [(each, mine(each, quote)) for each in (firm.finance, firm.legal)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: decide(*pair, "agree").status, pairs))
    assert answers == [200, 200]
    assert firm.app.admin.get(f"/api/runs/{asked['run']}")["state"] == "done"
    made = firm.app.admin.get(firm.app.records("contract"), filter="amount = 100002")["records"]
    assert len(made) == 1


def test_an_assignment_is_decided_once(firm: Firm) -> None:
    quote = firm.quote("9000")
    asked = mine(firm.boss_client, quote)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: decide(firm.boss_client, asked, "agree"), range(4)))
    assert sorted(each.status for each in answers) == [200, 409, 409, 409]
    late = next(each for each in answers if each.status == 409)
    assert late.json["problems"][0]["code"] == "assignment_decided"
    assert late.json["problems"][0]["params"]["person"]


def test_others_cannot_decide(firm: Firm) -> None:
    quote = firm.quote("9001")
    asked = mine(firm.boss_client, quote)
    for client in (firm.starter_client, firm.finance, firm.app.admin):
        assert decide(client, asked, "agree").status in (403, 404)
    assert firm.finance.call("GET", f"/api/assignments/{asked['id']}").status in (403, 404)


@pytest.mark.parametrize(
    ("decision", "body", "statuses"),
    [
        ("agree", {"version": 99}, {409}),
        ("agree", {"version": "x"}, {400, 409, 422}),
        ("agree", {"opinion": 5}, {400, 422}),
        ("agree", {"values": []}, {400, 422}),
        ("agree", {"values": {"discount": "many"}}, {422}),
        ("agree", {"nonsense": 1}, {400, 422}),
        ("agree", {"to": 5}, {422}),
        ("save", {"to": 5}, {400, 422}),
        ("return", {"to": "nowhere"}, {422}),
        ("return", {"to": 5}, {400, 422}),
        ("transfer", {}, {422}),
        ("transfer", {"to": 10**12}, {422}),
        ("add_signer", {"to": "x"}, {422}),
        ("dance", {}, {404}),
    ],
)
def test_decisions_that_do_not_fit(
    firm: Firm, decision: str, body: Any, statuses: set[int]
) -> None:
    quote = firm.quote("9002")
    asked = mine(firm.boss_client, quote)
    answer = decide(firm.boss_client, asked, decision, **body)
    assert answer.status in statuses, (answer.status, answer.content)
    assert mine(firm.boss_client, quote)


def test_return_and_resubmit(firm: Firm) -> None:
    quote = firm.quote("9003")
    asked = mine(firm.boss_client, quote)
    answer = decide(firm.boss_client, asked, "return", to="start", opinion="again")
    assert answer.status == 200, answer.content
    back = mine(firm.starter_client, quote)
    assert back and not mine(firm.boss_client, quote)
    assert decide(firm.starter_client, back, "agree").status == 200
    again = mine(firm.boss_client, quote)
    assert again and again["id"] != asked["id"] and again["run"] == asked["run"]


def test_transfer_and_added_signer(firm: Firm, people: People) -> None:
    other, other_client = people.add("deputy")
    quote = firm.quote("9004")
    asked = mine(firm.boss_client, quote)
    answer = decide(firm.boss_client, asked, "transfer", to=other["id"])
    assert answer.status == 200, answer.content
    assert not mine(firm.boss_client, quote)
    taken = mine(other_client, quote)
    third, third_client = people.add("signer")
    answer = decide(other_client, taken, "add_signer", to=third["username"])
    assert answer.status == 200, answer.content
    assert decide(third_client, mine(third_client, quote), "agree").status == 200
    assert decide(other_client, mine(other_client, quote), "agree").status == 200
    assert firm.app.admin.get(firm.at(quote))["flow_state"] is None


def test_save_keeps_a_draft(firm: Firm) -> None:
    quote = firm.quote("9005")
    asked = mine(firm.boss_client, quote)
    answer = decide(firm.boss_client, asked, "save", opinion="thinking", values={"discount": "3"})
    assert answer.status == 200, answer.content
    assert mine(firm.boss_client, quote)


def test_withdraw_urge_cancel(firm: Firm) -> None:
    quote = firm.quote("9006")
    run = mine(firm.boss_client, quote)["run"]
    assert firm.boss_client.call("POST", f"/api/runs/{run}/withdraw", {}).status in (403, 422)
    urged = firm.starter_client.call("POST", f"/api/runs/{run}/urge", {})
    assert urged.status == 200, urged.content
    assert firm.starter_client.call("POST", f"/api/runs/{run}/cancel", {}).status in (403, 404)
    done = firm.starter_client.call("POST", f"/api/runs/{run}/withdraw", {})
    assert done.status == 200 and firm.app.admin.get(f"/api/runs/{run}")["state"] == "cancelled"
    again = firm.starter_client.call("POST", f"/api/runs/{run}/withdraw", {})
    assert again.status in (409, 422)
    assert mine(firm.boss_client, quote) is None
    other = firm.quote("9007")
    number = mine(firm.boss_client, other)["run"]
    assert firm.app.admin.call("POST", f"/api/runs/{number}/cancel", {}).status == 200
    for action in ("dance", "retry", "skip"):
        answer = firm.app.admin.call("POST", f"/api/runs/{number}/{action}", {})
        assert answer.status in (404, 409, 422), action


def test_a_batch_of_decisions(firm: Firm) -> None:
    quotes = [firm.quote("9100") for _ in range(3)]
    ids = [mine(firm.boss_client, each)["id"] for each in quotes]
    found = firm.boss_client.post(
        "/api/assignments/batch", {"decision": "agree", "ids": [*ids, 10**12]}
    )
    assert [each["ok"] for each in found["results"]] == [True, True, True, False]
    for wrong in (
        {},
        {"ids": ids},
        {"decision": "dance", "ids": ids},
        {"decision": "agree", "ids": "x"},
        {"decision": "agree", "ids": [10**30]},
    ):
        assert firm.boss_client.call("POST", "/api/assignments/batch", wrong).status in (400, 422)


@pytest.mark.parametrize("box", ["open", "done", "started", "copied"])
def test_boxes(firm: Firm, box: str) -> None:
    found = firm.starter_client.get("/api/assignments", box=box)
    assert isinstance(found["assignments"], list) and "next" in found
    if box == "started":
        firm.quote("9200")
        assert firm.starter_client.get("/api/assignments", box=box)["assignments"]


def test_boxes_that_are_not_there(firm: Firm) -> None:
    for query in ({"box": "nothing"}, {"limit": "x"}, {"after": "rubbish"}, {"unknown": "1"}):
        assert firm.boss_client.call("GET", "/api/assignments", query=query).status in (400, 422)

"""Flows with a real worker: approvals, timers, waits, races, incidents, steering."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.acceptance import definitions
from tests.acceptance.client import Client, until
from tests.acceptance.conftest import App, Designing, People, unique
from tests.acceptance.definitions import everything, form, role


@dataclass(frozen=True, slots=True)
class Firm:
    """A starter, his superior, and two who sign together."""

    app: App
    starter: Any
    boss: Any
    starter_client: Client
    boss_client: Client
    finance: Client
    legal: Client

    def quote(self, total: str, **more: Any) -> Any:
        return self.app.create("quote", self.starter_client, name=unique("Q"), total=total, **more)

    def at(self, quote: Any) -> str:
        return f"{self.app.records('quote')}/{quote['id']}"


@pytest.fixture(scope="module")
def firm(designed: Designing, people: People) -> Firm:
    boss, boss_client = people.add("boss")
    starter, starter_client = people.add("starter", superior=boss["id"])
    money, money_client = people.add("money")
    law, law_client = people.add("law")
    app = designed(
        definitions.CUSTOMER,
        definitions.QUOTE,
        definitions.CONTRACT,
        definitions.FINANCE,
        definitions.LEGAL,
        definitions.APPROVAL,
        role("asking", everything("quote")),
    )
    app.members("finance", money)
    app.members("legal", law)
    app.members("asking", starter, boss)
    return Firm(app, starter, boss, starter_client, boss_client, money_client, law_client)


def mine(client: Client, record: Any, box: str = "open") -> Any:
    found = client.get("/api/assignments", box=box)["assignments"]
    return next((each for each in found if each["record"]["id"] == record["id"]), None)


def decide(client: Client, assignment: Any, decision: str, **body: Any) -> Any:
    return client.call("POST", f"/api/assignments/{assignment['id']}/{decision}", body)


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


numbers = itertools.count(1)


def flow(nodes: Any, edges: Any, **more: Any) -> Any:
    return {
        "kind": "flow",
        "key": "way",
        "format": 1,
        "label": "Way",
        "form": "note",
        "start": {"event": "manual"},
        "nodes": {"start": {"type": "start"}, **nodes, "end": {"type": "end"}},
        "edges": edges,
        **more,
    }


NOTE = form(
    "note",
    {
        "name": {"type": "text", "label": "Name"},
        "n": {"type": "number", "label": "N", "scale": 0},
        "day": {"type": "date", "label": "Day"},
        "who": {"type": "person", "label": "Who"},
    },
)


def chain(*names: str) -> list[dict[str, Any]]:
    return [{"from": one, "to": two} for one, two in itertools.pairwise(names)]


def test_started_by_hand_and_what_cannot_be_started(designed: Designing, people: People) -> None:
    app = designed(
        NOTE,
        flow(
            {"do": {"type": "act", "do": [{"action": "set", "values": {"n": "n + 1"}}]}},
            chain("start", "do", "end"),
        ),
    )
    note = app.create("note", n="1")
    at = f"{app.at}/flows/way/runs"
    answer = app.admin.call("POST", at, {"record": note["id"]})
    assert answer.status in (200, 201) and answer.json["state"] == "done"
    assert app.admin.get(f"{app.records('note')}/{note['id']}")["n"] == "2"
    for wrong, statuses in (
        ({}, {422}),
        ({"record": "x"}, {400, 404, 422}),
        ({"record": 10**12}, {404, 422}),
        ({"record": 10**30}, {400, 404, 422}),
        ({"record": note["id"], "more": 1}, {400, 422}),
    ):
        assert app.admin.call("POST", at, wrong).status in statuses, wrong
    assert app.admin.call("POST", f"{app.at}/flows/none/runs", {"record": 1}).status == 404


def test_each_action_sees_what_those_before_it_did(designed: Designing) -> None:
    app = designed(
        NOTE,
        flow(
            {
                "do": {
                    "type": "act",
                    "do": [
                        {"action": "set", "values": {"n": "n + 1"}},
                        {"action": "set", "values": {"n": "n * 10"}},
                        {"action": "create_record", "form": "note", "values": {"n": "n + 1"}},
                    ],
                },
                "split": {"type": "exclusive"},
                "big": {"type": "act", "do": [{"action": "set", "values": {"name": "'big'"}}]},
            },
            [
                *chain("start", "do", "split"),
                {"from": "split", "to": "big", "when": "n = 20"},
                {"from": "split", "to": "end", "default": True},
                {"from": "big", "to": "end"},
            ],
        ),
    )
    note = app.create("note", n="1")
    app.admin.post(f"{app.at}/flows/way/runs", {"record": note["id"]})
    found = app.admin.get(f"{app.records('note')}/{note['id']}")
    assert (found["n"], found["name"]) == ("20", "big")
    assert len(app.admin.get(app.records("note"), filter="n = 21")["records"]) == 1


def test_a_wait_ends_by_the_clock(designed: Designing) -> None:
    app = designed(
        NOTE,
        flow(
            {
                "pause": {"type": "wait", "for": "1s"},
                "do": {"type": "act", "do": [{"action": "set", "values": {"name": "'late'"}}]},
            },
            chain("start", "pause", "do", "end"),
        ),
    )
    note = app.create("note")
    run = app.admin.post(f"{app.at}/flows/way/runs", {"record": note["id"]})
    assert run["state"] == "waiting"
    until(
        lambda: app.admin.get(f"{app.records('note')}/{note['id']}")["name"] == "late",
        "the timer",
    )
    assert app.admin.get(f"/api/runs/{run['id']}")["state"] == "done"


def test_a_deadline_reminds(designed: Designing, people: People) -> None:
    person, client = people.add("slow")
    app = designed(
        NOTE,
        flow(
            {
                "ask": {
                    "type": "approve",
                    "label": "Ask",
                    "who": [{"type": "field", "field": "who"}],
                    "deadline": {"after": "2s", "remind": ["-1s"], "then": "remind"},
                }
            },
            [
                {"from": "start", "to": "ask"},
                {"from": "ask", "to": "end", "on": "agreed"},
                {"from": "ask", "to": "end", "on": "refused"},
            ],
        ),
        role("r", everything("note")),
    )
    app.members("r", person)
    note = app.create("note", who=person["id"])
    app.admin.post(f"{app.at}/flows/way/runs", {"record": note["id"]})
    until(
        lambda: len(client.get("/api/notifications")["notifications"]) >= 3,
        "the question and two reminders",
    )
    assert mine(client, note)["late"] is True
    assert decide(client, mine(client, note), "agree").status == 200


def test_no_way_on_blocks_and_can_be_skipped(designed: Designing) -> None:
    app = designed(
        NOTE,
        flow(
            {"split": {"type": "exclusive"}},
            [{"from": "start", "to": "split"}, {"from": "split", "to": "end", "when": "n > 5"}],
        ),
    )
    note = app.create("note", n="1")
    run = app.admin.post(f"{app.at}/flows/way/runs", {"record": note["id"]})
    assert run["state"] == "blocked"
    assert app.admin.get(f"/api/runs/{run['id']}")["state"] == "blocked"
    skipped = app.admin.call("POST", f"/api/runs/{run['id']}/skip", {})
    assert skipped.status == 200 and skipped.json["state"] == "done"


def test_somebody_without_a_superior_does_not_stick(designed: Designing, people: People) -> None:
    app = designed(
        NOTE,
        flow(
            {
                "ask": {
                    "type": "approve",
                    "label": "Ask",
                    "who": [{"type": "manager", "of": "starter", "level": 1}],
                }
            },
            [
                {"from": "start", "to": "ask"},
                {"from": "ask", "to": "end", "on": "agreed"},
                {"from": "ask", "to": "end", "on": "refused"},
            ],
        ),
    )
    note = app.create("note")
    run = app.admin.post(f"{app.at}/flows/way/runs", {"record": note["id"]})
    assert run["state"] in ("done", "waiting", "blocked")
    found = app.admin.get(f"/api/runs/{run['id']}")
    assert found["log"], "the run says why"


def test_a_running_flow_keeps_its_release(designed: Designing, people: People) -> None:
    person, client = people.add("keeper")

    def way(text: str) -> Any:
        return flow(
            {
                "ask": {
                    "type": "approve",
                    "label": "Ask",
                    "who": [{"type": "field", "field": "who"}],
                },
                "do": {"type": "act", "do": [{"action": "set", "values": {"name": text}}]},
            },
            [
                {"from": "start", "to": "ask"},
                {"from": "ask", "to": "do", "on": "agreed"},
                {"from": "ask", "to": "end", "on": "refused"},
                {"from": "do", "to": "end"},
            ],
        )

    app = designed(NOTE, way("'old'"), role("r", everything("note")))
    app.members("r", person)
    notes = [app.create("note", who=person["id"])]
    app.admin.post(f"{app.at}/flows/way/runs", {"record": notes[0]["id"]})
    app.put(way("'new'"))
    app.publish()
    notes.append(app.create("note", who=person["id"]))
    app.admin.post(f"{app.at}/flows/way/runs", {"record": notes[1]["id"]})
    for note in notes:
        assert decide(client, mine(client, note), "agree").status == 200
    names = [app.admin.get(f"{app.records('note')}/{each['id']}")["name"] for each in notes]
    assert names == ["old", "new"]

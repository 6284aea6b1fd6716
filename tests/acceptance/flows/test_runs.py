"""Runs with a real worker and clock: actions, waits, deadlines, incidents, releases."""

from __future__ import annotations

import itertools
from typing import Any

from tests.acceptance.client import until
from tests.acceptance.conftest import Designing, People
from tests.acceptance.definitions import everything, form, role
from tests.acceptance.flows.firm import decide, mine


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

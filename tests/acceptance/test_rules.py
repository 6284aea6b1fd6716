"""Rules with a real worker: each trigger, each action, refusals, cascades."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.client import until
from tests.acceptance.conftest import App, Designing, People
from tests.acceptance.definitions import everything, form, role

CARD = form(
    "card",
    {
        "name": {"type": "text", "label": "Name"},
        "stage": {
            "type": "choice",
            "label": "Stage",
            "options": [{"value": each, "label": each} for each in ("new", "open", "done")],
        },
        "n": {"type": "number", "label": "N", "scale": 0},
        "note": {"type": "text", "label": "Note"},
        "due": {"type": "moment", "label": "Due"},
        "owner": {"type": "person", "label": "Owner"},
    },
    title="{{name}}",
)


def rule(key: str, on: Any, *do: Any, **more: Any) -> Any:
    return {
        "kind": "rule",
        "key": key,
        "format": 1,
        "label": key,
        "form": "card",
        "on": on,
        "do": list(do),
        **more,
    }


def sets(**values: str) -> Any:
    return {"action": "set", "values": values}


@pytest.fixture(scope="module")
def board(designed: Designing) -> App:
    return designed(
        CARD,
        rule("made", {"event": "created"}, sets(note="'made'"), when="name = 'made'"),
        rule(
            "moved",
            {"event": "updated", "fields": ["stage"]},
            sets(note="old.stage"),
            when="name = 'moved'",
        ),
        rule(
            "true",
            {"event": "becomes_true"},
            sets(n="n + 1"),
            when="stage = 'done' and name = 'true'",
        ),
        rule("filler", {"event": "created"}, sets(note="'filled'"), when="name = 'filled'"),
        rule("filled", {"event": "becomes_true"}, sets(n="n + 1"), when="note = 'filled'"),
        rule("loop", {"event": "updated"}, sets(n="n + 1"), when="name = 'loop'"),
        rule(
            "stop",
            {"event": "created"},
            {"action": "refuse", "text": "Not {{name}}", "field": "name"},
            phase="before",
            when="name = 'refused'",
        ),
        rule(
            "before",
            {"event": "created"},
            sets(n="1"),
            sets(note="'n is ' & TEXT(n)"),
            phase="before",
            when="name = 'before'",
        ),
        rule("due", {"event": "reached", "field": "due"}, sets(note="'due'"), when="name = 'due'"),
    )


def read(board: App, card: Any) -> Any:
    return board.admin.get(f"{board.records('card')}/{card['id']}")


def test_created(board: App) -> None:
    card = board.create("card", name="made")
    until(lambda: read(board, card)["note"] == "made", "the rule")


def test_updated_with_old(board: App) -> None:
    card = board.create("card", name="moved", stage="new")
    at = f"{board.records('card')}/{card['id']}"
    board.admin.patch(at, {"version": 1, "n": "1"})
    board.admin.patch(at, {"version": 2, "stage": "open"})
    until(lambda: read(board, card)["note"] == "new", "the rule")


def test_becomes_true_once(board: App) -> None:
    card = board.create("card", name="true", stage="new", n="0")
    at = f"{board.records('card')}/{card['id']}"
    board.admin.patch(at, {"version": 1, "stage": "done"})
    now = until(lambda: (found := read(board, card))["n"] == "1" and found, "the rule")
    board.admin.patch(at, {"version": now["version"], "note": "x"})
    mark = board.create("card", name="made")
    until(lambda: read(board, mark)["note"] == "made", "the events after it")
    assert read(board, card)["n"] == "1"


def test_becomes_true_by_what_another_rule_filled_in_counts_once(board: App) -> None:
    card = board.create("card", name="filled", n="0")
    until(lambda: read(board, card)["n"] != "0", "the second rule")
    mark = board.create("card", name="made")
    until(lambda: read(board, mark)["note"] == "made", "the events after it")
    assert (read(board, card)["note"], read(board, card)["n"]) == ("filled", "1")


def test_a_rule_that_triggers_itself_stops(board: App) -> None:
    card = board.create("card", name="loop", n="0")
    board.admin.patch(f"{board.records('card')}/{card['id']}", {"version": 1, "note": "go"})

    def stopped() -> Any:
        log = board.admin.get(f"{board.at}/rules/loop/log")["log"]
        return [each for each in log if each["record"] == card["id"] and each["error"]]

    line = until(stopped, "the guard")[0]
    assert (line["error"], line["label"]) == ("cascade_too_deep", "loop")
    assert int(read(board, card)["n"]) <= 16


def test_refused_before_saving(board: App) -> None:
    at = board.records("card")
    answer = board.admin.call("POST", at, {"name": "refused"})
    assert answer.status == 422 and answer.paths == ["/name"]
    assert answer.json["problems"][0]["code"] == "refused_by_rule"
    assert "Not refused" in answer.json["problems"][0]["message"]
    batch = board.admin.call(
        "POST", f"{at}/batch", {"create": [{"name": "a"}, {"name": "refused"}]}
    )
    assert batch.status == 422 and batch.paths == ["/create/1/name"]


def test_set_before_saving(board: App) -> None:
    card = board.create("card", name="before")
    assert (card["version"], card["n"], card["note"]) == (1, "1", "n is 1")


def test_a_moment_is_reached(board: App) -> None:
    now = datetime.now(UTC)
    card = board.create("card", name="due", due=(now + timedelta(seconds=1)).isoformat())
    later = board.create("card", name="due", due=(now + timedelta(days=30)).isoformat())
    until(lambda: read(board, card)["note"] == "due", "the clock")
    assert read(board, later)["note"] is None


def test_on_schedule(ticking: tuple[App, Any]) -> None:
    app, note = ticking
    at = f"{app.records('note')}/{note['id']}"
    until(lambda: app.admin.get(at)["name"] == "tick", "the next minute", seconds=100)


def test_imports_of_rules_that_are_wrong(board: App) -> None:
    def problems(body: Any) -> Any:
        address = f"{board.design}/definitions/rule/{body['key']}"
        there = board.admin.call("GET", address)
        headers = {"If_Match": there.headers["etag"]} if there.status == 200 else {}
        answer = board.admin.call("PUT", address, body, **headers)
        found = [each for each in answer.json["problems"] if each["severity"] == "error"]
        if answer.status in (200, 201):
            board.admin.call("DELETE", address)
        return answer.status, found

    wrong = (
        rule("w1", {"event": "exploded"}, sets(n="1")),
        rule("w2", {"event": "created"}),
        rule("w3", {"event": "created"}, {"action": "explode"}),
        rule("w4", {"event": "created"}, sets(nothing="1")),
        rule("w5", {"event": "created"}, sets(n="'x'")),
        rule("w6", {"event": "created"}, sets(n="1"), when="n +"),
        rule("w7", {"event": "schedule", "cron": "61 * * * *"}, sets(n="1")),
        rule("w8", {"event": "reached", "field": "name"}, sets(n="1")),
        rule(
            "w9",
            {"event": "created"},
            {"action": "assign", "field": "name", "among": [{"type": "starter"}]},
        ),
        {**rule("w10", {"event": "created"}, sets(n="1")), "form": "nothing"},
        {**rule("w11", {"event": "created"}, sets(n="1")), "surprise": 1},
        rule(
            "w12",
            {"event": "created"},
            {"action": "notify", "to": [{"type": "role", "role": "none"}], "text": "{{nothing}}"},
        ),
    )
    for body in wrong:
        status, found = problems(body)
        assert status in (200, 201, 400, 422) and found, body["key"]


def test_notifications_reach_their_people(designed: Designing, people: People) -> None:
    person, client = people.add("reader")
    app = designed(
        CARD,
        rule(
            "tell",
            {"event": "created"},
            {
                "action": "notify",
                "to": [{"type": "field", "field": "owner"}, {"type": "role", "role": "all"}],
                "text": {"zh-Hans": "新卡：{{name}}", "en": "New: {{name}}"},
            },
        ),
        role("all", everything("card")),
    )
    app.members("all", person)
    card = app.create("card", name="<b>x</b>", owner=person["id"])
    (found,) = until(lambda: client.get("/api/notifications")["notifications"], "the news")
    assert found["text"] == "New: <b>x</b>" and found["read"] is False
    assert found["link"] == f"/apps/{app.key}/card/{card['id']}"
    assert client.post("/api/notifications/read", {"ids": [found["id"]]})["unread"] == 0


def test_rules_of_forms_with_computed_fields(designed: Designing) -> None:
    computed = {
        **CARD["fields"],
        "twice": {"type": "formula", "label": "T", "returns": "number", "formula": "n * 2"},
    }
    app = designed(
        {**CARD, "fields": computed},
        rule("made", {"event": "created"}, sets(note="CONCAT('n', twice)")),
        rule("low", {"event": "created"}, sets(n="0.5"), when="name = 'low'", phase="before"),
    )
    card = app.create("card", name="a", n="2")
    at = f"{app.records('card')}/{card['id']}"
    until(lambda: app.admin.get(at)["note"] == "n4", "the rule")
    assert app.admin.call("GET", f"{app.at}/rules/nothing/log").status == 404


def test_a_value_set_before_saving_that_the_form_refuses(designed: Designing) -> None:
    limited = {**CARD["fields"], "n": {"type": "number", "label": "N", "min": 0}}
    app = designed(
        {**CARD, "fields": limited},
        rule("below", {"event": "created"}, sets(n="0 - 5"), phase="before"),
    )
    answer = app.admin.call("POST", app.records("card"), {"name": "a"})
    assert answer.status == 422, answer.content
    assert [(each["path"], each["code"]) for each in answer.json["problems"]] == [
        ("/n", "below_minimum")
    ]

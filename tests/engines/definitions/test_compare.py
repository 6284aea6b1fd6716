"""Differences between two states of an application."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from engines.definitions import compare

FORM: dict[str, Any] = {
    "kind": "form",
    "key": "lead",
    "label": "线索",
    "fields": {
        "name": {"type": "text", "label": "名称"},
        "stage": {
            "type": "choice",
            "options": [{"value": "new", "label": "新"}, {"value": "won", "label": "赢"}],
        },
        "amount": {"type": "money"},
    },
    "unique": [["name"]],
}
FLOW: dict[str, Any] = {"kind": "flow", "key": "f", "nodes": {}, "picture": {"a": [1, 2]}}


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    key = (before["kind"], before["key"])
    return [(each.change, each.path) for each in compare({key: before}, {key: after})]


def changed(change: Any) -> list[tuple[str, str]]:
    after = deepcopy(FORM)
    change(after)
    return changes(FORM, after)


def test_nothing_changed() -> None:
    assert changed(lambda form: None) == []


def test_definitions_come_and_go() -> None:
    found = compare({("form", "a"): FORM}, {("form", "b"): FORM})
    assert [(each.change, each.key, each.path) for each in found] == [
        ("added", "b", ""),
        ("removed", "a", ""),
    ]


def test_properties_by_path() -> None:
    assert changed(lambda form: form["fields"]["amount"].update(min=0)) == [
        ("added", "/fields/amount/min")
    ]
    assert changed(lambda form: form["fields"]["name"].pop("label")) == [
        ("removed", "/fields/name/label")
    ]
    assert changed(lambda form: form.update(label="客户")) == [("changed", "/label")]
    assert changed(lambda form: form["fields"].pop("amount")) == [("removed", "/fields/amount")]


def test_options_are_known_by_their_value() -> None:
    def insert(form: Any) -> None:
        form["fields"]["stage"]["options"].insert(0, {"value": "cold", "label": "冷"})

    assert changed(insert) == [("added", "/fields/stage/options/0")]

    def rename(form: Any) -> None:
        form["fields"]["stage"]["options"][1]["label"] = "成交"

    assert changed(rename) == [("changed", "/fields/stage/options/1/label")]

    def turn(form: Any) -> None:
        form["fields"]["stage"]["options"].reverse()

    assert changed(turn) == [("changed", "/fields/stage/options")]


def test_the_order_of_fields_matters_and_that_of_properties_does_not() -> None:
    def move(form: Any) -> None:
        form["fields"]["name"] = form["fields"].pop("name")

    assert changed(move) == [("changed", "/fields")]

    def shuffle(form: Any) -> None:
        form["fields"]["name"] = {"label": "名称", "type": "text"}

    assert changed(shuffle) == []


def test_yes_is_not_one() -> None:
    assert changes({**FORM, "x": True}, {**FORM, "x": 1}) == [("changed", "/x")]


def test_the_picture_of_a_flow_has_no_meaning() -> None:
    assert changes(FLOW, {**FLOW, "picture": {"a": [9, 9]}}) == []

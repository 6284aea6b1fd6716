"""Bad definitions are told where and why, quickly, and never read."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from engines.definitions import key_problems, read
from engines.definitions.keys import FORMULA_WORDS, MAX_KEY
from engines.definitions.upgrades import Upgrade
from engines.formulas.parse import WORDS
from engines.problems import Problems
from engines.values import read_json

DASHBOARD: dict[str, Any] = {
    "kind": "dashboard",
    "key": "sales",
    "format": 1,
    "label": "销售",
    "widgets": [{"report": "pipeline", "at": [0, 0, 6, 4]}],
}


def codes(data: Any, **expected: Any) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as refused:
        read(data, **expected)
    return [(each.path, each.code) for each in refused.value.problems]


def form(fields: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "form", "key": "lead", "format": 1, "label": "线索", "fields": fields}


def test_every_problem_at_once_with_its_path() -> None:
    body = {**DASHBOARD, "colour": "red", "refresh": "often", "widgets": [{"at": [0, 0, 6]}]}
    assert sorted(codes(body)) == [
        ("/colour", "unknown_property"),
        ("/refresh", "wrong_json_type"),
        ("/widgets/0/at", "too_few_items"),
        ("/widgets/0/report", "missing_property"),
    ]


def test_unknown_kinds_are_named_where_they_stand() -> None:
    assert codes({**DASHBOARD, "kind": "gadget"}) == [("/kind", "unknown_kind")]
    body = form({"name": {"type": "text"}}) | {"views": {"v": {"type": "gantt"}}}
    assert codes(body) == [("/views/v/type", "unknown_kind")]


def test_what_was_expected() -> None:
    assert codes(DASHBOARD, kind="report") == [("/kind", "kind_differs")]
    assert codes(DASHBOARD, key="other") == [("/key", "key_differs")]
    assert codes([]) == [("", "wrong_json_type")]
    assert [code for _, code in codes({})] == ["missing_property"] * 3


def test_widgets_stay_on_the_grid() -> None:
    body = {**DASHBOARD, "widgets": [{"report": "a", "at": [8, 0, 6, 4]}]}
    assert codes(body) == [("/widgets/0/at", "not_on_the_grid")]


@pytest.mark.parametrize(
    "key",
    [
        "__class__",
        "a__b",
        "0",
        '"x',
        "😀",
        "a" * 200,
        "Name",
        "name ",
        " name",
        "名称",
        "a-b",
        "",
        "a_",
    ],
)
def test_field_keys_that_are_none(key: str) -> None:
    path = "/fields/" + key[:80]
    found = codes(form({key: {"type": "text"}}))
    assert found in ([(path, "not_a_key")], [(path, "key_too_long")])


@pytest.mark.parametrize("key", ["id", "version", "created_at", "release", "and", "old", "label"])
def test_field_keys_that_are_reserved(key: str) -> None:
    assert codes(form({key: {"type": "text"}})) == [(f"/fields/{key}", "reserved_key")]


def test_sql_words_are_ordinary_keys() -> None:
    words = ("order", "select", "user", "table", "from")
    for word in words:
        assert read(form({word: {"type": "text"}})).body["fields"]
    assert key_problems("x" * MAX_KEY) == ()


def test_the_reserved_words_are_those_of_the_formulas() -> None:
    assert FORMULA_WORDS == WORDS


@pytest.mark.parametrize("key", ["__proto__", "constructor", "prototype"])
def test_prototype_keys_anywhere(key: str) -> None:
    text = json.dumps({**DASHBOARD, "widgets": [{"report": "a", "at": [0, 0, 1, 1], key: 1}]})
    with pytest.raises(Problems) as refused:
        read_json(text)
    assert refused.value.problems[0].code == "forbidden_key"
    assert codes({**DASHBOARD, key: {}}) == [(f"/{key}", "forbidden_key")]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": 1e400}',
        '{"a": 1' + "0" * 40 + "}",
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
        '{"a": 1, "a": 2}',
        "﻿{}",
        "",
        "{",
        "[" * 10_000 + "]" * 10_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
    ],
)
def test_json_that_is_refused(text: str) -> None:
    with pytest.raises(Problems):
        read_json(text)


def test_other_encodings_are_refused() -> None:
    for encoding in ("utf-16", "utf-8-sig", "gbk"):
        with pytest.raises(Problems):
            read_json('{"label": "客户"}'.encode(encoding))


def test_monsters_are_refused_in_a_second() -> None:
    begun = time.perf_counter()
    many = {**DASHBOARD, "widgets": [{"report": "a", "at": [0, 0, 1, 1]}] * 100_000}
    assert codes(many) == [("", "definition_too_large")]
    deep: Any = {}
    for _ in range(10_000):
        deep = {"a": deep}
    assert codes({**DASHBOARD, "x": deep}) == [("", "json_too_deep")]
    reference = {**DASHBOARD, "$ref": "#"}
    assert codes(reference) == [("/$ref", "unknown_property")]
    assert time.perf_counter() - begun < 5


def test_formats() -> None:
    assert codes({**DASHBOARD, "format": 2}) == [("/format", "format_too_new")]
    assert codes({**DASHBOARD, "format": 0}) == [("/format", "wrong_json_type")]
    assert codes({**DASHBOARD, "format": True}) == [("/format", "wrong_json_type")]


def test_old_formats_are_lifted_step_by_step() -> None:
    steps = (
        Upgrade("dashboard", 3, lambda body: {**body, "refresh": body["refresh"] * 60}),
        Upgrade(
            "dashboard",
            2,
            lambda body: {
                **{key: value for key, value in body.items() if key != "every"},
                "refresh": body["every"],
            },
        ),
        Upgrade("report", 2, lambda body: {}),
    )
    old = {**DASHBOARD, "every": 5}
    found = read(old, steps=steps)
    assert found.format == 3
    assert found.body["refresh"] == 300
    assert "every" not in found.body
    assert "every" in old, "what was given is left alone"
    middle = read({**DASHBOARD, "format": 2, "refresh": 2}, steps=steps)
    assert middle.body["refresh"] == 120
    assert codes({**DASHBOARD, "format": 4}, steps=steps) == [("/format", "format_too_new")]

"""Texts with placeholders: what is inserted, how it is written, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engines.actions.reading import Reading, scope_of
from engines.actions.template import Template, compile_template, tell, told
from engines.texts import Text
from tests.support.definitions import compiled, env, money

FORMS = compiled()


def template(source: Text) -> tuple[Template, list[str]]:
    form = FORMS["quote"]
    reading = Reading(form, FORMS, scope_of(form, FORMS))
    made = compile_template(source, reading, "/text")
    return made, [each.code for each in reading.problems]


def written(source: Text, language: str = "zh-Hans", **values: Any) -> str:
    made, problems = template(source)
    assert problems == []
    names: dict[tuple[str, ...], str] = {("owner",): "王芳", ("customer",): "华星科技"}
    return tell(told(made, env(**values), names), lambda _: None)[language]


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("新线索：{{name}}", {"name": "甲"}, "新线索：甲"),
        ("{{ total | money }}", {"total": money("1200.5")}, "1,200.50"),
        ("{{total|number}}", {"total": money("-1234567.5")}, "-1,234,567.5"),
        ("{{discount|percent}}", {"discount": money("0.125")}, "12.5%"),
        ("{{total}}", {"total": money("1200.50")}, "1200.5"),
        ("{{due}}", {"due": date(2026, 11, 21)}, "2026-11-21"),
        ("{{due|month}}", {"due": date(2026, 11, 21)}, "2026-11"),
        (
            "{{signed_at}}",
            {"signed_at": datetime(2026, 11, 21, 16, 5, tzinfo=UTC)},
            "2026-11-22 00:05",
        ),
        ("{{signed_at|time}}", {"signed_at": datetime(2026, 11, 21, 16, 5, tzinfo=UTC)}, "00:05"),
        ("{{stage}}", {"stage": "won"}, "赢单"),
        ("{{owner}} / {{customer}}", {"owner": 3, "customer": 8}, "王芳 / 华星科技"),
        ("{{customer.name}}", {"customer__name": "华星"}, "华星"),
        ("{{customer.level}}", {"customer__level": "a"}, "重点"),
        ("{{name}}，{{due}}", {"name": None, "due": None}, "—，—"),
    ],
)
def test_placeholders(source: str, values: dict[str, Any], expected: str) -> None:
    assert written(source, **values) == expected


def test_each_language_has_its_own_text_and_labels() -> None:
    source = {"zh-Hans": "阶段 {{stage}}", "en": "Stage {{stage}}"}
    assert written(source, stage="draft") == "阶段 草稿"
    assert written(source, "en", stage="draft") == "Stage Draft"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{gone}}", "placeholder_unknown"),
        ("{{customer.gone}}", "placeholder_unknown"),
        ("{{name.length}}", "placeholder_unknown"),
        ("{{__class__}}", "placeholder_malformed"),
        ("{{name.__class__}}", "placeholder_malformed"),
        ("{{total + 1}}", "placeholder_malformed"),
        ("{{}}", "placeholder_malformed"),
        ("{ {name} } {{{name}}}", "placeholder_malformed"),
        ("{{name", "placeholder_malformed"),
        ("{{name}} name}}", "placeholder_malformed"),
        ("{{total|hex}}", "placeholder_format_unknown"),
        ("{{name|money}}", "placeholder_format_unfit"),
        ("{{total|date}}", "placeholder_format_unfit"),
    ],
)
def test_what_cannot_be_inserted_is_refused(source: str, code: str) -> None:
    assert template(source)[1] == [code]


def test_values_are_never_read_as_templates() -> None:
    assert written("{{name}}", name="{{total}}") == "{{total}}"


def test_what_must_be_loaded() -> None:
    made, _ = template("{{owner}} {{customer.owner}} {{customer.name}} {{name}}")
    assert made.paths == {("customer", "owner"), ("customer", "name")}
    assert made.names == {("owner",), ("customer", "owner")}

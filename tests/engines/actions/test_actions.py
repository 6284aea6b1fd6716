"""Actions: options are checked, effects say exactly what is to be done."""

from __future__ import annotations

from typing import Any

import pytest

from engines.actions.action import ActionPlan, Cause
from engines.actions.do import compile_actions, perform
from engines.actions.effect import Effect, plain
from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading, scope_of
from tests.support.definitions import answered, compiled, env, money

FORMS = compiled()
CAUSE = Cause("rule", "e1", 1)


def actions(
    *entries: dict[str, Any], form: str = "quote"
) -> tuple[tuple[ActionPlan, ...], list[Any]]:
    plan = FORMS[form]
    reading = Reading(plan, FORMS, scope_of(plan, FORMS))
    made = compile_actions(entries, reading, "/do", place="after")
    return made, [(each.path, each.code, each.severity) for each in reading.problems]


def effects(*entries: dict[str, Any], form: str = "quote", **values: Any) -> tuple[Effect, ...]:
    made, problems = actions(*entries, form=form)
    assert [each for each in problems if each[2] == "error"] == []
    facts = answered({PeopleQuery("role", key="sales"): (3, 4)})
    found, go_on = perform(made, env(**values), facts, CAUSE)
    assert go_on is None
    return found


def test_actions_wait_for_what_those_before_them_change() -> None:
    assign = {"action": "assign", "field": "owner", "among": [{"type": "role", "role": "sales"}]}
    create = {"action": "create_record", "form": "quote", "values": {"owner": "owner"}}
    made, _ = actions(create, assign, create)
    facts = answered({PeopleQuery("role", key="sales"): (3, 4)})
    found, go_on = perform(made, env(owner=None), facts, CAUSE)
    assert [each.kind for each in found] == ["create_record", "assign"] and go_on == 2
    (later,), go_on = perform(made, env(owner=3), facts, CAUSE, first=2)
    assert later.payload["values"] == {"owner": 3} and go_on is None
    assert later.key.endswith(".2")


def test_set_writes_only_what_differs_and_rounds_to_the_field() -> None:
    entry = {
        "action": "set",
        "values": {"discount": "total / 3", "stage": "'sent'", "owner": "USER()"},
    }
    (effect,) = effects(entry, total=money("100"), stage="sent", owner=5, discount=None)
    assert effect.payload == {"values": {"discount": "33.3", "owner": 1}}
    assert effects({"action": "set", "values": {"stage": "'sent'"}}, stage="sent") == ()


def test_create_record_links_back_and_warns_about_required_fields() -> None:
    entry = {
        "action": "create_record",
        "form": "quote",
        "values": {"customer": "id", "name": "name", "due": "DATEADD(TODAY(), 1, 'day')"},
    }
    (effect,) = effects(entry, form="customer", id=7, name="华星")
    assert effect.payload == {
        "form": "quote",
        "values": {"customer": 7, "name": "华星", "due": "2026-11-24"},
    }
    _, problems = actions({**entry, "values": {"due": "TODAY()"}}, form="customer")
    assert problems == [("/do/0/values", "required_field_not_set", "warning")]


def test_assign_names_candidates_and_a_pointer_that_stays() -> None:
    entry = {
        "action": "assign",
        "field": "owner",
        "method": "least_open",
        "among": [{"type": "role", "role": "sales"}],
        "open_when": "stage != 'won'",
    }
    (effect,) = effects(entry)
    assert effect.payload == {
        "field": "owner",
        "method": "least_open",
        "people": [3, 4],
        "pointer": "rule.0",
        "open_when": "stage != 'won'",
        "only_empty": False,
    }


def test_notify_tells_nobody_when_there_is_nobody() -> None:
    entry = {"action": "notify", "to": [{"type": "field", "field": "owner"}], "text": "x"}
    assert effects(entry, owner=None) == ()
    (effect,) = effects(entry, owner=3)
    assert effect.payload["people"] == [3]


def test_keys_are_stable_and_different() -> None:
    entry = {"action": "create_record", "form": "customer", "values": {"name": "name"}}
    found = effects(entry, entry, name="a")
    assert [each.key for each in found] == ["e1.0", "e1.1"]


def test_only_known_effects_and_plain_values() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        Effect("explode", "k")
    with pytest.raises(TypeError):
        plain(object())
    assert plain((money("1.50"), None, True)) == ["1.5", None, True]


def test_a_list_that_is_still_empty_is_a_problem_and_not_a_refusal() -> None:
    assert actions()[1] == [("/do", "no_actions", "error")]
    _, problems = actions({"action": "notify", "to": [], "text": "x"})
    assert problems == [("/do/0/to", "nobody_chosen", "error")]
    _, problems = actions({"action": "assign", "field": "owner", "among": []})
    assert problems == [("/do/0/among", "nobody_chosen", "error")]

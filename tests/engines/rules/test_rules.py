"""Rules: triggers, conditions with explanations, actions before and after saving."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engines.actions.people import PeopleQuery
from engines.problems import Problems
from engines.rules.compile import RulePlan, compile_rule
from engines.rules.evaluate import Outcome, evaluate
from engines.rules.rule import rule_schema
from engines.rules.trigger import Happening
from engines.rules.triggers.reached import Reaching
from tests.support.definitions import answered, compiled, env, money

CREATED = Happening("created", frozenset({"name", "stage"}))


def body(on: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "rule",
        "key": "a_rule",
        "format": 1,
        "label": "规则",
        "form": "quote",
        "on": on or {"event": "created"},
        "do": [{"action": "set", "values": {"stage": "'sent'"}}],
        **more,
    }


def rule(on: dict[str, Any] | None = None, **more: Any) -> RulePlan:
    whole = body(on, **more)
    Draft202012Validator(rule_schema()).validate(whole)
    return compile_rule(whole, compiled())


def codes(on: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        compile_rule(
            body(on, **more),
            compiled(),
            roles=frozenset({"sales"}),
            flows={"approval": "quote", "renewal": "customer"},
        )
    return [(each.path, each.code) for each in caught.value.problems]


def test_a_rule_after_saving_hands_out_effects() -> None:
    plan = rule(
        when="stage in ['draft','sent'] and total > 100",
        do=[
            {
                "action": "assign",
                "field": "owner",
                "among": [{"type": "role", "role": "sales"}, {"type": "person", "person": "li"}],
            },
            {"action": "set", "values": {"discount": "total / 3"}},
            {"action": "notify", "to": [{"type": "starter"}], "text": "新报价：{{name}}"},
            {"action": "start_flow", "flow": "approval"},
        ],
    )
    now = env(stage="draft", total=money("200"), name="甲")
    needs = plan.needs(now, 1)
    assert needs.people == {
        PeopleQuery("role", key="sales"),
        PeopleQuery("username", key="li"),
        PeopleQuery("person", person=1),
    }
    facts = answered(
        {PeopleQuery("role", key="sales"): (3, 4), PeopleQuery("username", key="li"): (4, 5)}
    )

    def asked(first: int = 0) -> Outcome:
        return evaluate(plan, CREATED, facts, now, key="e7:a_rule", starter=1, first=first)

    outcome = asked()
    assert outcome.met and outcome.go_on == 1
    second = asked(1)
    assert second.met and second.go_on == 2 and second.explanation == ()
    third = asked(2)
    assert third.go_on is None
    found = outcome.effects + second.effects + third.effects
    assign, change, notice, start = found
    assert assign.payload["people"] == [3, 4, 5]
    assert assign.payload["pointer"] == "a_rule.0"
    assert change.payload == {"values": {"discount": "66.7"}}
    said = ["新报价：", {"text": "甲", "path": "name"}]
    assert notice.payload == {"people": [1], "text": {"zh-Hans": said, "en": said}}
    assert start.payload == {"flow": "approval", "starter": 1}
    assert [effect.key for effect in found] == [
        "e7:a_rule.0",
        "e7:a_rule.1",
        "e7:a_rule.2",
        "e7:a_rule.3",
    ]
    assert asked() == outcome


def test_the_explanation_names_each_clause_and_its_values() -> None:
    plan = rule(when="total > 100 and customer.level = 'a' and stage != 'won'")
    assert plan.paths == {("customer", "level")}
    outcome = evaluate(
        plan, CREATED, answered({}), env(total=money("50"), customer__level="a", stage=None)
    )
    assert not outcome.met
    assert [each.to_json() for each in outcome.explanation] == [
        {"clause": "total > 100", "met": False, "values": {"total": "50"}},
        {"clause": "customer.level = 'a'", "met": True, "values": {"customer.level": "a"}},
        {"clause": "stage != 'won'", "met": None, "values": {"stage": None}},
    ]


def test_before_saving_values_are_merged_and_a_refusal_is_a_problem() -> None:
    plan = rule(phase="before", when="total > 100")
    outcome = evaluate(plan, CREATED, answered({}), env(total=money("101"), stage="draft"))
    assert outcome.values == {"stage": "sent"}
    assert outcome.effects == ()
    plan = rule(
        phase="before",
        do=[{"action": "refuse", "text": "{{name}} 不行", "field": "name"}],
    )
    outcome = evaluate(plan, CREATED, answered({}), env(name="甲"))
    (refusal,) = outcome.problems
    assert (refusal.path, refusal.code) == ("/name", "refused_by_rule")
    assert refusal.params["text"]["zh-Hans"] == [{"text": "甲", "path": "name"}, " 不行"]  # type: ignore[index]


def test_updated_listens_to_fields_and_reads_old_values() -> None:
    plan = rule({"event": "updated", "fields": ["stage"]}, when="old.stage != stage")
    assert plan.concerns(Happening("updated", frozenset({"stage", "name"})), "after")
    assert not plan.concerns(Happening("updated", frozenset({"name"})), "after")
    assert not plan.concerns(Happening("created", frozenset({"stage"})), "after")
    assert not plan.concerns(Happening("updated", frozenset({"stage"})), "before")
    now = env(stage="sent", old={"stage": "draft"})
    assert evaluate(plan, Happening("updated"), answered({}), now).met
    assert not rule({"event": "created"}, active=False).concerns(CREATED, "after")


def test_becomes_true_only_at_the_edge() -> None:
    plan = rule({"event": "becomes_true"}, when="total > 100", do=[_notice()])
    updated = Happening("updated", frozenset({"total"}))
    facts = answered({})
    assert evaluate(plan, CREATED, facts, env(total=money("101"))).met
    rose = env(total=money("101"), old={"total": money("99")})
    assert evaluate(plan, updated, facts, rose).met
    stayed = env(total=money("102"), old={"total": money("101")})
    assert not evaluate(plan, updated, facts, stayed).met
    assert not evaluate(plan, updated, facts, env(total=None, old={"total": None})).met


def _notice() -> dict[str, Any]:
    return {"action": "notify", "to": [{"type": "field", "field": "owner"}], "text": "x"}


def test_schedule_runs_by_the_clock_of_the_application() -> None:
    plan = rule({"event": "schedule", "cron": "0 9 * * mon"}, do=[_notice()])
    moment = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    assert plan.next_after(moment, "Asia/Shanghai") == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_reached_counts_from_the_date_at_a_time_of_day() -> None:
    plan = rule({"event": "reached", "field": "due", "offset": "-3d", "at": "09:30"})
    reaching = plan.options
    assert isinstance(reaching, Reaching)
    moment = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)
    assert reaching.moment(date(2026, 11, 30), "Asia/Shanghai") == moment
    assert reaching.moment(None, "Asia/Shanghai") is None
    _, (first, last) = reaching.window(
        datetime(2026, 11, 27, 1, 0, tzinfo=UTC), moment, "Asia/Shanghai"
    )
    assert first <= date(2026, 11, 30) <= last
    plan = rule({"event": "reached", "field": "signed_at", "offset": "8h"})
    assert isinstance(plan.options, Reaching)
    assert plan.options.moment(moment, "UTC") == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


def test_everything_wrong_is_said_at_once() -> None:
    found = codes(
        {"event": "updated", "fields": ["stage", "nothing"]},
        when="total > ",
        do=[
            {"action": "set", "values": {"half": "1", "gone": "1", "total": "'text'"}},
            {"action": "refuse", "text": "x"},
            {"action": "assign", "field": "name", "among": [{"type": "role", "role": "nobody"}]},
            {"action": "create_record", "form": "invoice", "values": {"a": "1"}},
            {"action": "notify", "to": [{"type": "field", "field": "name"}], "text": "{{secret}}"},
            {"action": "start_flow", "flow": "gone"},
            {"action": "start_flow", "flow": "renewal"},
        ],
    )
    assert found[0] == ("/on/fields/1", "no_such_field")
    assert found[1][0] == "/when"
    assert found[2:] == [
        ("/do/0/values/half", "field_is_computed"),
        ("/do/0/values/gone", "no_such_field"),
        ("/do/0/values/total", "wrong_result_type"),
        ("/do/1/action", "action_not_here"),
        ("/do/2/field", "not_a_person_field"),
        ("/do/2/among/0/role", "no_such_role"),
        ("/do/3/form", "no_such_form"),
        ("/do/4/to/0/field", "not_a_person_field"),
        ("/do/4/text", "placeholder_unknown"),
        ("/do/5/flow", "no_such_flow"),
        ("/do/6/flow", "flow_of_another_form"),
    ]


@pytest.mark.parametrize(
    ("on", "more", "expected"),
    [
        ({"event": "schedule", "cron": "61 * * * *"}, {}, ("/on/cron", "not_a_schedule")),
        (
            {"event": "schedule", "cron": "0 9 * * *"},
            {"phase": "before"},
            ("/phase", "phase_not_here"),
        ),
        ({"event": "reached", "field": "name"}, {}, ("/on/field", "not_a_date_field")),
        ({"event": "deleted"}, {}, ("/do/0/action", "action_not_here")),
        ({"event": "becomes_true"}, {}, ("/when", "condition_needed")),
    ],
)
def test_triggers_are_checked(
    on: dict[str, Any], more: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in codes(on, **more)

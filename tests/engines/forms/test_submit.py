"""Submissions: the same reading, defaults, checks and formulas for whoever writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from engines.forms.needs import needs
from engines.forms.serials import SerialNeed, finished, need
from engines.forms.submission import Facts, PathNeed, Reference, Submission
from engines.forms.submit import complete, read_body
from tests.engines.forms.forms import CUSTOMER, ORDER, changed, env, plans

FORMS = plans()
PLAN = FORMS["order"]
VIP = {("customer", "level"): "vip", ("customer", "double_credit"): Decimal(500)}
FACTS = Facts(links=VIP, serials={"no": 12})


def create(body: Mapping[str, Any], facts: Facts = FACTS, plan: Any = PLAN) -> Submission:
    return complete(plan, read_body(plan, body), None, env(), facts)


def told(found: Submission) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in found.problems]


def test_a_record_is_completed() -> None:
    made = create({"customer": 5, "price": "10.25", "quantity": 4})
    assert told(made) == []
    assert made.values["no"] == "DD2026110012"
    assert made.values["stage"] == "draft"
    assert made.values["owner"] == 1
    assert made.values["paid"] is False
    assert made.values["subtotal"] == Decimal("41")
    assert made.values["with_tax"] == Decimal("46.33")
    assert "level" not in made.values  # live
    assert made.changed == {
        "no", "customer", "price", "quantity", "stage", "owner", "paid", "subtotal", "with_tax",
    }  # fmt: skip


def test_what_was_sent_beats_the_default_even_when_empty() -> None:
    assert create({"customer": 5, "owner": None}).values["owner"] is None
    assert create({"customer": 5, "owner": 3}).values["owner"] == 3


def test_unknown_computed_system_and_read_only_fields_are_refused() -> None:
    body = {"customer": 5, "nope": 1, "subtotal": 1, "level": "vip", "id": 7, "created_by": 1}
    assert told(create(body)) == [
        ("/nope", "unknown_field"),
        ("/subtotal", "field_not_writable"),
        ("/level", "field_not_writable"),
        ("/id", "field_not_writable"),
        ("/created_by", "field_not_writable"),
    ]


def test_rights_decide_what_may_be_written() -> None:
    rights = {"customer": True, "price": False, "secret": True}
    parsed = read_body(
        PLAN, {"customer": 5, "price": 1, "paid": True, "secret": "x"}, writable=rights
    )
    assert [(each.path, each.code) for each in parsed.problems] == [
        ("/price", "field_not_writable"),
        ("/paid", "unknown_field"),  # hidden: not even its existence is told
        ("/secret", "field_not_writable"),
    ]
    application = read_body(PLAN, {"secret": "x"})
    assert application.problems == ()


def test_every_wrong_value_is_told_once() -> None:
    made = create(
        {"customer": "abc", "quantity": "0", "price": "x", "due": "soon", "stage": "none"}
    )
    assert told(made) == [
        ("/customer", "not_a_record"),
        ("/quantity", "below_minimum"),
        ("/price", "not_a_number"),
        ("/due", "not_a_date"),
        ("/stage", "not_an_option"),
    ]


def test_required_fields() -> None:
    assert told(create({})) == [("/customer", "required")]
    assert told(create({"customer": None})) == [("/customer", "required")]
    assert ("/stage", "required") in told(create({"customer": 5, "stage": ""}))


def test_behaviour_shows_hides_and_requires() -> None:
    lost = create({"customer": 5, "price": 1, "stage": "lost"})
    assert told(lost) == [("/reason", "required")]
    assert lost.behaviour.shown == {"reason"}
    won = create({"customer": 5, "price": 1, "stage": "won"})
    assert told(won) == []
    assert won.behaviour.hidden == {"reason"}


def test_a_hidden_field_takes_no_default() -> None:
    body = changed(ORDER, reason={"type": "long_text", "default": "'太贵'"})
    plan = plans({"customer": CUSTOMER, "order": body})["order"]
    assert create({"customer": 5}, plan=plan).values["reason"] is None
    assert (
        create({"customer": 5, "price": 1, "stage": "lost"}, plan=plan).values["reason"] == "太贵"
    )


def test_checks_fail_only_when_false() -> None:
    assert told(create({"customer": 5, "stage": "won", "price": "-1"})) == [
        ("/price", "check_failed")
    ]
    assert told(create({"customer": 5, "stage": "won"})) == []  # empty price: cannot be judged
    common = replace(FACTS, links={**VIP, ("customer", "level"): "common"})
    assert told(create({"customer": 5, "quantity": 101}, common)) == [("", "check_failed")]
    assert told(create({"customer": 5, "quantity": 101})) == []


def test_a_failed_check_says_its_own_sentence() -> None:
    made = create({"customer": 5, "stage": "won", "price": "-1"})
    assert made.problems[0].params["message"] == "单价须大于 0"


CURRENT: Mapping[str, Any] = {
    "no": "DD2026100001", "customer": 5, "stage": "sent", "quantity": Decimal(2),
    "price": Decimal("3.5"), "subtotal": Decimal(7), "with_tax": Decimal("7.91"), "due": None,
    "visit": None, "tags": None, "paid": False, "reason": None, "owner": 1, "unit": None,
    "secret": None,
}  # fmt: skip


def update(body: Mapping[str, Any], current: Mapping[str, Any] = CURRENT) -> Submission:
    parsed = read_body(PLAN, body, partial=True)
    return complete(PLAN, parsed, current, env(2), Facts(links=VIP))


def test_a_partial_change_recomputes_and_leaves_the_rest() -> None:
    found = update({"quantity": 3})
    assert told(found) == []
    assert found.changed == {"quantity", "subtotal", "with_tax"}
    assert found.values["with_tax"] == Decimal("11.87")  # 10.5 * 1.13 = 11.865, half up
    assert found.values["owner"] == 1  # defaults are for new records
    assert found.values["no"] == "DD2026100001"


def test_the_same_value_is_no_change() -> None:
    assert update({"price": "3.50", "quantity": 2}).changed == frozenset()


def test_a_required_field_that_was_empty_before_does_not_stop_other_changes() -> None:
    assert told(update({"paid": True}, {**CURRENT, "customer": None})) == []
    assert told(update({"customer": None})) == [("/customer", "required")]


def test_needs_name_paths_references_and_numbers() -> None:
    parsed = read_body(PLAN, {"customer": 5, "owner": "zhang", "unit": 10})
    asked = needs(PLAN, parsed, None, env())
    assert asked.paths == (PathNeed(("customer", "level"), "customer", 5),)
    assert set(asked.references) == {
        Reference("customer", "form", 5, "customer"),
        Reference("unit", "department", 10, None),
    }
    assert asked.usernames == {"zhang"}
    assert asked.serials == (SerialNeed("no", "202611", 1),)
    again = needs(PLAN, read_body(PLAN, {"customer": 5}, partial=True), CURRENT, env())
    assert (again.references, again.serials) == ((), ())


def test_a_link_that_stays_what_it_was_is_not_asked_for_again() -> None:
    sent = read_body(PLAN, {"customer": CURRENT["customer"]}, partial=True)
    unseen = replace(FACTS, found=frozenset())
    assert told(complete(PLAN, sent, CURRENT, env(), unseen)) == []


def test_people_by_username() -> None:
    facts = replace(FACTS, people={"zhang": 7})
    assert create({"customer": 5, "owner": "zhang"}, facts).values["owner"] == 7
    assert told(create({"customer": 5, "owner": "nobody"}, facts)) == [("/owner", "unknown_person")]


def test_links_to_nothing_are_refused_when_somebody_looked() -> None:
    nothing = replace(FACTS, found=frozenset())
    assert told(create({"customer": 5}, nothing)) == [("/customer", "linked_record_missing")]
    seen = replace(FACTS, found=frozenset({Reference("customer", "form", 5, "customer")}))
    assert told(create({"customer": 5}, seen)) == []


def test_values_set_by_a_rule_join_before_completion() -> None:
    parsed = read_body(PLAN, {"customer": 5}).with_values({"secret": "規", "price": Decimal(2)})
    made = complete(PLAN, parsed, None, env(), FACTS)
    assert made.values["secret"] == "規"
    assert made.values["subtotal"] == Decimal(2)


def test_serial_numbers() -> None:
    day = date(2026, 1, 4)  # a Sunday, in the first ISO week of 2026
    pattern = [{"text": "A-"}, {"date": "YYMMDD"}, {"counter": 3, "reset": "week", "start": 7}]
    assert need("no", pattern, day) == SerialNeed("no", "2026W01", 7)
    assert finished(pattern, 12, day) == "A-260104012"
    assert finished(pattern, 12345, day) == "A-26010412345"
    assert need("no", [{"counter": 1}], day).period == ""
    assert need("no", [{"counter": 1, "reset": "day"}], day).period == "20260104"


def test_the_day_is_that_of_the_application() -> None:
    # 18:30 UTC on the 21st is the 22nd in Shanghai.
    asked = needs(
        plans({"x": {"key": "x", "fields": {"no": {"type": "serial", "pattern": [
            {"counter": 2, "reset": "day"}]}}}})["x"],
        read_body(PLAN, {}), None, env(),
    )  # fmt: skip
    assert asked.serials[0].period == "20261122"


def test_fields_that_the_form_locks() -> None:
    body = {**ORDER, "behaviour": [{"when": "stage = 'won'", "read_only": ["price"]}]}
    plan = plans({"customer": CUSTOMER, "order": body})["order"]
    writable = dict.fromkeys(plan.by_key, True)
    won = {**CURRENT, "stage": "won"}

    def change(sent: Mapping[str, Any], current: Mapping[str, Any], rights: Any = writable) -> Any:
        parsed = read_body(plan, sent, writable=rights, partial=True)
        return told(complete(plan, parsed, current, env(), Facts(links=VIP)))

    assert change({"price": "9"}, won) == [("/price", "field_locked")]
    assert change({"price": "3.50"}, won) == []  # the same value
    assert change({"price": "9", "stage": "won"}, CURRENT) == []  # typed before it was won
    assert change({"price": "9", "stage": "sent"}, won) == []  # unlocked in the same breath
    assert change({"price": "9"}, won, None) == []  # the application itself


def test_an_unknown_person_in_a_required_field_is_told_once() -> None:
    body = changed(ORDER, owner={"type": "person", "required": True})
    plan = plans({"customer": CUSTOMER, "order": body})["order"]
    made = create({"customer": 5, "owner": "nobody"}, plan=plan)
    assert told(made) == [("/owner", "unknown_person")]

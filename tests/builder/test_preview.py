"""Trying formulas, rules and flows before publishing."""

from typing import Any

import pytest
from django.test import Client

from apps_runtime import people, records
from apps_runtime.caller import Caller
from apps_runtime.people.role_members import set_role_members
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)

RULE: dict[str, Any] = {
    "kind": "rule",
    "key": "big",
    "format": 1,
    "label": "大单",
    "form": "deal",
    "on": {"event": "created"},
    "when": "amount > 100 and name != 'x'",
    "do": [{"action": "set", "values": {"name": "'big'"}}],
}
FLOW: dict[str, Any] = {
    "kind": "flow",
    "key": "approval",
    "format": 1,
    "label": "审批",
    "form": "deal",
    "start": {"event": "created", "when": "amount > 50"},
    "nodes": {
        "start": {"type": "start"},
        "size": {"type": "exclusive"},
        "boss": {
            "type": "approve",
            "label": "主管",
            "who": [{"type": "role", "role": "administrator"}],
            "mode": "any",
        },
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "size"},
        {"from": "size", "to": "boss", "when": "amount > 100"},
        {"from": "size", "to": "end", "default": True},
        {"from": "boss", "to": "end", "on": "agreed"},
        {"from": "boss", "to": "end", "on": "refused"},
    ],
}


@pytest.fixture
def root() -> Client:
    return persons.signed_in(persons.administrator())


@pytest.fixture
def app(root: Client) -> str:
    """An application with a customer and its deals, published."""
    key = make.application(root, key="sales")
    customer = {"name": {"type": "text", "label": "名称"}, "level": {"type": "text", "label": "级"}}
    make.saved(root, key, make.form("customer", fields=customer, title="{{name}}"))
    deal = make.form(title="{{name}}")
    deal["fields"]["customer"] = {"type": "link", "label": "客户", "form": "customer"}
    make.saved(root, key, deal)
    answer = make.publish(root, key)
    assert answer.status_code == 200, answer.content
    return key


def deal(app: str, **values: Any) -> int:
    made = records.create(Caller.application(app), "deal", values)
    return int(made["id"])


def check(client: Client, app: str, formula: str, **more: Any) -> Any:
    body = {"form": "deal", "formula": formula, **more}
    return client.post(f"{make.ROOT}/{app}/formulas/check", body, content_type=make.JSON)


def test_a_formula_has_a_type_a_tree_and_a_result(root: Client, app: str) -> None:
    record = deal(app, name="A", amount="12.5")
    found = check(root, app, "amount * 2", record=record).json()
    assert found["problems"] == []
    assert (found["type"], found["result"]) == ("number", "25")
    assert found["tree"]["call"] == "*"
    assert check(root, app, "1 + 1").json()["result"] == "2"
    assert check(root, app, "amount > 1", purpose="condition").json()["type"] == "boolean"


def test_a_wrong_formula_says_where(root: Client, app: str) -> None:
    answer = check(root, app, "amount + nonsense")
    assert answer.status_code == 200
    problem = answer.json()["problems"][0]
    assert problem["params"]["column"] == 10
    assert answer.json()["tree"] is None
    assert check(root, app, "amount", purpose="condition").json()["problems"]


def test_unsaved_fields_count(root: Client, app: str) -> None:
    body = make.form()
    body["fields"]["weight"] = {"type": "number", "label": "权重"}
    assert check(root, app, "weight * 2").json()["problems"]
    assert check(root, app, "weight * 2", definition=body).json()["problems"] == []


def test_bad_questions(root: Client, app: str) -> None:
    for more, path in (
        ({"purpose": "magic"}, "/purpose"),
        ({"record": "7"}, "/record"),
        ({"record": 0}, "/record"),
        ({"definition": 7}, "/definition"),
        ({"form": "nowhere"}, "/form"),
        ({"surprise": 1}, "/surprise"),
    ):
        answer = check(root, app, "1", **more)
        assert answer.status_code == 422, more
        assert list(persons.codes(answer)) == [path]
    assert check(root, app, "(" * 1000).status_code == 200
    assert check(root, app, "9**9**9" * 400).status_code == 200
    assert check(root, app, 7).status_code == 422  # type: ignore[arg-type]


def test_the_right_to_design_shows_no_data(root: Client, app: str) -> None:
    record = deal(app, name="secret", amount="5")
    designer = persons.signed_in(persons.person("designer", system_roles=["application_designer"]))
    found = check(designer, app, "name", record=record).json()
    assert found["result"] is None
    assert found["problems"][0]["code"] == "formula_needs_record"
    tried = designer.post(f"{make.ROOT}/{app}/rules/try", {"rule": RULE}, make.JSON)
    assert tried.json() == {"records": []}
    flow = {"flow": FLOW, "record": record}
    answer = designer.post(f"{make.ROOT}/{app}/flows/try", flow, content_type=make.JSON)
    assert answer.status_code == 404


def test_links_are_followed_only_where_one_may_look(root: Client, app: str) -> None:
    made = records.create(Caller.application(app), "customer", {"name": "C", "level": "gold"})
    record = deal(app, name="A", customer=made["id"])
    assert check(root, app, "customer.level", record=record).json()["result"] == "gold"
    limited = make.role(
        "limited", grants=[{"form": "deal", "see": True}, {"form": "customer", "see": False}]
    )
    make.saved(root, app, limited)
    assert make.publish(root, app).status_code == 200
    persons.person("li", system_roles=["application_designer"])
    set_role_members(app, "limited", {"people": ["li"]})
    li = persons.signed_in(people.person(people.person_id("li")))  # type: ignore[arg-type]
    assert check(li, app, "name", record=record).json()["result"] == "A"
    assert check(li, app, "customer.level", record=record).json()["result"] is None


def test_a_rule_is_tried_on_the_last_records(root: Client, app: str) -> None:
    small = deal(app, name="small", amount="5")
    big = deal(app, name="big", amount="500")
    answer = root.post(f"{make.ROOT}/{app}/rules/try", {"rule": RULE}, content_type=make.JSON)
    assert answer.status_code == 200, answer.content
    found = {each["id"]: each for each in answer.json()["records"]}
    assert found[big]["met"] is True
    assert found[small]["met"] is False
    assert found[big]["label"] == "big"
    clauses = found[small]["explanation"]
    assert [(each["clause"], each["met"]) for each in clauses] == [
        ("amount > 100", False),
        ("name != 'x'", True),
    ]
    assert clauses[0]["values"] == {"amount": "5"}
    assert clauses[0]["message"] == "「金额」 > 100 不成立（「金额」 = 5）"


def test_a_wrong_rule_is_refused_with_paths(root: Client, app: str) -> None:
    body = {"rule": {**RULE, "when": "nonsense > 1"}}
    answer = root.post(f"{make.ROOT}/{app}/rules/try", body, content_type=make.JSON)
    assert answer.status_code == 422
    assert list(persons.codes(answer)) == ["/rule/when"]
    answer = root.post(f"{make.ROOT}/{app}/rules/try", {"rule": 7}, content_type=make.JSON)
    assert answer.status_code in (400, 422)


def test_a_flow_shows_the_way_of_a_record(root: Client, app: str) -> None:
    place = f"{make.ROOT}/{app}/flows/try"
    for amount, path, starts in (
        ("500", ["start", "size", "boss", "end"], True),
        ("60", ["start", "size", "end"], True),
        ("5", ["start", "size", "end"], False),
    ):
        body = {"flow": FLOW, "record": deal(app, name="A", amount=amount)}
        answer = root.post(place, body, content_type=make.JSON)
        assert answer.status_code == 200, answer.content
        assert answer.json()["path"] == path
        assert answer.json()["starts"] is starts
    tried = answer.json()["explanation"][1]["tried"]
    assert tried == [{"to": "boss", "when": "amount > 100", "met": False}]
    missing = root.post(place, {"flow": FLOW, "record": 999}, content_type=make.JSON)
    assert missing.status_code == 404
    assert root.post(place, {"flow": FLOW}, content_type=make.JSON).status_code == 422

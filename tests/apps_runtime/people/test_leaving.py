"""Somebody leaves: what stays behind is told, and somebody else is asked in his place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps_runtime.models import Person
from apps_runtime.people import bump_stamp
from tests.apps_runtime.deal_fixtures import client_of, installed, people
from tests.apps_runtime.deals import APPROVAL, JSON, create, decide, inbox, read

__all__ = ["client_of", "installed", "people"]
Sign = Callable[[str], Client]
Install = Callable[..., None]


@pytest.fixture
def root(people: dict[str, Person]) -> Client:
    """A platform administrator."""
    person = Person.objects.create_user(
        "root", "secret-1234", name="管理员", system_roles=["platform_administrator"]
    )
    bump_stamp()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def leave(root: Client, person: Person, **more: Any) -> Any:
    return root.patch(f"/api/people/{person.id}", {"active": False, **more}, content_type=JSON)


def test_who_leaves_hands_over_what_he_was_asked(
    installed: Install, client_of: Sign, people: dict[str, Person], root: Client
) -> None:
    installed(APPROVAL)
    anna = client_of("anna")
    made = [create(anna, name=name, amount="6000") for name in ("A", "B")]
    boss = people["boss"]
    path = f"/api/people/{boss.id}/hand_over"
    assert client_of("anna").get(path).status_code == 403
    held = root.get(path).json()
    assert (held["assignments"], held["records"], held["heads"]) == (2, [], [])
    assert [each["username"] for each in held["reports"]] == ["anna", "ben"]
    answer = leave(root, boss, hand_over="ben")
    assert answer.status_code == 200, answer.content
    assert answer.json()["active"] is False
    told = answer.json()["hand_over"]
    assert (told["handed_over"], told["assignments"]) == (2, 0)
    waiting = inbox(client_of("ben"))
    assert {each["record"]["label"] for each in waiting} == {"A", "B"}
    news = client_of("ben").get("/api/notifications").json()["notifications"]
    assert len(news) == 2
    run = anna.get(f"/api/runs/{waiting[0]['run']}").json()
    assert "王芳 left; 管理员 handed the assignment over to 李四" in [
        line["message"] for line in run["log"]
    ]
    assert decide(client_of("ben"), waiting[0], "agree").status_code == 200
    assert read(anna, waiting[0]["record"]["id"])["state"] == "approved"
    assert read(anna, made[0]["id"])["flow_state"]["waiting_for"][0]["name"] == "李四"


def test_without_hand_over_the_answer_tells_what_stays_and_it_can_come_later(
    installed: Install, client_of: Sign, people: dict[str, Person], root: Client
) -> None:
    installed(APPROVAL)
    create(client_of("anna"), name="A", amount="6000")
    create(client_of("boss"), name="Own", amount="1")
    answer = leave(root, people["boss"]).json()["hand_over"]
    assert (answer["handed_over"], answer["assignments"]) == (0, 1)
    assert answer["records"] == [
        {"app": "deals", "application": "Deals", "form": "deal", "label": "Deal", "count": 1}
    ]
    later = leave(root, people["boss"], hand_over=people["ben"].id).json()["hand_over"]
    assert (later["handed_over"], later["assignments"]) == (1, 0)
    assert len(inbox(client_of("ben"))) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"active": True, "hand_over": "ben"}, "hand_over_when_leaving"),
        ({"hand_over": "ben"}, "hand_over_when_leaving"),
        ({"active": False, "hand_over": "boss"}, "hand_over_to_self"),
        ({"active": False, "hand_over": "nobody"}, "person_unknown"),
        ({"active": False, "hand_over": ["ben"]}, "person_unknown"),
        ({"active": False, "hand_over": "gone"}, "hand_over_to_inactive"),
    ],
)
def test_a_hand_over_that_cannot_be_changes_nothing(
    people: dict[str, Person], root: Client, body: dict[str, Any], code: str
) -> None:
    Person.objects.create_user("gone", "secret-1234", name="离职", active=False)
    boss = people["boss"]
    answer = root.patch(f"/api/people/{boss.id}", body, content_type=JSON)
    assert answer.status_code == 422
    assert [(each["path"], each["code"]) for each in answer.json()["problems"]] == [
        ("/hand_over", code)
    ]
    boss.refresh_from_db()
    assert boss.active


def test_a_run_that_cannot_go_on_stays_and_the_others_do_not_wait_for_it(
    installed: Install, client_of: Sign, people: dict[str, Person], root: Client
) -> None:
    """Both were asked; the last answer is in, so that the hand-over would end the run with a step
    that makes an account twice."""
    who = [{"type": "person", "person": name} for name in ("boss", "ben")]
    nodes = {
        **APPROVAL["nodes"],
        "superior": {"type": "approve", "who": who, "mode": "all"},
        "yes": {
            "type": "act",
            "do": [{"action": "create_record", "form": "account", "values": {"name": "name"}}],
        },
    }
    installed({**APPROVAL, "nodes": nodes})
    anna, ben = client_of("anna"), client_of("ben")
    made = anna.post("/api/apps/deals/records/account", {"name": "Taken"}, content_type=JSON)
    assert made.status_code == 201
    stuck = create(anna, name="Taken", amount="6000")
    free = create(anna, name="Free", amount="6000")
    for each in inbox(ben):
        assert decide(ben, each, "agree").status_code == 200
    told = leave(root, people["boss"], hand_over="ben").json()["hand_over"]
    assert (told["handed_over"], told["assignments"]) == (1, 1)
    assert read(anna, free["id"])["flow_state"] is None
    assert read(anna, stuck["id"])["flow_state"]["waiting_for"][0]["name"] == "王芳"

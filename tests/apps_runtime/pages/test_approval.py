"""The page of one assignment: who may open it, what it shows, what a decision on it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from apps_runtime.models import Assignment, Person
from tests.apps_runtime.deal_fixtures import client_of, installed, people
from tests.apps_runtime.deals import APPROVAL, ROLE, create, decide, inbox, read

__all__ = ["client_of", "installed", "people"]

Sign = Callable[[str], Client]
Install = Callable[..., None]


@pytest.fixture
def asked(installed: Install, client_of: Sign) -> tuple[int, int]:
    """A deal of Zhang San's that waits for Wang Fang: the assignment and the record."""
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000", discount="5", note="Because")
    (assignment,) = inbox(client_of("boss"))
    return assignment["id"], made["id"]


def test_a_stranger_signs_in_first_and_comes_back(asked: tuple[int, int], client: Client) -> None:
    answer = client.get(f"/approve/{asked[0]}")
    assert answer["Location"] == f"/login?next=%2Fapprove%2F{asked[0]}"


def test_it_shows_amount_facts_and_the_fields_of_the_node(
    asked: tuple[int, int], client_of: Sign
) -> None:
    page = client_of("boss").get(f"/approve/{asked[0]}")
    html = page.content.decode()
    assert page.status_code == 200
    assert "¥ 6,000.00" in html and "Because" in html
    assert 'name="discount" value="5"' in html
    assert 'name="amount"' not in html
    assert len(page.content) < 15_000


def test_what_a_role_masks_is_masked_here_too(installed: Install, client_of: Sign) -> None:
    deals, *others = ROLE["grants"]
    masked = {**ROLE, "grants": [{**deals, "mask": {"note": "middle"}}, *others]}
    installed(masked, APPROVAL)
    create(client_of("anna"), name="Large", amount="6000", note="Confidential")
    (assignment,) = inbox(client_of("boss"))
    html = client_of("boss").get(f"/approve/{assignment['id']}").content.decode()
    assert "备注" in html
    assert "Confidential" not in html


@pytest.mark.parametrize("who", ["ben", "anna"])
def test_a_colleagues_is_answered_like_what_does_not_exist(
    asked: tuple[int, int], client_of: Sign, who: str
) -> None:
    theirs = client_of(who).get(f"/approve/{asked[0]}")
    nothing = client_of(who).get("/approve/999999")
    assert theirs.status_code == nothing.status_code == 404
    assert "This is not yours to decide" in theirs.content.decode()
    sent = client_of(who).post(f"/approve/{asked[0]}", {"decision": "agree"})
    assert sent.status_code == 404
    assert Assignment.objects.get(pk=asked[0]).state == "open"


def test_agreeing_writes_the_field_and_the_opinion(asked: tuple[int, int], client_of: Sign) -> None:
    boss = client_of("boss")
    sent = {"decision": "agree", "opinion": " Fine ", "discount": "7.5", "version": "1"}
    answer = boss.post(f"/approve/{asked[0]}", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/approve/{asked[0]}")
    after = read(client_of("anna"), asked[1])
    assert (after["state"], after["discount"]) == ("approved", "7.5")
    assert Assignment.objects.get(pk=asked[0]).opinion == "Fine"
    html = boss.get(f"/approve/{asked[0]}").content.decode()
    assert "You agreed" in html and "Fine" in html
    assert 'name="decision"' not in html


def test_refusing_leaves_untouched_fields_alone(asked: tuple[int, int], client_of: Sign) -> None:
    sent = {"decision": "refuse", "opinion": "Too cheap", "discount": "5"}
    assert client_of("boss").post(f"/approve/{asked[0]}", sent).status_code == 302
    after = read(client_of("anna"), asked[1])
    assert after["state"] == "refused"
    # One history entry of the creation, one of the flow's own action: none for the discount.
    history = client_of("anna").get(f"/api/apps/deals/records/deal/{asked[1]}/history").json()
    changed = [key for entry in history["history"] for key in entry.get("changes", {})]
    assert changed.count("discount") <= 1


def test_what_is_wrong_stands_at_the_field_and_keeps_the_opinion(
    asked: tuple[int, int], client_of: Sign
) -> None:
    sent = {"decision": "agree", "opinion": "Good deal", "discount": "seven"}
    answer = client_of("boss").post(f"/approve/{asked[0]}", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="seven"' in html and 'id="discount-wrong"' in html
    assert "Good deal" in html
    assert Assignment.objects.get(pk=asked[0]).state == "open"


def test_a_second_decision_is_told_of_the_first(asked: tuple[int, int], client_of: Sign) -> None:
    boss = client_of("boss")
    (assignment,) = inbox(boss)
    assert decide(boss, assignment, "agree").status_code == 200
    answer = boss.post(f"/approve/{asked[0]}", {"decision": "refuse", "version": "1"})
    assert answer.status_code == 409
    assert "You agreed" in answer.content.decode()
    assert read(client_of("anna"), asked[1])["state"] == "approved"


def test_withdrawn_is_said_in_a_sentence(asked: tuple[int, int], client_of: Sign) -> None:
    run = Assignment.objects.get(pk=asked[0]).run_id
    answer = client_of("anna").post(
        f"/api/runs/{run}/withdraw", {}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    html = client_of("boss").get(f"/approve/{asked[0]}").content.decode()
    assert "Nothing to decide any more" in html


def test_it_needs_the_token_of_its_own_page(asked: tuple[int, int], client_of: Sign) -> None:
    boss = client_of("boss")
    boss.handler.enforce_csrf_checks = True
    assert boss.post(f"/approve/{asked[0]}", {"decision": "agree"}).status_code == 403


def test_a_person_is_chosen_from_a_list(installed: Install, client_of: Sign) -> None:
    superior = {**APPROVAL["nodes"]["superior"], "fields": {"owner": "edit"}}
    installed({**APPROVAL, "nodes": {**APPROVAL["nodes"], "superior": superior}})
    made = create(client_of("anna"), name="Large", amount="6000")
    boss = client_of("boss")
    (assignment,) = inbox(boss)
    at = f"/approve/{assignment['id']}"
    html = boss.get(at).content.decode()
    anna, ben = (Person.objects.get(username=each) for each in ("anna", "ben"))
    assert '<select id="f-owner" name="owner"' in html
    assert f'<option value="{anna.pk}" selected>{anna.name}</option>' in html
    assert "in the inbox." not in html
    wrong = boss.post(at, {"decision": "agree", "owner": "ben", "version": "1"})
    assert wrong.status_code == 422 and 'id="owner-wrong"' in wrong.content.decode()
    sent = {"decision": "agree", "owner": str(ben.pk), "version": "1"}
    assert boss.post(at, sent).status_code == 302
    assert read(client_of("ben"), made["id"])["owner"]["id"] == ben.pk

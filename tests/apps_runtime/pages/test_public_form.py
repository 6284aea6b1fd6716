"""Public forms: what strangers see, what they can send, and what they cannot."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps_runtime import people, public_links, releases
from apps_runtime.models import PublicLink
from apps_runtime.pages import ticket as tickets
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"

FORM: dict[str, Any] = {
    "kind": "form",
    "key": "lead",
    "format": 1,
    "label": "线索",
    "fields": {
        "name": {"type": "text", "label": "公司", "required": True, "max_length": 20},
        "phone": {"type": "phone", "label": "电话", "unique": True},
        "region": {
            "type": "choice",
            "label": "区域",
            "options": [{"value": "east", "label": "华东"}, {"value": "other", "label": "其他"}],
        },
        "detail": {"type": "text", "label": "说明"},
        "budget": {"type": "money", "label": "预算", "min": 0},
        "agree": {"type": "check", "label": "同意"},
        "wants": {
            "type": "choices",
            "label": "兴趣",
            "options": [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}],
        },
        "visit": {"type": "moment", "label": "到访"},
        "score": {"type": "number", "label": "内部评分", "default": "7"},
        "owner": {"type": "person", "label": "负责人"},
    },
    "behaviour": [
        {"when": "region = 'other'", "show": ["detail"]},
        {"when": "score > 5", "hide": ["budget"]},
    ],
    "public": {
        "fields": [
            "name",
            "phone",
            "region",
            "detail",
            "budget",
            "agree",
            "wants",
            "visit",
            "owner",
        ],
        "title": {"zh-Hans": "联系我们", "en": "Contact us"},
        "thanks": "我们会尽快回复。",
    },
}


def install(**public: Any) -> PublicLink:
    """The form in force, with its link."""
    form = {**FORM, "public": {**FORM["public"], **public}}
    application = {"kind": "application", "key": "web", "format": 1, "label": "网站"}
    definitions = {("application", "web"): application, ("form", "lead"): form}
    releases.install(definitions, app_key="web", person=None)
    return public_links.open_link("web", "lead", person=None)


def rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, score, owner, created_by FROM app_web.lead ORDER BY id")
        return list(cursor.fetchall())


def ticket(token: str, age: float = 10) -> str:
    opened = timezone.now() - timedelta(seconds=age)
    return signing.dumps([token, f"key{age}", opened.timestamp()], salt=tickets.SALT)


def send(client: Client, token: str, **values: Any) -> Any:
    return client.post(f"/f/{token}", {"_ticket": ticket(token), **values})


def test_the_page_shows_only_what_is_published(client: Client) -> None:
    link = install()
    answer = client.get(f"/f/{link.token}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "联系我们" in page
    for name in ("name", "phone", "region", "budget", "agree", "wants", "visit"):
        assert f'name="{name}"' in page
    assert "内部评分" not in page
    assert "score" not in page  # not even in a condition
    assert 'name="owner"' not in page  # people are never shown to strangers
    assert 'inputmode="decimal"' in page
    assert 'type="tel"' in page
    assert 'maxlength="20"' in page
    assert "Contact us" in client.get(f"/f/{link.token}?lang=en").content.decode()


def test_it_may_be_embedded_and_sets_no_cookie(client: Client) -> None:
    link = install()
    answer = client.get(f"/f/{link.token}?lang=en")
    assert not answer.cookies
    assert "frame-ancestors 'self' *" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Access-Control-Allow-Origin" not in answer


def test_an_answer_becomes_a_record_and_a_receipt(client: Client) -> None:
    link = install()
    answer = send(
        client,
        link.token,
        name="华东精工",
        phone="13812345678",
        region="east",
        budget="1,200.50",
        agree="on",
        wants=["a", "b"],
        visit="2026-12-01T09:30",
    )
    page = answer.content.decode()
    assert answer.status_code == 200, page
    assert "提交成功" in page
    assert "我们会尽快回复。" in page
    assert "华东精工" in page
    assert "华东" in page
    assert [row[:3] for row in rows()] == [("华东精工", "13812345678", 7)]
    assert rows()[0][4] is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT budget, agree, wants, visit FROM app_web.lead")
        budget, agree, wants, visit = cursor.fetchone()
        cursor.execute("SELECT through FROM mortise_history WHERE app = 'web'")
        through = cursor.fetchone()[0]
    assert (str(budget.normalize()), agree, wants) == ("1200.5", True, ["a", "b"])
    assert visit == datetime(2026, 12, 1, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
    found = through if isinstance(through, dict) else json.loads(through)
    assert found["kind"] == "public"


def test_what_is_not_published_is_left_out_and_told(client: Client) -> None:
    link = install()
    li = make.person("li")
    send(client, link.token, name="A", owner=str(li.id), score="99", created_by=str(li.id), id="5")
    body = {"name": "B", "owner": li.id, "score": 99, "status": "won", "version": 3}
    answer = client.post(f"/f/{link.token}", body, content_type=JSON)
    assert answer.status_code == 201, answer.content
    assert set(answer.json()) == {"received", "message", "problems"}
    assert {each["path"] for each in answer.json()["problems"]} == {
        "/owner", "/score", "/status", "/version",
    }  # fmt: skip
    assert {each["code"] for each in answer.json()["problems"]} == {"not_asked_for"}
    assert [(row[0], row[2], row[3], row[4]) for row in rows()] == [
        ("A", 7, None, None),
        ("B", 7, None, None),
    ]


def test_problems_stand_at_their_fields_and_nothing_is_lost(client: Client) -> None:
    link = install()
    answer = send(client, link.token, phone="13812345678", budget="lots")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="budget-wrong"' in page
    assert 'value="13812345678"' in page
    assert rows() == []
    answer = send(client, link.token, budget="5")
    assert answer.status_code == 422
    assert 'id="name-wrong"' in answer.content.decode()


def test_programs_get_json(client: Client) -> None:
    link = install()
    answer = client.get(f"/f/{link.token}", headers={"Accept": JSON, "Accept-Language": "en"})
    found = answer.json()
    assert found["title"] == "Contact us"
    assert [each["key"] for each in found["fields"]] == [
        "name", "phone", "region", "detail", "budget", "agree", "wants", "visit",
    ]  # fmt: skip
    wrong = client.post(f"/f/{link.token}", {"budget": "5"}, content_type=JSON)
    assert wrong.status_code == 422
    assert "/name" in make.codes(wrong)
    assert client.post(f"/f/{link.token}", "[1]", content_type=JSON).status_code == 400
    assert client.post(f"/f/{link.token}", "{", content_type=JSON).status_code == 400


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 500, "%00"])
def test_tokens_that_lead_nowhere_look_alike(client: Client, token: str) -> None:
    answer = client.get(f"/f/{token}")
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
    assert client.get(f"/f/{token}", headers={"Accept": JSON}).status_code == 404


def test_tokens_are_long(client: Client) -> None:
    assert len(install().token) >= 22  # 128 bits


def test_the_same_page_sent_twice_is_one_record(client: Client) -> None:
    link = install()
    sent = {"_ticket": ticket(link.token), "name": "once"}
    first = client.post(f"/f/{link.token}", sent)
    second = client.post(f"/f/{link.token}", sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert "提交成功" in second.content.decode()
    assert len(rows()) == 1
    changed = client.post(f"/f/{link.token}", {**sent, "name": "twice"})
    assert changed.status_code == 422
    fresh = re.search(r'name="_ticket" value="([^"]+)"', changed.content.decode())
    assert fresh is not None
    assert fresh[1] != sent["_ticket"]
    headers = {"Idempotency-Key": "k"}
    for _ in range(2):
        client.post(f"/f/{link.token}", {"name": "json"}, content_type=JSON, headers=headers)
    assert [row[0] for row in rows()] == ["once", "json"]


@pytest.mark.parametrize(
    "sent",
    [
        {"_ticket": "forged"},
        {"_website": "http://spam.example"},
    ],
)
def test_robots_are_asked_again(client: Client, sent: dict[str, str]) -> None:
    link = install()
    body = {"name": "spam", "_ticket": ticket(link.token), **sent}
    answer = client.post(f"/f/{link.token}", body)
    assert answer.status_code == 422
    assert 'value="spam"' in answer.content.decode()
    assert rows() == []


@pytest.mark.parametrize("ticketed", [True, False])
def test_the_quick_are_welcome_a_flood_is_not(client: Client, ticketed: bool) -> None:
    link = install()
    answers = []
    for number in range(7):
        body = {"name": f"quick {number}"}
        if ticketed:
            body["_ticket"] = ticket(link.token, age=number / 100)
        answers.append(client.post(f"/f/{link.token}", body).status_code)
    assert answers == [200, 200, 200, 200, 200, 422, 422]
    assert len(rows()) == 5


def test_a_ticket_of_another_form_is_worth_nothing(client: Client) -> None:
    link = install()
    answer = client.post(f"/f/{link.token}", {"name": "x", "_ticket": ticket("another")})
    assert answer.status_code == 422
    assert rows() == []


def test_floods_are_stopped_per_address(client: Client) -> None:
    link = install()
    statuses = [
        client.post(f"/f/{link.token}", {"name": f"n{number}"}, content_type=JSON).status_code
        for number in range(35)
    ]
    assert statuses.count(201) == 30
    assert statuses[-1] == 429
    assert len(rows()) == 30
    page = send(client, link.token, name="page")
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    elsewhere = client.post(
        f"/f/{link.token}", {"name": "x"}, content_type=JSON, REMOTE_ADDR="192.0.2.1"
    )
    assert elsewhere.status_code == 201


def test_nobody_learns_which_phones_are_known(client: Client) -> None:
    link = install()
    assert send(client, link.token, name="A", phone="13812345678").status_code == 200
    sent = {"name": "B", "phone": "13812345678"}
    answer = client.post(f"/f/{link.token}", sent, content_type=JSON)
    assert make.codes(answer) == {"": "cannot_be_accepted"}
    page = client.post(f"/f/{link.token}", {"_ticket": ticket(link.token, 11), **sent})
    assert page.status_code == 422
    assert "phone-wrong" not in page.content.decode()


def test_sentences_of_forms_that_take_nothing(client: Client) -> None:
    link = install()
    place = f"/f/{link.token}"
    public_links.close_link("web", "lead")
    answer = client.get(place)
    assert answer.status_code == 410
    assert "已停止收集" in answer.content.decode()
    assert send(client, link.token, name="x").status_code == 410
    assert make.codes(client.get(place, headers={"Accept": JSON})) == {"": "form_closed"}
    public_links.open_link("web", "lead", person=None)
    assert client.get(place).status_code == 200
    assert rows() == []


def test_forms_open_close_and_fill_up(client: Client) -> None:
    link = install(closes_at="2020-01-01T00:00:00+08:00")
    answer = client.get(f"/f/{link.token}")
    assert (answer.status_code, "2020-01-01 00:00" in answer.content.decode()) == (410, True)
    install(opens_at="2099-01-01T00:00:00+08:00")
    answer = client.get(f"/f/{link.token}")
    assert (answer.status_code, "2099-01-01 00:00" in answer.content.decode()) == (403, True)
    install(most=2)
    statuses = [
        client.post(f"/f/{link.token}", {"name": f"n{number}"}, content_type=JSON).status_code
        for number in range(4)
    ]
    assert statuses == [201, 201, 410, 410]
    assert len(rows()) == 2
    install(closed=True)
    assert client.get(f"/f/{link.token}").status_code == 410


def test_a_form_that_publishes_nothing_any_more(client: Client) -> None:
    link = install()
    application = {"kind": "application", "key": "web", "format": 1, "label": "网站"}
    form = {key: each for key, each in FORM.items() if key != "public"}
    definitions = {("application", "web"): application, ("form", "lead"): form}
    releases.install(definitions, app_key="web", person=None)
    assert client.get(f"/f/{link.token}").status_code == 404


def test_sent_texts_are_shown_as_text(client: Client) -> None:
    link = install()
    answer = send(client, link.token, name="<img src=x>", budget="x", phone="</script><b>")
    assert "<img src=x>" not in answer.content.decode()
    receipt = send(client, link.token, name="<img src=x>")
    assert receipt.status_code == 200
    assert "<img src=x>" not in receipt.content.decode()


def test_signed_in_people_are_strangers_too() -> None:
    link = install()
    client = make.signed_in(make.person("li"))
    assert send(client, link.token, name="x").status_code == 200
    assert rows()[0][4] is None
    assert people.person_id("li") is not None

"""Signing in and out, and what happens to those who guess."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from apps_runtime import people
from apps_runtime.models import AccessEntry, Attempt, Person
from apps_runtime.people.changes import change_person, give_temporary_password
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db
SESSION = "/api/session"


def sign_in(client: Client, username: str, password: str, **more: str) -> int:
    answer = client.post(
        SESSION,
        {"username": username, "password": password},
        content_type="application/json",
        **more,
    )
    return answer.status_code


def test_who_am_i_needs_a_session(client: Client) -> None:
    answer = client.get(SESSION)
    assert answer.status_code == 401
    assert answer.json()["problems"][0]["code"] == "not_signed_in"


def test_sign_in_tells_who_i_am(client: Client) -> None:
    sales = make.department("sales", name="销售部")
    boss = make.person("boss", name="王芳")
    make.person("li", name="李雷", department=sales, superior=boss, email="li@example.com")
    answer = client.post(
        SESSION, {"username": "li", "password": make.PASSWORD}, content_type="application/json"
    )
    assert answer.status_code == 200
    found = answer.json()["person"]
    assert found["name"] == "李雷"
    assert found["department"] == {"id": sales.id, "key": "sales", "name": "销售部"}
    assert found["superior"] == {"id": boss.id, "name": "王芳", "username": "boss"}
    assert found["system_roles"] == []
    assert found["must_change_password"] is False
    assert answer.json()["csrf"]
    assert client.get(SESSION).json()["person"]["id"] == found["id"]


@pytest.mark.parametrize(
    ("username", "password"),
    [("li", "wrong"), ("nobody", make.PASSWORD), ("gone", make.PASSWORD), ("li\x00", "a")],
)
def test_wrong_sign_ins_look_alike(client: Client, username: str, password: str) -> None:
    make.person("li")
    make.person("gone", active=False)
    answer = client.post(
        SESSION, json.dumps({"username": username, "password": password}), "application/json"
    )
    if "\x00" in username:
        assert answer.status_code == 400
    else:
        assert (answer.status_code, make.codes(answer)) == (401, {"": "wrong_sign_in"})


def test_a_body_that_is_no_sign_in(client: Client) -> None:
    answer = client.post(SESSION, {"username": 7}, content_type="application/json")
    assert answer.status_code == 422
    assert make.codes(answer) == {"/username": "text_expected", "/password": "text_expected"}
    assert client.post(SESSION, {"username": "li"}).status_code == 415  # not JSON


def test_a_new_session_id_with_every_sign_in(client: Client) -> None:
    make.person("li")
    client.get("/login")
    sign_in(client, "li", make.PASSWORD)
    first = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client, "li", make.PASSWORD)
    second = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert first != second
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = first
    assert other.get(SESSION).status_code == 401


def test_flags_of_the_cookie(client: Client) -> None:
    make.person("li")
    sign_in(client, "li", make.PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_sign_out_ends_the_session_on_the_server() -> None:
    client = make.signed_in(make.person("li"))
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.delete(SESSION).status_code == 204
    replay = Client()
    replay.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert replay.get(SESSION).status_code == 401


def test_ten_wrong_passwords_lock_the_account_from_everywhere(client: Client) -> None:
    make.person("li")
    for number in range(10):
        assert sign_in(client, "li", "wrong", REMOTE_ADDR=f"192.0.2.{number}") == 401
    answer = client.post(
        SESSION,
        {"username": "li", "password": make.PASSWORD},
        content_type="application/json",
        REMOTE_ADDR="192.0.2.200",
    )
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60 + 1
    assert AccessEntry.objects.filter(action="person.sign_in_failed").count() == 10


def test_one_locked_account_leaves_the_others_of_its_address_alone(client: Client) -> None:
    make.person("li")
    make.person("wang")
    for _ in range(30):
        sign_in(client, "li", "wrong")
    assert sign_in(client, "li", make.PASSWORD) == 429
    assert sign_in(client, "wang", make.PASSWORD) == 200


def test_guessing_on_with_a_counted_name_is_no_way_round_a_locked_address(client: Client) -> None:
    for number in range(10):
        sign_in(client, f"name{number}", "wrong")
    assert sign_in(client, "another", "wrong") == 429
    assert sign_in(client, "another", "wrong") == 429
    assert sign_in(client, "name3", "wrong") == 401


def test_a_name_is_typed_in_any_case(client: Client) -> None:
    make.person("Li.Wei")
    assert sign_in(client, "li.wei", make.PASSWORD) == 200
    for number in range(10):
        assert sign_in(client, ("LI.WEI", "li.wei")[number % 2], "wrong") == 401
    assert sign_in(client, "Li.Wei", make.PASSWORD) == 429


def test_an_address_is_locked_whatever_it_says_in_headers(client: Client) -> None:
    for number in range(10):
        status = sign_in(
            client, f"name{number}", "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        )
        assert status == 401
    assert sign_in(client, "another", "wrong", HTTP_X_FORWARDED_FOR="203.0.113.9") == 429


def test_behind_a_trusted_proxy_its_clients_are_told_apart(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(10):
        sign_in(client, f"name{number}", "wrong", HTTP_X_FORWARDED_FOR="1.1.1.1, 198.51.100.7")
    assert sign_in(client, "x", "wrong", HTTP_X_FORWARDED_FOR="2.2.2.2, 198.51.100.7") == 429
    assert sign_in(client, "x", "wrong", HTTP_X_FORWARDED_FOR="198.51.100.8") == 401


def test_signing_in_rightly_is_no_attempt(client: Client) -> None:
    make.person("li")
    for _ in range(12):
        assert sign_in(client, "li", make.PASSWORD) == 200
    assert not Attempt.objects.filter(count__gt=0).exists()


def test_a_password_change_ends_other_sessions() -> None:
    li = make.person("li")
    here, elsewhere = make.signed_in(li), make.signed_in(li)
    answer = here.patch(
        SESSION,
        {"old_password": make.PASSWORD, "password": "Another-Horse-8"},
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert here.get(SESSION).status_code == 200
    assert elsewhere.get(SESSION).status_code == 401
    assert sign_in(Client(), "li", make.PASSWORD) == 401
    assert sign_in(Client(), "li", "Another-Horse-8") == 200


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"password": "Another-Horse-8"}, {"/old_password": "wrong_password"}),
        (
            {"old_password": make.PASSWORD, "password": make.PASSWORD},
            {"/password": "same_password"},
        ),
        ({"old_password": make.PASSWORD, "password": "xK7!q"}, {"/password": "password_too_short"}),
        (
            {"old_password": make.PASSWORD, "password": "password123"},
            {"/password": "password_too_common"},
        ),
        ({"language": "fr"}, {"/language": "language_not_offered"}),
        ({"system_roles": ["operator"]}, {"/system_roles": "no_such_property"}),
    ],
)
def test_what_people_may_not_change_about_themselves(body: object, codes: object) -> None:
    li = make.person("li")
    answer = make.signed_in(li).patch(SESSION, body, content_type="application/json")
    assert answer.status_code == 422
    assert make.codes(answer) == codes
    assert people.person(li.id).system_roles == []


def test_a_language_is_kept() -> None:
    client = make.signed_in(make.person("li"))
    assert client.patch(SESSION, {"language": "en"}, "application/json").status_code == 200
    assert client.get(SESSION).json()["person"]["language"] == "en"


def test_who_is_made_inactive_is_out_with_the_next_request() -> None:
    li = make.person("li")
    client = make.signed_in(li)
    change_person(li.id, {"active": False})
    assert client.get(SESSION).status_code == 401
    change_person(li.id, {"active": True})
    assert client.get(SESSION).status_code == 401, "an old session stays ended"
    assert sign_in(client, "li", make.PASSWORD) == 200


def test_unsafe_requests_with_a_cookie_need_the_csrf_token() -> None:
    client = make.signed_in(make.administrator(), enforce_csrf_checks=True)
    answer = client.post("/api/departments", {"name": "x"}, content_type="application/json")
    assert (answer.status_code, make.codes(answer)) == (403, {"": "csrf_failed"})
    token = client.cookies["csrftoken"].value
    answer = client.post(
        "/api/departments",
        {"name": "x"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 201


def test_a_temporary_password_must_be_changed_first() -> None:
    li = make.person("li")
    temporary = give_temporary_password(li.id)
    client = Client()
    assert sign_in(client, "li", temporary) == 200
    assert client.get(SESSION).json()["person"]["must_change_password"] is True
    answer = client.get("/api/people")
    assert (answer.status_code, make.codes(answer)) == (403, {"": "must_change_password"})
    body = {"old_password": temporary, "password": "Another-Horse-8"}
    assert client.patch(SESSION, body, content_type="application/json").status_code == 200
    assert client.get("/api/people").status_code == 200
    assert Person.objects.get(id=li.id).must_change is False


def test_a_stronger_hash_does_not_sign_out_whom_it_was_made_for(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "tests.apps_runtime.people.hashers.Stronger",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    li = Person.objects.create(username="li", name="li")
    li.password = make_password(make.PASSWORD, hasher="md5")
    li.save()
    people.bump_stamp()
    client = make.signed_in(li)
    assert Person.objects.get(username="li").password.startswith("stronger$")
    assert client.get(SESSION).status_code == 200

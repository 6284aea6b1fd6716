"""People, departments, tokens and role members over HTTP."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps_runtime import people
from apps_runtime.models import Application, Person, Token
from apps_runtime.people.role_members import add_role_member
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def root() -> Client:
    return make.signed_in(make.administrator())


@pytest.fixture
def li() -> Client:
    return make.signed_in(make.person("li", name="李雷"))


def test_everything_needs_a_sign_in(client: Client) -> None:
    for path in ("people", "people/1", "departments", "departments/1", "tokens"):
        assert client.get(f"/api/{path}").status_code == 401, path


def test_an_administrator_adds_a_person_who_can_sign_in(root: Client) -> None:
    sales = make.department("sales", name="销售部")
    make.person("boss")
    answer = root.post(
        "/api/people",
        {
            "username": "han",
            "name": "韩梅梅",
            "email": "han@example.com",
            "department": sales.id,
            "superior": "boss",
            "password": "Correct-Horse-9",
            "positions": ["engineer"],
        },
        content_type=JSON,
    )
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["department"]["name"] == "销售部"
    assert made["superior"]["username"] == "boss"
    assert made["active"] is True
    assert "password" not in made
    signing = {"username": "han", "password": "Correct-Horse-9"}
    assert Client().post("/api/session", signing, content_type=JSON).status_code == 200


def test_without_a_password_nobody_signs_in(root: Client) -> None:
    answer = root.post("/api/people", {"username": "han"}, content_type=JSON)
    assert answer.json()["name"] == "han"
    assert answer.json()["can_sign_in"] is False


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"/username": "value_required"}),
        ({"username": " "}, {"/username": "value_required"}),
        ({"username": "li"}, {"/username": "username_taken"}),
        ({"username": "LI"}, {"/username": "username_taken"}),
        ({"username": "a b"}, {"/username": "username_has_blanks"}),
        ({"username": "x" * 151}, {"/username": "too_many_characters"}),
        ({"username": "a\u202eb"}, {"/username": "not_printable"}),
        ({"username": 7}, {"/username": "text_expected"}),
        ({"username": "x", "email": "nonsense"}, {"/email": "email_expected"}),
        ({"username": "x", "department": 99}, {"/department": "department_unknown"}),
        ({"username": "x", "superior": "nobody"}, {"/superior": "person_unknown"}),
        ({"username": "x", "active": "yes"}, {"/active": "boolean_expected"}),
        ({"username": "x", "positions": "y"}, {"/positions": "texts_expected"}),
        ({"username": "x", "system_roles": ["god"]}, {"/system_roles/0": "no_such_system_role"}),
        ({"username": "x", "is_superuser": True}, {"/is_superuser": "no_such_property"}),
        ({"username": "xavier99", "password": "xavier99"}, {"/password": "password_too_similar"}),
    ],
)
def test_what_is_wrong_with_a_new_person(
    root: Client, body: dict[str, Any], codes: dict[str, str]
) -> None:
    make.person("li")
    answer = root.post("/api/people", body, content_type=JSON)
    assert answer.status_code == 422
    assert make.codes(answer) == codes
    assert all(each["message"] != each["code"] for each in answer.json()["problems"])


def test_only_administrators_change_people(li: Client) -> None:
    me = Person.objects.get(username="li")
    assert li.post("/api/people", {"username": "x"}, content_type=JSON).status_code == 403
    change = {"system_roles": ["platform_administrator"]}
    assert li.patch(f"/api/people/{me.id}", change, content_type=JSON).status_code == 403
    assert li.post(f"/api/people/{me.id}/password").status_code == 403
    assert li.post("/api/departments", {"name": "x"}, content_type=JSON).status_code == 403


def test_colleagues_see_the_directory_but_no_addresses(li: Client) -> None:
    other = make.person("han", email="han@example.com", system_roles=["auditor"])
    found = li.get(f"/api/people/{other.id}").json()
    assert found["username"] == "han"
    assert not {"email", "system_roles", "language"} & set(found)
    mine = Person.objects.get(username="li").id
    assert "email" in li.get(f"/api/people/{mine}").json()
    assert li.get("/api/people/999999").status_code == 404


def test_search_by_name_pinyin_and_initials(root: Client) -> None:
    make.person("u1", name="王芳")
    make.person("u2", name="李雷", active=False)
    for search in ("王", "wangfang", "wf", "u1"):
        found = root.get("/api/people", {"search": search}).json()["people"]
        assert [each["name"] for each in found] == ["王芳"], search
    assert root.get("/api/people", {"search": "李", "active": "true"}).json()["people"] == []


def test_lists_are_paged(root: Client) -> None:
    for number in range(5):
        make.person(f"p{number}")
    names: list[str] = []
    after = "0"
    while after is not None:
        page = root.get("/api/people", {"limit": "2", "after": after}).json()
        names += [each["username"] for each in page["people"]]
        after = page["next"]
    assert names == ["root", "p0", "p1", "p2", "p3", "p4"]
    for wrong in ({"limit": "0"}, {"limit": "1000000000"}, {"after": "-1"}, {"lmit": "2"}):
        assert root.get("/api/people", wrong).status_code == 400


def test_a_department_filter_includes_those_below(root: Client) -> None:
    sales = make.department("sales")
    east = make.department("east", parent=sales)
    make.person("p1", department=east)
    found = root.get("/api/people", {"department": "sales"}).json()["people"]
    assert [each["username"] for each in found] == ["p1"]
    assert len(root.get("/api/people", {"department": str(east.id)}).json()["people"]) == 1
    for nowhere in ("nowhere", "9" * 5000, "٣", "-1"):
        assert root.get("/api/people", {"department": nowhere}).json()["people"] == []


def test_the_last_administrator_stays(root: Client) -> None:
    mine = Person.objects.get(username="root").id
    for body in ({"active": False}, {"system_roles": []}):
        answer = root.patch(f"/api/people/{mine}", body, content_type=JSON)
        assert (answer.status_code, make.codes(answer)) == (422, {"": "last_administrator"})
    make.administrator("second")
    assert root.patch(f"/api/people/{mine}", {"active": False}, JSON).status_code == 200


def test_nobody_is_his_own_superior_in_the_end(root: Client) -> None:
    one = make.person("one")
    two = make.person("two", superior=one)
    three = make.person("three", superior=two)
    answer = root.patch(f"/api/people/{one.id}", {"superior": three.id}, content_type=JSON)
    assert make.codes(answer) == {"/superior": "superior_cycle"}
    answer = root.patch(f"/api/people/{one.id}", {"superior": one.id}, content_type=JSON)
    assert make.codes(answer) == {"/superior": "superior_is_self"}
    assert root.patch("/api/people/999999", {"name": "x"}, JSON).status_code == 404


def test_a_temporary_password_is_shown_once(root: Client) -> None:
    li = make.person("li")
    answer = root.post(f"/api/people/{li.id}/password")
    password = answer.json()["password"]
    assert answer["Cache-Control"] == "no-store"
    assert Person.objects.get(id=li.id).check_password(password)
    assert root.get(f"/api/people/{li.id}").json()["must_change_password"] is True
    assert root.post("/api/people/999999/password").status_code == 404


def test_the_same_post_twice_makes_one_person(root: Client) -> None:
    body = {"username": "han"}
    headers = {"Idempotency-Key": "k1"}
    first = root.post("/api/people", body, content_type=JSON, headers=headers)
    second = root.post("/api/people", body, content_type=JSON, headers=headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    other = root.post("/api/people", {"username": "x"}, content_type=JSON, headers=headers)
    assert other.status_code == 422


def test_departments_form_a_tree(root: Client) -> None:
    top = root.post("/api/departments", {"name": "销售部"}, content_type=JSON).json()
    assert top["key"] == "xiao_shou_bu"
    below = root.post("/api/departments", {"name": "华东", "parent": top["id"]}, JSON).json()
    assert below["parent"] == top["id"]
    answer = root.patch(f"/api/departments/{top['id']}", {"parent": below["id"]}, JSON)
    assert make.codes(answer) == {"/parent": "department_cycle"}
    answer = root.post("/api/departments", {"name": "x", "key": "xiao_shou_bu"}, JSON)
    assert make.codes(answer) == {"/key": "key_taken"}
    answer = root.post("/api/departments", {"name": "x", "key": "Bad Key"}, JSON)
    assert make.codes(answer) == {"/key": "not_a_key"}
    assert make.codes(root.post("/api/departments", {}, JSON)) == {"/name": "value_required"}
    long = root.post("/api/departments", {"name": "x" * 300}, JSON)
    assert make.codes(long) == {"/name": "too_many_characters"}
    answer = root.patch(f"/api/departments/{top['id']}", {"key": "new"}, JSON)
    assert make.codes(answer) == {"/key": "key_is_fixed"}
    answer = root.delete(f"/api/departments/{top['id']}")
    assert (answer.status_code, make.codes(answer)) == (409, {"": "department_not_empty"})
    assert root.delete(f"/api/departments/{below['id']}").status_code == 204
    assert root.delete(f"/api/departments/{top['id']}").status_code == 204
    assert root.get("/api/departments").json()["departments"] == []
    assert root.patch("/api/departments/999999", {"name": "x"}, JSON).status_code == 404


def test_a_department_has_a_head(root: Client) -> None:
    li = make.person("li", name="李雷")
    sales = make.department("sales")
    answer = root.patch(f"/api/departments/{sales.id}", {"head": "li"}, content_type=JSON)
    assert answer.json()["head"] == {"id": li.id, "name": "李雷", "username": "li"}
    answer = root.patch(f"/api/departments/{sales.id}", {"head": 999999}, content_type=JSON)
    assert make.codes(answer) == {"/head": "person_unknown"}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def token(client: Client, **body: Any) -> str:
    answer = client.post("/api/tokens", {"name": "robot", **body}, content_type=JSON)
    assert answer.status_code == 201, answer.content
    found: str = answer.json()["token"]
    return found


def test_a_token_acts_for_its_person_and_needs_no_csrf(root: Client) -> None:
    secret = token(root)
    robot = Client(enforce_csrf_checks=True)
    assert robot.get("/api/session", headers=bearer(secret)).json()["person"]["username"] == "root"
    made = robot.post("/api/departments", {"name": "x"}, JSON, headers=bearer(secret))
    assert made.status_code == 201
    assert Token.objects.get().last_used_at is not None


def test_only_a_hash_of_a_token_is_kept(root: Client) -> None:
    secret = token(root)
    stored = Token.objects.get()
    assert secret.startswith(stored.prefix)
    assert secret not in (stored.hash, stored.prefix)
    listed = root.get("/api/tokens").json()["tokens"]
    assert [each["prefix"] for each in listed] == [stored.prefix]
    assert "token" not in listed[0]


def test_a_revoked_expired_or_invented_token_is_refused(root: Client) -> None:
    secret = token(root)
    assert Client().get("/api/people", headers=bearer("mt_nonsense")).status_code == 401
    assert Client().get(f"/api/people?token={secret}").status_code == 401
    Token.objects.update(expires_at=timezone.now())
    assert Client().get("/api/people", headers=bearer(secret)).status_code == 401
    Token.objects.update(expires_at=None)
    assert Client().get("/api/people", headers=bearer(secret)).status_code == 200
    assert root.delete(f"/api/tokens/{Token.objects.get().id}").status_code == 204
    assert Client().get("/api/people", headers=bearer(secret)).status_code == 401


def test_a_token_dies_with_its_person(root: Client) -> None:
    li = make.person("li")
    secret = token(make.signed_in(li))
    root.patch(f"/api/people/{li.id}", {"active": False}, content_type=JSON)
    assert Client().get("/api/people", headers=bearer(secret)).status_code == 401


def test_scopes(root: Client) -> None:
    reading = bearer(token(root, scopes=["read"]))
    assert Client().get("/api/people", headers=reading).status_code == 200
    answer = Client().post("/api/departments", {"name": "x"}, JSON, headers=reading)
    assert (answer.status_code, make.codes(answer)) == (403, {"": "token_scope"})
    writing = bearer(token(root, scopes=["write"]))
    answer = Client().post("/api/departments", {"name": "x"}, JSON, headers=writing)
    assert answer.status_code == 403
    Application.objects.create(key="crm", label="CRM")
    of_app = bearer(token(root, app="crm"))
    assert Client().get("/api/people", headers=of_app).status_code == 403
    assert Client().get("/api/session", headers=of_app).status_code == 200


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"name": ""}, "/name"),
        ({"scopes": ["god"]}, "/scopes"),
        ({"scopes": []}, "/scopes"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2099-01-01T00:00:00"}, "/expires_at"),
        ({"more": 1}, "/more"),
    ],
)
def test_what_is_wrong_with_a_new_token(root: Client, body: dict[str, Any], path: str) -> None:
    answer = root.post("/api/tokens", {"name": "x", **body}, content_type=JSON)
    assert answer.status_code == 422
    assert list(make.codes(answer)) == [path]


def test_nobody_revokes_anothers_token(root: Client, li: Client) -> None:
    token(root)
    assert li.delete(f"/api/tokens/{Token.objects.get().id}").status_code == 404


def test_ensure_admin_makes_one_administrator_once(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from django.core.management import call_command

    call_command("ensure_admin")
    first = json.loads(capsys.readouterr().out)
    assert first["username"] == "admin"
    assert first["created"] is True
    assert Person.objects.get(username="admin").check_password(first["password"])
    call_command("ensure_admin")
    second = json.loads(capsys.readouterr().out)
    assert second == {"username": "admin", "password": None, "created": False}
    assert people.person_id("admin") is not None


def test_members_need_an_application(root: Client) -> None:
    add_role_member("ghost", "administrator", "person", "1")
    assert root.get("/api/apps/ghost/roles/administrator/members").status_code == 404

"""Check, publish, restore and compare over HTTP."""

import threading
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from apps_runtime import people
from apps_runtime.models import Release
from apps_runtime.people.role_members import add_role_member
from builder.models import DraftChange
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def root() -> Client:
    return persons.signed_in(persons.administrator())


@pytest.fixture
def app(root: Client) -> str:
    """An application with one form, not published."""
    key = make.application(root, key="sales")
    make.saved(root, key, make.form())
    return key


def check(client: Client, app: str, **headers: str) -> Any:
    answer = client.post(f"{make.ROOT}/{app}/check", headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def number(client: Client, app: str) -> Any:
    return client.get(f"{make.ROOT}/{app}").json()["release"]


def test_a_first_check_says_what_will_be_made(root: Client, app: str) -> None:
    found = check(root, app)
    assert found["problems"] == []
    assert found["summary"] == "将新建 1 张表、2 个字段。不会丢失数据。"
    made = next(each for each in found["operations"] if each["operation"] == "creates_table")
    assert (made["form"], made["loses_data"], made["rows"]) == ("deal", False, 0)
    assert made["message"] != "creates_table"
    change = next(each for each in found["changes"] if each["kind"] == "form")
    assert (change["key"], change["label"], change["change"]) == ("deal", "Deal", "added")
    assert change["person"]["username"] == "root"
    english = "Publishing will create 1 table, 2 fields. No data will be lost."
    assert check(root, app, **ENGLISH)["summary"] == english


def test_publishing_installs_the_draft(root: Client, app: str) -> None:
    answer = make.publish(root, app, note="第一版")
    assert answer.status_code == 200, answer.content
    assert answer.json()["release"] == 1
    found = root.get(f"{make.ROOT}/{app}").json()
    assert (found["release"], found["changes"]) == (1, 0)
    assert {each["state"] for each in found["definitions"]} == {"unchanged"}
    assert not DraftChange.objects.exists()
    releases = root.get(f"{make.ROOT}/{app}/releases").json()["releases"]
    assert [(each["number"], each["note"], each["current"]) for each in releases] == [
        (1, "第一版", True)
    ]
    assert releases[0]["created_by"]["username"] == "root"
    assert check(root, app)["summary"] == "没有改动。"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM app_sales.deal")


def test_there_must_be_something_to_publish(root: Client, app: str) -> None:
    make.publish(root, app)
    answer = make.publish(root, app)
    assert (answer.status_code, persons.codes(answer)) == (409, {"": "nothing_to_publish"})
    assert Release.objects.count() == 1


def test_a_draft_that_is_not_valid_is_not_published(root: Client, app: str) -> None:
    body = make.form("other", fields={"to": {"type": "link", "form": "nowhere", "label": "x"}})
    assert make.put(root, app, body).status_code == 201
    answer = make.publish(root, app)
    assert answer.status_code == 422
    assert any(path.startswith("/forms/other/fields/to") for path in persons.codes(answer))
    assert number(root, app) is None
    assert "个错误" in check(root, app)["summary"]


def test_a_stale_base_is_refused(root: Client, app: str) -> None:
    place = f"{make.ROOT}/{app}/publish"
    stale = root.post(place, {}, content_type=make.JSON, headers={"If-Match": '"3"'})
    assert (stale.status_code, persons.codes(stale)) == (409, {"": "release_other"})
    wrong = root.post(place, {}, content_type=make.JSON, headers={"If-Match": '"x"'})
    assert wrong.status_code == 400
    fine = root.post(place, {}, content_type=make.JSON, headers={"If-Match": '"0"'})
    assert fine.status_code == 200
    for body in ({"more": 1}, {"note": 7}, {"accept_loss": "yes"}):
        assert root.post(place, body, content_type=make.JSON).status_code == 422


def test_of_two_publishers_at_once_exactly_one_wins(root: Client, app: str) -> None:
    rounds = 5
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    for turn in range(rounds):
        etag = root.get(path)["ETag"].strip('"')
        make.saved(root, app, make.form(label=f"turn {turn}"), etag)
        ready = threading.Barrier(2)
        statuses: list[int] = []

        def press(client: Client, gate: threading.Barrier, found: list[int]) -> None:
            try:
                gate.wait(10)
                found.append(make.publish(client, app).status_code)
            finally:
                connections.close_all()

        clients = [persons.signed_in(people_of("root")) for _ in range(2)]
        threads = [
            threading.Thread(target=press, args=(client, ready, statuses)) for client in clients
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(statuses) == [200, 409]
    numbers = Release.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, rounds + 1))


def people_of(username: str) -> Any:
    return people.person(people.person_id(username))


def insert(name: str, amount: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO app_sales.deal (name, amount, release) VALUES (%s, %s, 1)", [name, amount]
        )


def test_losing_values_needs_consent(root: Client, app: str) -> None:
    make.publish(root, app)
    insert("one", 5)
    insert("two", None)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    etag = root.get(path)["ETag"].strip('"')
    smaller = make.form(fields={"name": {"type": "text", "label": "名称", "required": True}})
    make.saved(root, app, smaller, etag)
    found = check(root, app)
    lost = [each for each in found["operations"] if each["loses_data"]]
    assert [(each["form"], each["field"], each["rows"]) for each in lost] == [("deal", "amount", 1)]
    assert "金额" in lost[0]["message"]
    assert found["summary"].endswith("1 条记录的数据将不再可见。")
    warned = {"/forms/deal/fields/amount": ("loses_data", "warning")}
    assert {each["path"]: (each["code"], each["severity"]) for each in found["problems"]} == warned
    answer = make.publish(root, app, accept_loss=False)
    assert answer.status_code == 422
    assert persons.codes(answer) == {"/forms/deal/fields/amount": "loses_data"}
    assert make.publish(root, app, accept_loss=True).json()["release"] == 2


def test_removing_an_option_that_records_have_is_warned_of(root: Client, app: str) -> None:
    options = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
    fields = {
        "name": {"type": "text", "label": "名称"},
        "amount": {"type": "money", "label": "金额"},
        "one": {"type": "choice", "label": "单选", "options": options},
        "some": {"type": "choices", "label": "多选", "options": options},
    }
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    make.saved(root, app, make.form(fields=fields), root.get(path)["ETag"].strip('"'))
    make.publish(root, app)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO app_sales.deal (name, one, "some", release)'
            " VALUES ('x', 'a', '{a,b}', 1), ('y', 'b', '{b}', 1)"
        )
    for name in ("one", "some"):
        fields[name] = {**fields[name], "options": options[1:]}
    make.saved(root, app, make.form(fields=fields), root.get(path)["ETag"].strip('"'))
    told = {
        (each["path"], each["code"], each["severity"], each["params"]["rows"])
        for each in check(root, app)["problems"]
    }
    assert told == {
        ("/forms/deal/fields/one/options", "options_in_use", "warning", 1),
        ("/forms/deal/fields/some/options", "options_in_use", "warning", 1),
    }
    assert len(make.publish(root, app).json()["problems"]) == 2


def test_a_type_that_takes_no_values_is_refused_with_the_rows(root: Client, app: str) -> None:
    make.publish(root, app)
    insert("one", 5)
    insert("two", None)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    fields = {**make.form()["fields"], "amount": {"type": "date", "label": "日期"}}
    make.saved(root, app, make.form(fields=fields), root.get(path)["ETag"].strip('"'))
    (warned,) = check(root, app)["problems"]
    assert (warned["code"], warned["severity"]) == ("type_takes_no_values", "warning")
    assert (warned["params"]["count"], warned["params"]["samples"]) == (1, ["5"])
    refused = make.publish(root, app)
    assert refused.status_code == 422
    assert persons.codes(refused) == {"/forms/deal/fields/amount": "type_takes_no_values"}
    assert make.publish(root, app, accept_loss=True).json()["release"] == 2


def test_an_empty_field_goes_without_consent(root: Client, app: str) -> None:
    make.publish(root, app)
    insert("one", None)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    etag = root.get(path)["ETag"].strip('"')
    fields = {"name": {"type": "text", "label": "名称", "required": True}}
    make.saved(root, app, make.form(fields=fields), etag)
    assert make.publish(root, app).json()["release"] == 2


def test_restoring_makes_a_new_release_and_leaves_the_draft_alone(root: Client, app: str) -> None:
    make.publish(root, app)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    etag = root.get(path)["ETag"].strip('"')
    etag = make.saved(root, app, make.form(label="second"), etag)
    make.publish(root, app)
    make.saved(root, app, make.form(label="third"), etag)
    place = f"{make.ROOT}/{app}/releases"
    answer = root.post(f"{place}/1/restore", {}, content_type=make.JSON)
    assert answer.json() == {"release": 3}
    assert root.get(path).json()["label"] == "third"
    assert root.get(place).json()["releases"][0]["restored_from"] == 1
    again = root.post(f"{place}/1/restore", {}, content_type=make.JSON)
    assert (again.status_code, persons.codes(again)) == (409, {"": "nothing_to_publish"})
    assert root.post(f"{place}/9/restore", {}, content_type=make.JSON).status_code == 404
    assert make.publish(root, app).json()["release"] == 4


def test_compare_names_what_changed_in_words(root: Client, app: str) -> None:
    make.publish(root, app)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    etag = root.get(path)["ETag"].strip('"')
    body = make.form(label="商机")
    body["fields"]["amount"]["required"] = True
    make.saved(root, app, body, etag)
    place = f"{make.ROOT}/{app}/compare"
    found = {each["path"]: each for each in root.get(place).json()["changes"]}
    assert set(found) == {"/label", "/fields/amount/required"}
    changed = found["/fields/amount/required"]
    assert changed["where"] == ["金额", "必填"]
    assert (changed["change"], changed["before"], changed["after"]) == ("added", None, True)
    assert found["/label"]["before"] == "Deal"
    assert found["/label"]["after"] == "商机"
    assert root.get(place, {"from": "1", "to": "1"}).json()["changes"] == []
    added = root.get(place, {"from": "0", "to": "1"}).json()["changes"]
    assert {each["change"] for each in added} == {"added"}
    assert root.get(place, {"from": "7"}).status_code == 404
    assert root.get(place, {"from": "x"}).status_code == 400


def test_who_may_publish(root: Client, app: str) -> None:
    user = persons.person("user")
    add_role_member(app, "sales", "person", str(user.id))
    assert make.publish(persons.signed_in(user), app).status_code == 403
    assert make.publish(Client(), app).status_code == 401
    designer = persons.person("designer", system_roles=["application_designer"])
    theirs = persons.signed_in(designer)
    assert make.publish(theirs, app).status_code == 200
    assert people.roles(designer.id, app) == frozenset()


def test_a_published_application_is_archived_not_lost(root: Client, app: str) -> None:
    make.publish(root, app)
    insert("kept", 1)
    assert root.delete(f"{make.ROOT}/{app}").status_code == 204
    assert app not in [each["key"] for each in root.get(make.ROOT).json()["applications"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM app_sales.deal")
        assert cursor.fetchall() == [("kept",)]

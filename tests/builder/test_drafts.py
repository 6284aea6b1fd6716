"""Applications and definitions of drafts over HTTP."""

from typing import Any

import pytest
from django.test import Client

from apps_runtime import people
from apps_runtime.people.role_members import add_role_member
from builder.models import DraftDefinition
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Client:
    return persons.signed_in(persons.administrator())


def test_a_new_application_has_an_administrator_and_a_role(root: Client) -> None:
    answer = root.post(make.ROOT, {"label": "销售管理"}, content_type=make.JSON)
    assert answer.status_code == 201
    made = answer.json()
    assert made["key"] == "xiao_shou_guan_li"
    assert made["label"] == "销售管理"
    assert made["release"] is None
    assert made["changes"] == 2  # the application and its role
    assert made["updated_by"]["name"] == "root"
    found = root.get(f"{make.ROOT}/{made['key']}").json()
    assert [(each["kind"], each["key"], each["state"]) for each in found["definitions"]] == [
        ("application", "xiao_shou_guan_li", "added"),
        ("role", "administrator", "added"),
    ]
    assert [each["username"] for each in found["administrators"]] == ["root"]
    assert people.members("xiao_shou_guan_li", "administrator") == [people.person_id("root")]


def test_keys_of_applications_are_proposed_unique_and_checked(root: Client) -> None:
    assert make.application(root) == "xiao_shou_guan_li"
    assert make.application(root) == "xiao_shou_guan_li_2"
    assert make.application(root, key="crm2") == "crm2"
    answer = root.post(make.ROOT, {"label": "x", "key": "crm2"}, content_type=make.JSON)
    assert (answer.status_code, persons.codes(answer)) == (409, {"": "key_taken"})
    for key in ("Crm", "1a", "a__b", "a b", "x" * 41, '"x', 7):
        answer = root.post(make.ROOT, {"label": "x", "key": key}, content_type=make.JSON)
        assert answer.status_code == 422, key
        assert list(persons.codes(answer)) == ["/key"]


@pytest.mark.parametrize(
    ("body", "path"), [({}, "/label"), ({"label": ""}, "/label"), ({"label": "x", "y": 1}, "/y")]
)
def test_what_is_wrong_with_a_new_application(
    root: Client, body: dict[str, Any], path: str
) -> None:
    answer = root.post(make.ROOT, body, content_type=make.JSON)
    assert answer.status_code == 422
    assert path in persons.codes(answer)


def test_who_may_design(root: Client) -> None:
    app = make.application(root)
    place = f"{make.ROOT}/{app}"
    assert Client().get(place).status_code == 401
    nobody = persons.signed_in(persons.person("nobody"))
    assert nobody.get(place).status_code == 404
    assert nobody.get(make.ROOT).status_code == 403
    assert nobody.post(make.ROOT, {"label": "x"}, content_type=make.JSON).status_code == 403
    user = persons.person("user")
    add_role_member(app, "sales", "person", str(user.id))
    assert persons.signed_in(user).get(place).status_code == 403
    own = persons.person("own")
    add_role_member(app, "administrator", "person", str(own.id))
    theirs = persons.signed_in(own)
    assert theirs.get(place).status_code == 200
    assert [each["key"] for each in theirs.get(make.ROOT).json()["applications"]] == [app]
    assert theirs.post(make.ROOT, {"label": "x"}, content_type=make.JSON).status_code == 403
    designer = persons.signed_in(persons.person("designer", system_roles=["application_designer"]))
    assert designer.get(place).status_code == 200
    assert designer.get(f"{make.ROOT}/nowhere").status_code == 404


def test_a_designer_cannot_give_himself_roles(root: Client) -> None:
    app = make.application(root)
    designer = persons.signed_in(persons.person("designer", system_roles=["application_designer"]))
    place = f"/api/apps/{app}/roles/administrator/members"
    assert designer.get(place).status_code == 200
    answer = designer.put(place, {"people": ["designer"]}, content_type=make.JSON)
    assert answer.status_code == 403


def test_members_of_a_role(root: Client) -> None:
    app = make.application(root)
    sales = persons.department("sales")
    li = persons.person("li", name="李雷")
    place = f"/api/apps/{app}/roles/administrator/members"
    body = {"people": ["li", {"id": people.person_id("root")}], "departments": ["sales"]}
    answer = root.put(place, body, content_type=make.JSON)
    assert answer.status_code == 200, answer.content
    assert answer.json()["departments"] == [{"id": sales.id, "key": "sales", "name": "Sales"}]
    assert people.roles(li.id, app) == {"administrator"}
    answer = root.put(place, {"people": ["x"], "positions": [""]}, content_type=make.JSON)
    assert persons.codes(answer) == {
        "/people/0": "person_unknown",
        "/positions/0": "position_unknown",
    }
    answer = root.put(place, {"people": [], "departments": []}, content_type=make.JSON)
    assert persons.codes(answer) == {"": "last_application_administrator"}
    answer = root.put(place, {"people": ["root"], "departments": []}, content_type=make.JSON)
    assert answer.status_code == 200
    assert people.roles(li.id, app) == frozenset()
    assert root.get(f"/api/apps/{app}/roles/nothing/members").status_code == 404
    assert persons.signed_in(li).get(place).status_code == 404


def test_a_definition_is_kept_as_it_was_written(root: Client) -> None:
    app = make.application(root)
    body = make.form()
    answer = make.put(root, app, body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["problems"] == []
    assert answer["ETag"] == f'"{answer.json()["etag"]}"'
    found = root.get(f"{make.ROOT}/{app}/definitions/form/deal")
    assert found["ETag"] == answer["ETag"]
    assert list(found.json()["fields"]) == ["name", "amount"]
    assert found.json() == body


def test_changes_need_the_etag_they_were_made_from(root: Client) -> None:
    app = make.application(root)
    first = make.saved(root, app, make.form())
    assert make.put(root, app, make.form(label="x")).status_code == 428
    second = make.saved(root, app, make.form(label="商机"), first)
    assert second != first
    answer = make.put(root, app, make.form(label="mine"), first)
    assert answer.status_code == 409
    assert answer.json()["problems"][0]["code"] == "draft_changed"
    assert answer.json()["definition"]["label"] == "商机"
    assert answer.json()["etag"] == second
    assert answer.json()["updated_by"]["name"] == "root"
    assert make.put(root, app, make.form(label="mine"), "*").status_code == 200


def test_saving_the_same_again_changes_nothing(root: Client) -> None:
    app = make.application(root)
    etag = make.saved(root, app, make.form())
    before = DraftDefinition.objects.get(draft_id=app, kind="form").updated_at
    assert make.saved(root, app, make.form(), etag) == etag
    assert DraftDefinition.objects.get(draft_id=app, kind="form").updated_at == before


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "form", "key": "deal", "format": 1, "label": "x"},
        make.form(surprise=True),
        make.form(key="other"),
        make.form(format=99),
        make.form(fields={"id": {"type": "text"}}),
        make.form(fields={"a__b": {"type": "text"}}),
        make.form(fields={"a": {"type": "telepathy"}}),
        make.form(fields={"a": {"type": "text", "color": "red"}}),
        ["form"],
        "form",
        None,
    ],
)
def test_what_has_no_right_structure_is_not_kept(root: Client, body: Any) -> None:
    app = make.application(root)
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    answer = root.put(path, body, content_type=make.JSON)
    assert answer.status_code in (400, 422), answer.content
    assert answer.json()["problems"]
    assert root.get(path).status_code == 404


def test_half_finished_work_is_kept_and_its_problems_are_listed(root: Client) -> None:
    app = make.application(root)
    body = make.form()
    body["fields"]["customer"] = {"type": "link", "label": "客户", "form": "customer"}
    body["fields"]["double"] = {
        "type": "formula", "label": "x", "returns": "number", "formula": "amnt * 2",
    }  # fmt: skip
    answer = make.put(root, app, body)
    assert answer.status_code == 201
    paths = [each["path"] for each in answer.json()["problems"]]
    assert any(path.startswith("/forms/deal/fields/customer") for path in paths)
    assert any(path.startswith("/forms/deal/fields/double") for path in paths)


def test_unknown_kinds_and_foreign_applications(root: Client) -> None:
    app = make.application(root)
    path = f"{make.ROOT}/{app}/definitions"
    for place, found in (
        ("spell/x", {"/kind": "unknown_kind"}),
        ("application/other", {"/key": "key_differs"}),
        ("form/Deal", {"/key": "not_a_key"}),
        ("form/a b", {"/key": "not_a_key"}),
        (f"form/{'a' * 41}", {"/key": "key_too_long"}),
    ):
        kind, key = place.split("/")
        answer = root.put(f"{path}/{place}", {**make.form(key), "kind": kind}, make.JSON)
        assert (answer.status_code, persons.codes(answer)) == (422, found)
        assert root.get(f"{path}/{place}").status_code == 404
    assert root.get(f"{path}/form/nothing").status_code == 404
    assert root.delete(f"{path}/form/nothing").status_code == 404


def test_what_is_used_is_not_deleted_without_force(root: Client) -> None:
    app = make.application(root)
    etag = make.saved(root, app, make.form())
    make.saved(root, app, make.role())
    path = f"{make.ROOT}/{app}/definitions/form/deal"
    answer = root.delete(path, headers={"If-Match": f'"{etag}"'})
    assert answer.status_code == 409
    found = answer.json()["problems"]
    assert [each["path"] for each in found] == ["/roles/sales/grants/0/form"]
    assert found[0]["code"] == "definition_in_use"
    assert root.delete(path, headers={"If-Match": '"old"'}).status_code == 409
    assert root.delete(f"{path}?force=true").status_code == 204
    assert root.get(path).status_code == 404


def test_the_application_and_its_administrators_stay(root: Client) -> None:
    app = make.application(root)
    path = f"{make.ROOT}/{app}/definitions"
    for place in (f"application/{app}", "role/administrator"):
        answer = root.delete(f"{path}/{place}?force=true")
        assert (answer.status_code, persons.codes(answer)) == (409, {"": "definition_stays"})


def test_usage_of_a_field(root: Client) -> None:
    app = make.application(root)
    views = {"all": {"type": "table", "label": "全部", "columns": ["name", "amount"]}}
    make.saved(root, app, make.form(views=views))
    path = f"{make.ROOT}/{app}/usage"
    found = root.get(path, {"kind": "form", "key": "deal", "field": "amount"}).json()["usage"]
    assert [(each["kind"], each["key"], each["path"]) for each in found] == [
        ("form", "deal", "/views/all/columns/1")
    ]
    assert root.get(path, {"kind": "form", "key": "nothing"}).status_code == 404
    assert root.get(path, {"kind": "form"}).status_code == 400


def test_an_application_that_was_never_published_can_be_thrown_away(root: Client) -> None:
    app = make.application(root)
    assert root.delete(f"{make.ROOT}/{app}").status_code == 204
    assert root.get(f"{make.ROOT}/{app}").status_code == 404
    assert make.application(root, key=app) == app


def test_a_definition_of_an_application_makes_one(root: Client) -> None:
    body = {
        "kind": "application", "key": "crm", "format": 1, "label": {"zh-Hans": "客户", "en": "CRM"},
        "icon": "team", "timezone": "Europe/Berlin", "currency": "EUR", "language": "en",
        "navigation": [],
    }  # fmt: skip
    assert root.post(make.ROOT, body, content_type=make.JSON).status_code == 201
    assert root.get(f"{make.ROOT}/crm/definitions/application/crm").json() == body
    for wrong in ({"timezone": 8}, {"kind": "form"}, {"format": 9}, {"colour": "red"}):
        answer = root.post(make.ROOT, {**body, "key": "other", **wrong}, content_type=make.JSON)
        assert (answer.status_code, *persons.codes(answer)) == (422, f"/{next(iter(wrong))}")


def test_keys_are_proposed(root: Client) -> None:
    path = "/api/builder/keys"
    assert root.get(path, {"label": "商机"}).json() == {"key": "shang_ji"}
    assert root.get(path, {"label": "商机", "taken": "a,shang_ji"}).json() == {"key": "shang_ji_2"}
    assert root.get(path, {"label": "id"}).json()["key"] != "id"
    assert root.get(path).status_code == 400
    assert Client().get(path, {"label": "x"}).status_code == 401

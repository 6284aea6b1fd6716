"""Rights on every path: rows, fields, masks, whoever asks and however."""

from collections.abc import Callable
from typing import Any

import pytest

from apps_runtime import people, releases
from apps_runtime.models import AccessEntry, Comment, RoleMember
from tests.apps_runtime.conftest import Api, Staff
from tests.apps_runtime.sales import APP, definitions

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm/records"
AsPerson = Callable[..., Api]


@pytest.fixture
def deal(sales: Staff, as_person: AsPerson) -> dict[str, Any]:
    """An opportunity of ann's, with an amount that auditors do not see."""
    ann = as_person(sales.ann)
    customer = ann.post(f"{ROOT}/customer", {"name": "长江实业"}).json()["id"]
    body = {"name": "一笔大生意", "customer": customer, "amount": "4321"}
    made = ann.post(f"{ROOT}/opportunity", body)
    assert made.status_code == 201, made.content
    return dict(made.json())


def paths(deal: dict[str, Any]) -> list[str]:
    record = f"{ROOT}/opportunity/{deal['id']}"
    return [record, f"{record}/history", f"{record}/comments", f"{record}/related/customer"]


@pytest.mark.parametrize("who", ["bob"])
def test_a_record_of_others_does_not_exist(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any], who: str
) -> None:
    api = as_person(getattr(sales, who))
    for path in paths(deal):
        assert api.get(path).status_code == 404, path
    record = f"{ROOT}/opportunity/{deal['id']}"
    assert api.patch(record, {"version": 1, "amount": "1"}).status_code == 404
    assert api.delete(record).status_code == 404
    assert api.post(f"{record}/comments", {"text": "x"}).status_code == 404
    assert api.post(f"{record}/restore").status_code == 404
    assert api.get(f"{ROOT}/opportunity").json()["records"] == []
    assert api.get(f"{ROOT}/opportunity", search="大生意").json()["records"] == []
    assert api.get(f"{ROOT}/opportunity", filter=f"id = {deal['id']}").json()["records"] == []
    assert api.get(f"{ROOT}/opportunity/values", field="name").json()["values"] == []
    exported = api.get(f"{ROOT}/opportunity/export", format="csv")
    assert exported.status_code == 200
    assert "大生意" not in exported.content.decode("utf-8-sig")
    batch = api.post(f"{ROOT}/opportunity/batch", {"delete": [deal["id"]]})
    assert batch.status_code == 404


def test_who_is_not_signed_in_gets_401(as_person: AsPerson, deal: dict[str, Any]) -> None:
    for path in [*paths(deal), f"{ROOT}/opportunity", "/api/apps", "/api/apps/crm"]:
        assert as_person(None).get(path).status_code == 401, path


def test_who_has_no_role_does_not_learn_that_the_application_exists(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    RoleMember.objects.filter(member=str(sales.bob.pk)).delete()
    people.bump_stamp()
    api = as_person(sales.bob)
    for path in [*paths(deal), f"{ROOT}/opportunity", "/api/apps/crm", "/api/apps/nothing"]:
        assert api.get(path).status_code == 404, path
    assert api.get("/api/apps").json() == {"apps": []}


def test_a_role_taken_away_is_gone_on_the_next_request(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    ann = as_person(sales.ann)
    assert ann.get(paths(deal)[0]).status_code == 200
    RoleMember.objects.filter(member=str(sales.ann.pk)).delete()
    people.bump_stamp()
    assert ann.get(paths(deal)[0]).status_code == 404


def test_the_superior_sees_but_does_not_change(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    boss = as_person(sales.boss)
    seen = boss.get(paths(deal)[0]).json()
    assert (seen["name"], seen["rights"]) == ("一笔大生意", {"edit": False, "delete": False})
    refused = boss.patch(paths(deal)[0], {"version": 1, "amount": "1"})
    assert refused.status_code == 403
    assert refused.json()["problems"][0]["code"] == "record_not_editable"


def test_hidden_and_masked_fields_on_every_path(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    """The role `audit` hides the amount and masks the name."""
    api = as_person(sales.auditor)
    record = api.get(paths(deal)[0]).json()
    assert "amount" not in record
    assert record["name"] == "一****意"
    assert record["label"] == "一****意"
    listed = api.get(f"{ROOT}/opportunity").json()["records"][0]
    assert "amount" not in listed
    assert listed["name"] == "一****意"
    for query in (
        {"filter": "amount > 1"},
        {"sort": "amount"},
        {"filter": "weighted > 1 or amount > 1"},
        {"fields": "name,amount"},
    ):
        answer = api.get(f"{ROOT}/opportunity", **query)
        assert answer.status_code == 403, query
        assert answer.json()["problems"][0]["code"] == "field_hidden"
    assert api.get(f"{ROOT}/opportunity/values", field="amount").status_code == 403
    # A masked text is not found by what it hides, or the mask would be guessed letter by letter.
    assert api.get(f"{ROOT}/opportunity", search="大生").json()["records"] == []
    assert api.get(f"{ROOT}/opportunity", filter="name = '一笔大生意'").json()["records"] == []
    history = api.get(paths(deal)[1]).json()["history"]
    changes = {each["field"]: each["after"] for each in history[0]["changes"]}
    assert "amount" not in changes
    assert changes["name"] == "一****意"
    exported = api.get(f"{ROOT}/opportunity/export", format="csv").content.decode("utf-8-sig")
    assert "4321" not in exported
    assert "大生意" not in exported
    form = api.get("/api/apps/crm/forms/opportunity").json()
    assert "amount" not in [field["key"] for field in form["fields"]]
    assert "amount" not in str(form)
    explained = api.get(
        "/api/apps/crm/explain", form="opportunity", record=deal["id"], field="amount"
    ).json()
    assert explained["allowed"] is False
    assert [each["code"] for each in explained["reasons"]] == ["grant_hides_field"]


def test_fields_of_a_linked_record_that_is_hidden_are_empty(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    """Auditors have no right to customers: neither its name nor a lookup through it is told."""
    record = as_person(sales.auditor).get(paths(deal)[0]).json()
    assert record["customer"]["label"] is None
    assert record.get("industry") is None


def test_a_link_to_a_record_that_is_not_visible_is_refused(
    sales: Staff, as_person: AsPerson
) -> None:
    found = definitions()
    found["role", "sales"]["grants"][1]["see"] = "owner = USER()"
    releases.install(found, app_key=APP, person=sales.admin)
    made = as_person(sales.ann).post(f"{ROOT}/customer", {"name": "安的客户"}).json()
    bob = as_person(sales.bob)
    answer = bob.post(f"{ROOT}/opportunity", {"name": "x", "customer": made["id"]})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["path"] == "/customer"
    assert answer.json()["problems"][0]["code"] == "linked_record_missing"


def test_create_without_the_right(sales: Staff, as_person: AsPerson, deal: dict[str, Any]) -> None:
    api = as_person(sales.auditor)
    body = {"name": "x", "customer": deal["customer"]["id"]}
    assert api.post(f"{ROOT}/opportunity", body).status_code == 403
    assert api.post(f"{ROOT}/opportunity/batch", {"create": [body]}).status_code == 403
    assert api.post(f"{ROOT}/customer", {"name": "x"}).status_code == 404
    assert api.get(f"{ROOT}/customer").status_code == 403


def test_export_needs_its_right_and_is_logged(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    ann = as_person(sales.ann)
    assert ann.get(f"{ROOT}/customer/export", format="csv").status_code == 403
    assert ann.get(f"{ROOT}/opportunity/export", format="csv").status_code == 200
    entry = AccessEntry.objects.get(action="records.exported")
    assert (entry.person, entry.app, entry.form) == (sales.ann.pk, "crm", "opportunity")
    assert entry.params["count"] == 1


def test_an_administrator_looks_through_another_persons_eyes(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    admin = as_person(sales.admin)
    as_bob = {"x-view-as": str(sales.bob.pk)}
    everything = admin.get(f"{ROOT}/opportunity").json()["records"]
    assert [each["id"] for each in everything] == [deal["id"]]
    assert admin.send("GET", f"{ROOT}/opportunity", **as_bob).json()["records"] == []
    assert admin.send("GET", paths(deal)[0], **as_bob).status_code == 404
    app = admin.send("GET", "/api/apps/crm", **as_bob).json()
    assert app["roles"] == ["sales"]
    written = admin.post(f"{ROOT}/customer", {"name": "x"}, **as_bob)
    assert written.status_code == 403
    assert written.json()["problems"][0]["code"] == "view_as_reads_only"
    refused = as_person(sales.ann).send("GET", f"{ROOT}/opportunity", **as_bob)
    assert refused.status_code == 403
    assert AccessEntry.objects.filter(action="person.viewed_as").count() == 3
    for wrong in ("nobody", "0", "99999999", "²"):
        headers = {"x-view-as": wrong.encode().decode("latin-1")}
        assert admin.send("GET", f"{ROOT}/opportunity", **headers).status_code == 400


def test_comments_are_for_those_who_see_the_record(
    sales: Staff, as_person: AsPerson, deal: dict[str, Any]
) -> None:
    path = paths(deal)[2]
    made = as_person(sales.boss).post(path, {"text": " 加油 "})
    assert made.status_code == 201, made.content
    found = as_person(sales.ann).get(path).json()
    assert [(each["person"]["name"], each["text"]) for each in found["comments"]] == [
        ("王主管", "加油")
    ]
    assert as_person(sales.boss).post(path, {"text": ""}).status_code == 422
    assert as_person(sales.boss).post(path, {"text": "x" * 5001}).status_code == 422
    assert as_person(sales.boss).post(path, {"text": 5}).status_code == 422
    assert Comment.objects.count() == 1


def test_explain_names_the_grants(sales: Staff, as_person: AsPerson, deal: dict[str, Any]) -> None:
    admin = as_person(sales.admin)
    answer = admin.get(
        "/api/apps/crm/explain", person="bob", form="opportunity", record=deal["id"]
    ).json()
    assert answer["allowed"] is False
    reason = answer["reasons"][0]
    assert (reason["role"], reason["clause"], reason["met"]) == (
        "sales",
        "owner = USER() or owner in SUBORDINATES()",
        False,
    )
    assert reason["message"]
    boss = admin.get(
        "/api/apps/crm/explain", person=sales.boss.pk, form="opportunity", record=deal["id"]
    ).json()
    assert boss["allowed"] is True
    others = as_person(sales.ann).get("/api/apps/crm/explain", person="bob", form="opportunity")
    assert others.status_code == 403

"""Applications, forms, views, files, values, related records and exports over HTTP."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from apps_runtime import releases
from apps_runtime.exchange.table import open_table
from apps_runtime.store import flow_state
from tests.apps_runtime.conftest import Api, Staff
from tests.apps_runtime.sales import APP, OPPORTUNITY, definitions

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm"
DEALS = f"{ROOT}/records/opportunity"
AsPerson = Callable[..., Api]


@pytest.fixture
def ann(sales: Staff, as_person: AsPerson) -> Api:
    return as_person(sales.ann)


@pytest.fixture
def customer(ann: Api) -> int:
    return int(ann.post(f"{ROOT}/records/customer", {"name": "客户"}).json()["id"])


def add(api: Api, customer: int, name: str, **values: Any) -> dict[str, Any]:
    answer = api.post(DEALS, {"name": name, "customer": customer, **values})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def codes(answer: Any) -> list[str]:
    return [each["code"] for each in answer.json()["problems"]]


def test_the_application_names_only_what_is_visible(sales: Staff, as_person: AsPerson) -> None:
    found = as_person(sales.ann).get(ROOT).json()
    assert (found["label"], found["release"], found["timezone"]) == ("CRM", 1, "Asia/Shanghai")
    assert [form["key"] for form in found["forms"]] == ["customer", "opportunity"]
    assert found["forms"][1]["rights"] == {
        "create": True,
        "see": True,
        "edit": True,
        "delete": False,
        "export": True,
        "import": False,
    }
    items = found["navigation"][0]["items"]
    assert [(item["type"], item["key"], item["view"]) for item in items] == [
        ("form", "customer", None),
        ("form", "opportunity", "all"),
    ]
    assert found["rights"] == {"design": False, "manage_members": False}
    auditor = as_person(sales.auditor).get(ROOT).json()
    assert [form["key"] for form in auditor["forms"]] == ["opportunity"]
    assert [item["key"] for item in auditor["navigation"][0]["items"]] == ["opportunity"]
    admin = as_person(sales.admin).get(ROOT).json()
    assert admin["rights"] == {"design": True, "manage_members": True}
    assert [each["key"] for each in as_person(sales.admin).get("/api/apps").json()["apps"]] == [APP]


def test_texts_come_in_the_readers_language(ann: Api) -> None:
    chinese = ann.client.get(f"{ROOT}/forms/customer", headers={"accept-language": "zh-CN"})
    assert chinese.json()["label"] == "客户"
    english = ann.get(f"{ROOT}/forms/customer").json()
    assert english["label"] == "Customer"
    options = next(field for field in english["fields"] if field["key"] == "industry")["options"]
    assert [each["label"] for each in options["options"]] == ["IT", "Retail"]
    wrong = {"accept-language": "zh-CN"}
    answer = ann.client.get(f"{DEALS}?limit=0", headers=wrong)
    assert "数量" in answer.json()["problems"][0]["message"] or answer.json()["problems"]


def test_a_form_carries_trees_rights_and_views(ann: Api) -> None:
    answer = ann.get(f"{ROOT}/forms/opportunity")
    form = answer.json()
    known = {"accept-language": "en", "if-none-match": answer["ETag"]}
    again = ann.client.get(f"{ROOT}/forms/opportunity", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    fields = {field["key"]: field for field in form["fields"]}
    assert fields["stage"]["default"] == {"value": "discovery", "type": "text"}
    assert fields["weighted"]["formula"]["call"] == "/"
    assert (fields["probability"]["right"], fields["name"]["right"]) == ("see", "edit")
    assert (fields["no"]["right"], fields["no"]["computed"]) == ("see", True)
    assert form["title"] == "{{name}}"
    assert form["behaviour"][0]["show"] == ["lost_reason"]
    assert form["checks"][0]["message"] == "The amount must be above 0"
    assert list(form["views"]) == ["all", "board"]
    assert form["rights"]["create"] is True
    assert ann.get(f"{ROOT}/forms/nothing").status_code == 404


def test_related_records(ann: Api, customer: int) -> None:
    deals = [add(ann, customer, name) for name in ("a", "b")]
    found = ann.get(f"{ROOT}/records/customer/{customer}/related/opportunity", sort="id").json()
    assert [each["id"] for each in found["records"]] == [deal["id"] for deal in deals]
    assert found["link"] == "customer"
    assert ann.get(f"{ROOT}/records/customer/{customer}/related/customer").status_code == 404
    wrong = ann.get(f"{ROOT}/records/customer/{customer}/related/opportunity", link="name")
    assert wrong.status_code == 422


def test_values_of_a_field(ann: Api, customer: int, sales: Staff) -> None:
    for name, stage in (("a", "won"), ("b", "won"), ("c", "discovery")):
        add(ann, customer, name, stage=stage, amount=1)
    found = ann.get(f"{DEALS}/values", field="stage").json()["values"]
    assert found == [
        {"value": "won", "label": "赢单", "count": 2},
        {"value": "discovery", "label": "需求发现", "count": 1},
    ]
    people = ann.get(f"{DEALS}/values", field="owner", search="安").json()["values"]
    assert people == [{"value": sales.ann.pk, "label": "安", "count": 3}]
    assert ann.get(f"{DEALS}/values", field="owner", search="王").json()["values"] == []
    linked = ann.get(f"{DEALS}/values", field="customer").json()["values"]
    assert linked == [{"value": customer, "label": "客户", "count": 3}]
    assert codes(ann.get(f"{DEALS}/values", field="nothing")) == ["unknown_field"]


def test_saved_views_belong_to_their_person(sales: Staff, as_person: AsPerson, ann: Api) -> None:
    path = f"{ROOT}/forms/opportunity/views"
    body = {"label": "大单", "filter": "amount > 100", "sort": "-amount", "columns": ["name"]}
    made = ann.post(path, body)
    assert made.status_code == 201, made.content
    assert made.json() == {"id": made.json()["id"], **body}
    assert ann.get(path).json()["views"] == [made.json()]
    bob = as_person(sales.bob)
    assert bob.get(path).json()["views"] == []
    assert bob.delete(f"{path}/{made.json()['id']}").status_code == 404
    for wrong, code in (
        ({"label": ""}, "required"),
        ({"label": "x", "filter": "nothing > 1"}, "unknown_name"),
        ({"label": "x", "colour": "red"}, "unknown_key"),
        ({"label": "x", "columns": ["nothing"]}, "unknown_field"),
        ({"label": "x", "sort": 5}, "list_expected"),
        ({"label": "x", "filter": 5}, "not_a_text"),
        ({"label": 5}, "not_a_text"),
        ({"label": "x", "view": "nothing"}, "unknown_view"),
    ):
        answer = ann.post(path, wrong)
        assert (answer.status_code, codes(answer)[0]) == (422, code), wrong
    hidden = as_person(sales.auditor).post(path, {"label": "x", "filter": "amount > 1"})
    assert codes(hidden) == ["field_hidden"]
    assert ann.delete(f"{path}/{made.json()['id']}").status_code == 204
    assert ann.get(path).json()["views"] == []


def test_files_are_for_those_who_put_them_there(
    sales: Staff, as_person: AsPerson, ann: Api, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("../../a\r\n<b>.svg", b"<svg/>", content_type="text/html")
    answer = ann.client.post(f"{ROOT}/files", {"file": upload})
    assert answer.status_code == 201, answer.content
    found = answer.json()
    assert (found["size"], ".." in found["name"], "\n" in found["name"]) == (6, False, False)
    got = ann.get(f"{ROOT}/files/{found['id']}")
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert b"".join(got.streaming_content) == b"<svg/>"
    assert as_person(sales.bob).get(f"{ROOT}/files/{found['id']}").status_code == 404
    assert ann.get(f"{ROOT}/files/not-an-id").status_code == 404
    assert ann.client.post(f"{ROOT}/files", {}).status_code == 400
    empty = SimpleUploadedFile("a.txt", b"")
    assert ann.client.post(f"{ROOT}/files", {"file": empty}).status_code in (400, 422)
    settings.UPLOAD_LIMIT = 3
    large = SimpleUploadedFile("a.txt", b"four")
    assert ann.client.post(f"{ROOT}/files", {"file": large}).status_code == 413
    assert ann.post(f"{ROOT}/files", {"file": "x"}).status_code == 415


DANGEROUS = ["=1+1", "+1", "-x", "@cmd", "\tx"]


def test_csv_export_gives_the_columns_of_the_view_and_no_formulas(
    ann: Api, customer: int, tmp_path: Any
) -> None:
    for name in DANGEROUS[:4]:
        add(ann, customer, name, amount="1234.50")
    answer = ann.get(f"{DEALS}/export", format="csv", view="all", sort="id")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "编号,名称,客户,阶段,金额"
    assert [line.split(",")[1] for line in lines[1:]] == [f"'{name}" for name in DANGEROUS[:4]]
    assert lines[1].endswith(",客户,需求发现,1234.5")
    path = tmp_path / "again.csv"
    path.write_bytes(answer.content)
    again = [row.cells[1] for row in open_table(path, "again.csv").rows()]
    assert again == DANGEROUS[:4]


def test_xlsx_export_has_numbers_dates_and_plain_texts(ann: Api, customer: int) -> None:
    add(ann, customer, "=HYPERLINK()", amount="1234.50", expected_close="2026-02-03")
    answer = ann.get(f"{DEALS}/export", fields="name,amount,expected_close,owner")
    assert answer["Content-Disposition"].endswith(".xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == ["名称", "金额", "预计成交", "负责人"]
    assert rows[1][:2] == ["=HYPERLINK()", 1234.5]
    assert rows[1][2].isoformat() == "2026-02-03"
    assert rows[1][3] == "安"
    assert codes(ann.get(f"{DEALS}/export", format="pdf")) == ["unknown_format"]


def test_a_record_in_an_approval_is_locked(ann: Api, customer: int, sales: Staff) -> None:
    deal = add(ann, customer, "a")
    flow_state.set_flow_states("app_crm", "opportunity", {deal["id"]: "waiting:1"})
    path = f"{DEALS}/{deal['id']}"
    locked = ann.patch(path, {"version": 1, "amount": "1"})
    assert (locked.status_code, codes(locked)) == (409, ["record_locked"])
    batch = ann.post(f"{DEALS}/batch", {"update": [{"id": deal["id"], "version": 1, "amount": 1}]})
    assert (batch.status_code, codes(batch)) == (409, ["record_locked"])
    flow_state.set_flow_states("app_crm", "opportunity", {deal["id"]: None})
    assert ann.patch(path, {"version": 1, "amount": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"creates": []}, (422, "unknown_key")),
        ({"create": {}}, (400, "list_expected")),
        ({"create": {"a": 1}}, (400, "list_expected")),
        ({"create": [5]}, (400, "not_an_object")),
        ({"update": [{"amount": 1}]}, (422, "record_not_named")),
        ({"update": [{"id": 1, "amount": 1}]}, (428, "version_missing")),
        ({"update": [{"id": True, "version": 1}]}, (422, "record_not_named")),
        ({"delete": ["x"]}, (422, "record_not_named")),
        ({"delete": [1, 1]}, (422, "record_named_twice")),
        ({"delete": [10**30]}, (400, "number_too_long")),
        ({"delete": [10**20]}, (422, "record_not_named")),
        ({"delete": [999999]}, (404, "not_found")),
        ({"create": [{}] * 1001}, (422, "batch_too_large")),
        ({}, (200, None)),
    ],
)
def test_batches_that_are_not_what_they_should_be(
    ann: Api, body: dict[str, Any], expected: tuple[int, str | None]
) -> None:
    answer = ann.post(f"{DEALS}/batch", body)
    status, code = expected
    assert answer.status_code == status, answer.content
    if code is not None:
        assert code in codes(answer)


def test_wrong_addresses(ann: Api, customer: int) -> None:
    assert ann.get(f"{ROOT}/records/nothing").status_code == 404
    assert ann.get(f"{DEALS}/{10**18}").status_code == 404
    assert ann.get(f"{DEALS}/{10**30}").status_code == 404
    assert ann.get(f"{ROOT}/records/opportunity/x").status_code == 404
    assert ann.post(f"{DEALS}/1/restore").status_code == 404
    assert ann.send("PUT", DEALS, {}).status_code == 405
    assert codes(ann.send("PUT", DEALS, {})) == ["method_not_allowed"]
    posted = ann.client.post(DEALS, {"name": "x"})  # multipart instead of JSON
    assert posted.status_code == 422 or posted.status_code == 415
    form = ann.client.post(DEALS, "a=1", content_type="application/x-www-form-urlencoded")
    assert form.status_code == 415


def test_the_page_after_a_change_of_the_sort_is_refused(ann: Api, customer: int) -> None:
    for name in "abc":
        add(ann, customer, name)
    page = ann.get(DEALS, sort="name", limit="1").json()
    assert ann.get(DEALS, sort="-name", limit="1", after=page["next"]).status_code == 400
    following = ann.get(DEALS, sort="name", limit="1", after=page["next"]).json()
    assert [each["name"] for each in following["records"]] == ["b"]
    assert "count" not in following


def test_counts(ann: Api, customer: int) -> None:
    for name in "abc":
        add(ann, customer, name)
    for query in ({}, {"limit": "1"}, {"limit": "1", "count": "true"}):
        assert ann.get(DEALS, **query).json()["count"] == {"value": 3, "capped": False}
    assert "count" not in ann.get(DEALS, count="false").json()
    assert ann.get(DEALS, count="maybe").status_code == 400


def test_restoring_a_release_brings_back_the_form(sales: Staff, as_person: AsPerson) -> None:
    changed = definitions()
    body = changed["form", "opportunity"]
    body["fields"] = {
        key: field for key, field in OPPORTUNITY["fields"].items() if key != "probability"
    }
    del body["fields"]["weighted"]
    body["layout"] = []
    del changed["role", "sales"]["grants"][0]["fields"]["probability"]
    releases.install(changed, app_key=APP, person=sales.admin)
    ann = as_person(sales.ann)
    fields = [field["key"] for field in ann.get(f"{ROOT}/forms/opportunity").json()["fields"]]
    assert "probability" not in fields
    releases.restore(APP, 1, person=sales.admin)
    found = ann.get(f"{ROOT}/forms/opportunity").json()
    assert found["release"] == 3
    assert "probability" in [field["key"] for field in found["fields"]]

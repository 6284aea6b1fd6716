"""Reports and dashboards over HTTP: the numbers of the viewer, and the records behind them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from apps_runtime import releases
from tests.apps_runtime.conftest import Api, Staff
from tests.apps_runtime.sales import APP, definitions

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm"
PIPELINE: dict[str, Any] = {
    "kind": "report",
    "key": "pipeline",
    "format": 1,
    "label": {"zh-Hans": "管道", "en": "Pipeline"},
    "form": "opportunity",
    "dimensions": [{"field": "stage"}],
    "measures": [{"of": "count"}, {"of": "sum", "field": "amount"}],
    "chart": {"type": "bar"},
}
FUNNEL: dict[str, Any] = {
    "kind": "report",
    "key": "reached",
    "format": 1,
    "label": "漏斗",
    "form": "opportunity",
    "funnel": {"field": "stage", "steps": ["discovery", "won"], "count": "reached"},
    "chart": {"type": "funnel"},
}
DASHBOARD: dict[str, Any] = {
    "kind": "dashboard",
    "key": "sales",
    "format": 1,
    "label": "看板",
    "filters": [{"field": "stage"}],
    "widgets": [
        {"report": "pipeline", "at": [0, 0, 6, 4]},
        {"report": "reached", "at": [6, 0, 6, 4]},
    ],
}


@pytest.fixture
def api(staff: Staff, as_person: Callable[..., Api]) -> Callable[..., Api]:
    found = definitions()
    for body in (PIPELINE, FUNNEL, DASHBOARD):
        found[body["kind"], body["key"]] = body
    releases.install(found, app_key=APP, person=staff.admin)
    ann = as_person(staff.ann)
    customer = ann.post(f"{ROOT}/records/customer", {"name": "客户"}).json()["id"]
    rows = [("a", "10", "ann"), ("b", "20.5", "ann"), ("c", "5", "bob")]
    for name, amount, owner in rows:
        body = {"name": name, "customer": customer, "amount": amount, "owner": owner}
        assert ann.post(f"{ROOT}/records/opportunity", body).status_code == 201
    record = ann.get(f"{ROOT}/records/opportunity", filter="name = 'b'").json()["records"][0]
    won = ann.patch(f"{ROOT}/records/opportunity/{record['id']}", {"version": 1, "stage": "won"})
    assert won.status_code == 200, won.content
    return as_person


def test_each_viewer_gets_his_own_numbers(api: Callable[..., Api], staff: Staff) -> None:
    answer = api(staff.ann).get(f"{ROOT}/reports/pipeline")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert [column["key"] for column in found["columns"]] == ["stage", "count", "sum_amount"]
    assert found["rows"] == [["discovery", "1", "10"], ["won", "1", "20.5"]]
    assert found["labels"] == [["需求发现"], ["赢单"]]
    assert found["total"] == 2
    assert found["figure"]["data"]
    everything = api(staff.admin).get(f"{ROOT}/reports/pipeline").json()
    assert everything["rows"][0] == ["discovery", "2", "15"]


def test_a_filter_narrows_and_a_hidden_field_is_refused(
    api: Callable[..., Api], staff: Staff
) -> None:
    found = api(staff.admin).get(f"{ROOT}/reports/pipeline", filter="amount > 15").json()
    assert found["rows"] == [["won", "1", "20.5"]]
    refused = api(staff.auditor).get(f"{ROOT}/reports/pipeline")
    assert refused.status_code == 403
    assert refused.json()["problems"][0]["code"] == "field_hidden"
    wrong = api(staff.admin).get(f"{ROOT}/reports/pipeline", filter="nothing = 1")
    assert wrong.json()["problems"][0]["path"] == "/filter"


def test_the_records_behind_a_cell(api: Callable[..., Api], staff: Staff) -> None:
    ann = api(staff.ann)
    report = ann.get(f"{ROOT}/reports/pipeline").json()
    cell = json.dumps(report["cells"][1])
    found = ann.get(f"{ROOT}/reports/pipeline/records", cell=cell).json()
    assert [each["name"] for each in found["records"]] == ["b"]
    assert found["form"] == "opportunity"
    for wrong in ('{"stage": 1}', '{"nothing": 1}', "[]", "{", '"x"'):
        answer = ann.get(f"{ROOT}/reports/pipeline/records", cell=wrong)
        assert answer.status_code in (400, 422), wrong


def test_reached_counts_who_has_been_there(api: Callable[..., Api], staff: Staff) -> None:
    rows = api(staff.admin).get(f"{ROOT}/reports/reached").json()["rows"]
    assert [row[:2] for row in rows] == [["discovery", "3"], ["won", "1"]]


def test_the_records_that_reached_a_step_are_listed_under_the_viewers_rights(
    api: Callable[..., Api], staff: Staff
) -> None:
    admin, ann = api(staff.admin), api(staff.ann)
    path = f"{ROOT}/reports/reached"
    won = next(
        each
        for each in admin.get(f"{path}/records", cell='{"step": 2}').json()["records"]
        if each["stage"] == "won"
    )
    back = {"version": won["version"], "stage": "discovery"}
    assert admin.patch(f"{ROOT}/records/opportunity/{won['id']}", back).status_code == 200
    for person in (admin, ann):
        answer = person.get(path).json()
        for row, cell in zip(answer["rows"], answer["cells"], strict=True):
            page = person.get(f"{path}/records", cell=json.dumps(cell)).json()
            assert str(len(page["records"])) == row[1], (row, page)
    names = admin.get(f"{path}/records", cell='{"step": "won"}').json()["records"]
    assert [each["id"] for each in names] == [won["id"]]


def test_preview_of_a_draft(api: Callable[..., Api], staff: Staff) -> None:
    body = {**PIPELINE, "key": "other", "measures": [{"of": "maximum", "field": "amount"}]}
    answer = api(staff.ann).post(f"{ROOT}/reports/preview", {"report": body})
    assert answer.status_code == 200, answer.content
    assert [row[1] for row in answer.json()["rows"]] == ["20.5", "10"] or answer.json()["rows"]
    wrong = api(staff.ann).post(f"{ROOT}/reports/preview", {"report": {**body, "colour": "x"}})
    assert wrong.status_code == 422
    assert wrong.json()["problems"][0]["path"].startswith("/report")
    hidden = api(staff.auditor).post(f"{ROOT}/reports/preview", {"report": body})
    assert hidden.json()["problems"][0]["code"] == "field_hidden"
    assert api(staff.ann).post(f"{ROOT}/reports/preview", {"report": 5}).status_code == 400


def test_a_dashboard_lists_its_widgets(api: Callable[..., Api], staff: Staff) -> None:
    found = api(staff.ann).get(f"{ROOT}/dashboards/sales").json()
    assert [widget["report"] for widget in found["widgets"]] == ["pipeline", "reached"]
    assert found["widgets"][1]["at"] == [6, 0, 6, 4]
    assert found["filters"][0]["field"] == "stage"
    assert api(staff.ann).get(f"{ROOT}/dashboards/none").status_code == 404

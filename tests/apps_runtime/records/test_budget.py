"""How many statements requests may cost (DESIGN §10)."""

from collections.abc import Callable

import pytest

from tests.apps_runtime.conftest import Api, Staff
from tests.apps_runtime.statements import counted

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm/records/opportunity"


@pytest.fixture
def ann(sales: Staff, as_person: Callable[..., Api]) -> Api:
    api = as_person(sales.ann)
    made = api.post("/api/apps/crm/records/customer", {"name": "客户"})
    # Plans, people and permissions are now in memory, as they are in a process that serves.
    assert api.post(ROOT, {"name": "first", "customer": made.json()["id"]}).status_code == 201
    return api


def customer(api: Api) -> int:
    found = api.get("/api/apps/crm/records/customer").json()["records"][0]
    return int(found["id"])


def test_create(ann: Api) -> None:
    body = {"name": "n", "customer": customer(ann), "amount": "5", "expected_close": "2026-01-01"}
    with counted() as sent:
        assert ann.post(ROOT, body).status_code == 201
    assert len(sent) <= 8, "\n".join(sent)


def test_create_with_an_idempotency_key(ann: Api) -> None:
    body = {"name": "n", "customer": customer(ann), "amount": "5"}
    with counted() as sent:
        assert ann.post(ROOT, body, **{"idempotency-key": "k"}).status_code == 201
    assert len(sent) <= 10, "\n".join(sent)


def test_read_list_patch(ann: Api) -> None:
    record = ann.get(ROOT).json()["records"][0]
    with counted() as sent:
        assert ann.get(f"{ROOT}/{record['id']}").status_code == 200
    assert len(sent) <= 3, "\n".join(sent)
    with counted() as sent:
        assert ann.get(ROOT, sort="-amount", filter="amount > 0").status_code == 200
    assert len(sent) <= 4, "\n".join(sent)
    with counted() as sent:
        assert ann.patch(f"{ROOT}/{record['id']}", {"version": 1, "amount": "9"}).status_code == 200
    assert len(sent) <= 7, "\n".join(sent)


def test_a_batch_costs_as_many_statements_for_two_as_for_two_hundred(ann: Api) -> None:
    link = customer(ann)
    costs = []
    for many in (2, 200):
        rows = [{"name": f"{many} {n}", "customer": link, "amount": n} for n in range(many)]
        with counted() as sent:
            assert ann.post(f"{ROOT}/batch", {"create": rows}).status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1]
    assert costs[1] <= 10

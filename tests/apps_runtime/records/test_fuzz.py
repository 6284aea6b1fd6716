"""Whatever is sent, the answer is an answer: never a 500."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.apps_runtime.conftest import Api, Staff

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm/records/opportunity"
WORDS = [
    "amount", "stage", "owner", "customer", "customer.name", "customer.owner", "name", "no", "id",
    "weighted", "industry", "expected_close", "created_at", "flow_state", "label", "nothing",
    "owner.password", "customer.owner.name", "1", "-1", "0", "1.5", "9999999999999999999999999",
    "'won'", "''", "'%'", "'\\'", "['won', 'lost']", "[]", "null", "true", "false", "TODAY()",
    "USER()", "NOW()", "SUBORDINATES()", "SUM(amount)", "LEN(name)", "ISEMPTY(amount)",
    "CONTAINS(name, 'x')", "DATEADD(expected_close, 1, 'day')", "amount / 0", "9**9**9", "(", ")",
    "+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "and", "or", "not", "in", ",", ".",
    "。", "，", "（", "）", "\x00", "\u202e", "😀", "__class__", "owner__password", "IF(", "--",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -1, 1.5, 10**29, "", "x", "x" * 5000, "\u0000x", "2026-02-30", "2026-02-28",
    "2026-01-01T00:00:00Z", "1e400", "NaN", "1,234.5", [], ["a"], [[]], {}, {"id": 1}, {"id": "x"},
    {"id": 10**25}, [None], "won", "=1+1", "😀", "\ud7ff", "admin", "13800138000", 2**63, 2**64,
]  # fmt: skip


@pytest.fixture
def ann(sales: Staff, as_person: Callable[..., Api]) -> Api:
    api = as_person(sales.ann)
    made = api.post("/api/apps/crm/records/customer", {"name": "客户"})
    body = {"name": "n", "customer": made.json()["id"], "amount": "5", "stage": "won"}
    assert api.post(ROOT, body).status_code == 201
    return api


@pytest.mark.parametrize("seed", range(4))
def test_questions(ann: Api, seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(60):
        query = {}
        for name in choose.sample(["filter", "sort", "fields", "search", "after", "limit"], 2):
            many = 6 if name == "filter" else 2
            glue = " " if name in ("filter", "search") else ","
            query[name] = glue.join(choose.choice(WORDS) for _ in range(choose.randint(1, many)))
        answer = ann.get(ROOT, **query)
        assert answer.status_code in (200, 400, 422), (query, answer.content)


@pytest.mark.parametrize("seed", range(4))
def test_values(ann: Api, seed: int) -> None:
    choose = random.Random(seed)
    record = ann.get(ROOT).json()["records"][0]
    fields = [key for key in record if key not in ("rights",)] + ["nothing", "deleted_at", "grams"]
    for _ in range(60):
        body = {key: choose.choice(VALUES) for key in choose.sample(fields, 3)}
        if choose.random() < 0.5:
            answer = ann.post(ROOT, {"name": str(choose.random()), **body})
        else:
            body["version"] = choose.choice([1, 1, 1, None, "1", 1.0, True, 10**20, []])
            answer = ann.patch(f"{ROOT}/{record['id']}", body)
        assert answer.status_code < 500, (body, answer.content)
        if answer.status_code >= 400:
            assert answer.json()["problems"], body


def test_batches(ann: Api) -> None:
    choose = random.Random(5)
    parts: list[Any] = [VALUES[-3:], [{}], [{"id": 1}], [{"id": 1, "version": 1}], 5, None]
    for _ in range(40):
        body = {
            part: choose.choice(parts)
            for part in choose.sample(["create", "update", "delete", "other"], 2)
        }
        assert ann.post(f"{ROOT}/batch", body).status_code < 500, body

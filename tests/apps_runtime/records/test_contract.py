"""The HTTP contract of records, on the opportunity form of the design."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.apps_runtime.conftest import Api, Staff

pytestmark = pytest.mark.django_db

ROOT = "/api/apps/crm/records"


@pytest.fixture
def ann(sales: Staff, as_person: Callable[..., Api]) -> Api:
    return as_person(sales.ann)


@pytest.fixture
def customer(ann: Api) -> int:
    answer = ann.post(f"{ROOT}/customer", {"name": "长江实业", "industry": "it"})
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


@pytest.fixture
def deal(ann: Api, customer: int) -> dict[str, Any]:
    body = {
        "name": "大单",
        "customer": customer,
        "amount": "1200.5",
        "expected_close": "2026-12-31",
    }
    answer = ann.post(f"{ROOT}/opportunity", body)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def problems(answer: Any) -> list[tuple[str, str]]:
    return [(each["path"], each["code"]) for each in answer.json()["problems"]]


def test_a_created_record_comes_back_in_the_shape_of_the_contract(
    deal: dict[str, Any], customer: int, sales: Staff
) -> None:
    assert deal["id"] > 0
    assert (deal["version"], deal["release"]) == (1, 1)
    assert deal["amount"] == "1200.5"
    assert deal["customer"] == {"id": customer, "label": "长江实业"}
    assert deal["stage"] == "discovery"
    assert deal["owner"] == {"id": sales.ann.pk, "name": "安", "username": "ann"}
    assert deal["expected_close"] == "2026-12-31"
    assert deal["industry"] == "it"
    assert deal["weighted"] is None
    assert deal["label"] == "大单"
    assert deal["no"].startswith("SJ20")
    assert deal["no"].endswith("0001")
    assert deal["flow_state"] is None
    assert deal["created_at"].endswith("+08:00")
    assert deal["rights"] == {"edit": True, "delete": False}


def test_read_patch_and_list(ann: Api, deal: dict[str, Any]) -> None:
    path = f"{ROOT}/opportunity/{deal['id']}"
    assert ann.get(path).json() == deal

    changed = ann.patch(path, {"version": 1, "amount": "2000", "stage": "won"})
    assert changed.status_code == 200, changed.content
    assert (changed.json()["version"], changed.json()["amount"]) == (2, "2000")

    listed = ann.get(f"{ROOT}/opportunity", view="all", filter="amount > 1000", sort="-amount")
    assert listed.status_code == 200, listed.content
    assert [each["id"] for each in listed.json()["records"]] == [deal["id"]]
    assert listed.json()["next"] is None
    assert listed.json()["count"] == {"value": 1, "capped": False}
    assert ann.get(f"{ROOT}/opportunity", filter="amount > 5000").json()["records"] == []


def test_a_record_may_be_sent_back_whole_with_changes(ann: Api, deal: dict[str, Any]) -> None:
    path = f"{ROOT}/opportunity/{deal['id']}"
    sent = ann.patch(path, {**deal, "amount": "2000"})
    assert sent.status_code == 200, sent.content
    assert (sent.json()["version"], sent.json()["amount"]) == (2, "2000")
    assert sent.json()["customer"] == deal["customer"]
    other = {**sent.json(), "no": "SJ1", "created_by": None, "updated_at": "1999-01-01"}
    refused = ann.patch(path, other)
    assert refused.status_code == 422
    assert {place for place, _ in problems(refused)} == {"/no", "/created_by", "/updated_at"}


def test_a_patch_without_version_is_428_and_with_an_old_one_409(
    ann: Api, deal: dict[str, Any]
) -> None:
    path = f"{ROOT}/opportunity/{deal['id']}"
    missing = ann.patch(path, {"amount": "1"})
    assert missing.status_code == 428
    assert problems(missing) == [("/version", "version_missing")]
    assert ann.patch(path, {"version": 1, "amount": "7"}).status_code == 200
    stale = ann.patch(path, {"version": 1, "amount": "9"})
    assert stale.status_code == 409
    assert problems(stale) == [("", "record_changed")]
    assert stale.json()["yours"] == {"amount": "9"}
    assert stale.json()["current"]["amount"] == "7"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "x"}, [("/customer", "required")]),
        ({"amount": "-1"}, [("/amount", "below_minimum"), ("/name", "required")]),
        ({"name": "x", "stage": "nowhere"}, [("/stage", "not_an_option")]),
        ({"name": "x", "colour": "red"}, [("/colour", "unknown_field")]),
        ({"name": "x", "id": 7}, [("/id", "field_not_writable")]),
        ({"name": "x", "no": "SJ1"}, [("/no", "field_not_writable")]),
        ({"name": "x", "probability": 5}, [("/probability", "field_not_writable")]),
        ({"name": "x", "owner": "nobody"}, [("/owner", "unknown_person")]),
        ({"name": "x", "customer": 999999}, [("/customer", "linked_record_missing")]),
        ({"name": "x", "stage": "lost"}, [("/lost_reason", "required")]),
        ({"name": "x", "stage": "won", "amount": "0"}, [("/amount", "check_failed")]),
    ],
)
def test_wrong_values_are_problems_at_their_fields(
    ann: Api, customer: int, body: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    if "customer" not in body and expected != [("/customer", "required")]:
        body = {"customer": customer, **body}
    answer = ann.post(f"{ROOT}/opportunity", body)
    assert answer.status_code == 422
    assert set(expected) <= set(problems(answer))
    assert all(each["message"] and each["severity"] for each in answer.json()["problems"])
    assert ann.get(f"{ROOT}/opportunity").json()["records"] == []


def test_unique_is_a_problem_at_the_field(ann: Api, deal: dict[str, Any]) -> None:
    body = {"name": "大单", "customer": deal["customer"]["id"]}
    answer = ann.post(f"{ROOT}/opportunity", body)
    assert (answer.status_code, problems(answer)) == (422, [("/name", "not_unique")])


def test_people_by_username_and_serials_in_order(ann: Api, customer: int, sales: Staff) -> None:
    made = [
        ann.post(f"{ROOT}/opportunity", {"name": name, "customer": customer, "owner": "boss"})
        for name in ("a", "b")
    ]
    # The owner is somebody whose records the maker does not see: nothing but the id comes back.
    assert [answer.status_code for answer in made] == [201, 201]
    assert set(made[0].json()) == {"id", "release", "rights"}


def test_delete_and_restore(sales: Staff, as_person: Callable[..., Api], ann: Api) -> None:
    made = ann.post(f"{ROOT}/customer", {"name": "一"}).json()
    refused = ann.delete(f"{ROOT}/customer/{made['id']}")
    assert (refused.status_code, problems(refused)) == (403, [("", "record_not_deletable")])
    admin = as_person(sales.admin)
    assert admin.delete(f"{ROOT}/customer/{made['id']}").status_code == 204
    assert admin.get(f"{ROOT}/customer/{made['id']}").status_code == 404
    assert ann.get(f"{ROOT}/customer").json()["records"] == []
    assert ann.get(f"{ROOT}/customer", deleted="true").status_code == 403
    gone = admin.get(f"{ROOT}/customer", deleted="true").json()["records"]
    assert [each["id"] for each in gone] == [made["id"]]
    # The name is free while its record lies in the recycle bin, and taken when that comes back.
    other = ann.post(f"{ROOT}/customer", {"name": "一"})
    assert other.status_code == 201
    taken = admin.post(f"{ROOT}/customer/{made['id']}/restore")
    assert (taken.status_code, problems(taken)) == (422, [("/name", "not_unique")])
    admin.delete(f"{ROOT}/customer/{other.json()['id']}")
    assert admin.post(f"{ROOT}/customer/{made['id']}/restore").status_code == 200
    history = admin.get(f"{ROOT}/customer/{made['id']}/history").json()["history"]
    assert [each["action"] for each in history] == ["restored", "deleted", "created"]


def test_history_names_person_way_and_both_values(
    ann: Api, deal: dict[str, Any], sales: Staff
) -> None:
    path = f"{ROOT}/opportunity/{deal['id']}"
    ann.patch(path, {"version": 1, "amount": "9", "owner": "boss"})
    entries = ann.get(f"{path}/history")
    assert entries.status_code == 404  # the record is the boss's now
    entries = Api(ann.client).get(f"{ROOT}/opportunity")
    assert entries.json()["records"] == []


def test_history_as_seen_by_the_superior(
    ann: Api, deal: dict[str, Any], sales: Staff, as_person: Callable[..., Api]
) -> None:
    path = f"{ROOT}/opportunity/{deal['id']}"
    ann.patch(path, {"version": 1, "amount": "9", "owner": "boss"})
    entries = as_person(sales.boss).get(f"{path}/history").json()["history"]
    assert [each["action"] for each in entries] == ["changed", "created"]
    assert entries[0]["person"] == {"id": sales.ann.pk, "name": "安"}
    assert entries[0]["through"]["kind"] == "ui"
    assert {each["field"]: (each["before"], each["after"]) for each in entries[0]["changes"]} == {
        "amount": ("1200.5", "9"),
        "owner": (
            {"id": sales.ann.pk, "name": "安"},
            {"id": sales.boss.pk, "name": "王主管"},
        ),
    }
    first = {each["field"]: each["after"] for each in entries[1]["changes"]}
    assert first["customer"] == {"id": deal["customer"]["id"], "label": "长江实业"}


def test_batch_is_all_or_nothing(ann: Api, customer: int, deal: dict[str, Any]) -> None:
    path = f"{ROOT}/opportunity/batch"
    rows = [{"name": f"n{n}", "customer": customer, "amount": n} for n in range(4)]
    wrong = ann.post(path, {"create": [*rows[:3], {**rows[3], "amount": "x"}]})
    assert wrong.status_code == 422
    assert problems(wrong) == [("/create/3/amount", "not_a_number")]
    assert len(ann.get(f"{ROOT}/opportunity").json()["records"]) == 1
    done = ann.post(
        path, {"create": rows, "update": [{"id": deal["id"], "version": 1, "amount": "5"}]}
    )
    assert done.status_code == 200, done.content
    assert len(done.json()["created"]) == 4
    assert done.json()["updated"][0]["amount"] == "5"
    listed = ann.get(f"{ROOT}/opportunity", sort="no").json()["records"]
    assert [each["no"][-4:] for each in listed] == ["0001", "0002", "0003", "0004", "0005"]
    twice = ann.post(path, {"create": [{"name": "z", "customer": customer}] * 2})
    assert problems(twice) == [("/create/1/name", "not_unique")]


def test_pages_by_cursor(ann: Api, customer: int) -> None:
    rows = [{"name": f"n{n:02}", "customer": customer, "amount": n % 3} for n in range(7)]
    ann.post(f"{ROOT}/opportunity/batch", {"create": rows})
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        query = {"sort": "amount", "limit": "3", **({"after": after} if after else {})}
        page = ann.get(f"{ROOT}/opportunity", **query).json()
        seen += [each["name"] for each in page["records"]]
        after = page["next"]
    assert sorted(seen) == [f"n{n:02}" for n in range(7)]
    assert len(seen) == 7


@pytest.mark.parametrize(
    ("query", "status", "found"),
    [
        ({"limit": "1000000000"}, 422, ("/limit", "limit_out_of_range")),
        ({"limit": "-1"}, 422, ("/limit", "limit_out_of_range")),
        ({"limit": "many"}, 400, ("/limit", "limit_not_valid")),
        ({"limit": "0"}, 422, ("/limit", "limit_out_of_range")),
        ({"after": "tampered"}, 400, ("/after", "cursor_not_valid")),
        ({"after": "W10"}, 400, ("/after", "cursor_not_valid")),
        ({"sort": "owner__password"}, 422, ("/sort", "unknown_field")),
        ({"filter": "owner__password = 'x'"}, 422, ("/filter", "unknown_name")),
        ({"filter": "amount >"}, 422, ("/filter", None)),
        ({"filter": "9**9**9 > 1"}, 422, ("/filter", None)),
        ({"filter": "(" * 1900 + "1"}, 422, ("/filter", None)),
        ({"filter": "amount"}, 422, ("/filter", None)),
        ({"fields": "secret"}, 422, ("/fields", "unknown_field")),
        ({"view": "none"}, 422, ("/view", "unknown_view")),
        ({"colour": "red"}, 400, ("/colour", "unknown_parameter")),
        ({"search": "a b c d e f g h i j k"}, 422, ("/search", "search_too_long")),
    ],
)
def test_wrong_questions(
    ann: Api, query: dict[str, str], status: int, found: tuple[str, str | None]
) -> None:
    answer = ann.get(f"{ROOT}/opportunity", **query)
    path, code = found
    assert answer.status_code == status, answer.content
    assert any(
        each[0] == path and (code is None or each[1] == code) for each in problems(answer)
    ), answer.content


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"a": NaN}',
        b'{"name": "\\u0000"}',
        b'{"name": "\\ud800"}',
        b'{"name": 1, "name": 2}',
        b'{"__proto__": 1}',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b"[" * 5000,
        b'{"amount": 1e999999}',
        b"[]",
        b'"text"',
    ],
)
def test_bodies_that_are_not_what_they_should_be(ann: Api, body: bytes) -> None:
    answer = ann.post(f"{ROOT}/customer", body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["problems"]


def test_search_finds_chinese_and_latin(ann: Api) -> None:
    for name in ("上海东方明珠", "GTX Pro 公司", "北京百货"):
        assert ann.post(f"{ROOT}/customer", {"name": name}).status_code == 201
    for words, expected in (
        ("东方", ["上海东方明珠"]),
        ("gtx", ["GTX Pro 公司"]),
        ("pro 公司", ["GTX Pro 公司"]),
        ("京", ["北京百货"]),
        ("%", []),
    ):
        found = ann.get(f"{ROOT}/customer", search=words).json()["records"]
        assert [each["name"] for each in found] == expected


def test_an_idempotency_key_makes_one_record(ann: Api) -> None:
    headers = {"idempotency-key": "abc"}
    first = ann.post(f"{ROOT}/customer", {"name": "一"}, **headers)
    again = ann.post(f"{ROOT}/customer", {"name": "一"}, **headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = ann.post(f"{ROOT}/customer", {"name": "二"}, **headers)
    assert (other.status_code, problems(other)) == (422, [("", "idempotency_key_reused")])
    assert len(ann.get(f"{ROOT}/customer").json()["records"]) == 1

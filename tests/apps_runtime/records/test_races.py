"""What happens at the same moment: threads with connections and clients of their own."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from apps_runtime.models import HistoryEntry, Person
from tests.apps_runtime.conftest import Staff

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = "/api/apps/crm/records"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, method: str, path: str, body: Any) -> Any:
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def at_once(calls: list[Callable[[], None]]) -> None:
    """Run each call in a thread; all begin together, and failures are not lost."""
    barrier = threading.Barrier(len(calls))
    failures: list[BaseException] = []

    def run(call: Callable[[], None]) -> None:
        try:
            barrier.wait(20)
            call()
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    if failures:
        raise failures[0]


def test_a_counter_raised_by_many_ends_at_the_number_of_those_that_were_told_so(
    sales: Staff,
) -> None:
    admin = client_of(sales.admin)
    customer = send(admin, "POST", f"{ROOT}/customer", {"name": "客户"}).json()["id"]
    body = {"name": "a", "customer": customer, "amount": "0"}
    record = send(admin, "POST", f"{ROOT}/opportunity", body).json()
    path = f"{ROOT}/opportunity/{record['id']}"
    answers: list[int] = []

    def raise_three_times() -> None:
        client = client_of(sales.admin)
        for _ in range(3):
            seen = client.get(path).json()
            changed = {"version": seen["version"], "amount": str(int(seen["amount"]) + 1)}
            answers.append(send(client, "PATCH", path, changed).status_code)

    at_once([raise_three_times] * 6)
    assert set(answers) <= {200, 409}
    final = admin.get(path).json()
    assert int(final["amount"]) == answers.count(200)
    assert final["version"] == answers.count(200) + 1
    history = HistoryEntry.objects.filter(app="crm", form="opportunity", record=record["id"])
    assert history.filter(action="changed").count() == answers.count(200)


def test_serial_numbers_and_unique_values_under_many_writers(sales: Staff) -> None:
    admin = client_of(sales.admin)
    customer = send(admin, "POST", f"{ROOT}/customer", {"name": "客户"}).json()["id"]
    answers: list[tuple[int, str]] = []

    def write(number: int) -> None:
        client = client_of(sales.admin)
        for each in range(4):
            # Every name is sent by two threads: one of them is refused.
            body = {"name": f"{number // 2} {each}", "customer": customer}
            answer = send(client, "POST", f"{ROOT}/opportunity", body)
            code = "" if answer.status_code == 201 else answer.json()["problems"][0]["code"]
            answers.append((answer.status_code, code))

    at_once([lambda number=number: write(number) for number in range(6)])  # type: ignore[misc]
    assert sorted(set(answers)) == [(201, ""), (422, "not_unique")]
    assert answers.count((201, "")) == 12
    with connection.cursor() as cursor:
        cursor.execute('SELECT "no" FROM app_crm.opportunity')
        numbers = [number for (number,) in cursor.fetchall()]
    assert len(numbers) == len(set(numbers)) == 12


def test_one_key_sent_by_many_makes_one_record(sales: Staff) -> None:
    answers: list[Any] = []

    def write() -> None:
        client = client_of(sales.admin)
        answer = client.generic(
            "POST",
            f"{ROOT}/customer",
            json.dumps({"name": "一"}),
            content_type="application/json",
            headers={"idempotency-key": "k"},
        )
        answers.append((answer.status_code, answer.content))

    at_once([write] * 5)
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM app_crm.customer")
        assert cursor.fetchone() == (1,)


def test_two_batches_over_the_same_records_do_not_deadlock(sales: Staff) -> None:
    admin = client_of(sales.admin)
    names = [{"name": f"n{number}"} for number in range(20)]
    ids = send(admin, "POST", f"{ROOT}/customer/batch", {"create": names}).json()["created"]
    answers: list[int] = []

    def change(order: list[int]) -> None:
        client = client_of(sales.admin)
        rows = [{"id": each, "version": 1, "industry": "it"} for each in order]
        answer = send(client, "POST", f"{ROOT}/customer/batch", {"update": rows})
        answers.append(answer.status_code)

    at_once([lambda: change(ids), lambda: change(ids[::-1])])
    assert sorted(answers) == [200, 409]

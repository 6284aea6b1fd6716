"""The same request sent twice is done once."""

import threading

import pytest
from django.db import connection, connections

from apps_runtime import idempotency
from apps_runtime.idempotency import Answer, once
from engines.problems import Problems

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_time_the_first_answer_comes_back_and_nothing_is_done() -> None:
    calls: list[int] = []

    def work() -> Answer:
        calls.append(1)
        return Answer(201, b'{"id":7}')

    first = once(1, "POST /x", "k", b"body", work)
    second = once(1, "POST /x", "k", b"body", work)
    assert (first.status, first.content, first.repeated) == (201, b'{"id":7}', False)
    assert (second.status, second.content, second.repeated) == (201, b'{"id":7}', True)
    assert calls == [1]


def test_the_same_key_with_another_body_is_refused() -> None:
    once(1, "POST /x", "k", b"one", lambda: Answer(201, b"{}"))
    with pytest.raises(Problems) as refused:
        once(1, "POST /x", "k", b"two", lambda: Answer(201, b"{}"))
    assert refused.value.problems[0].code == "idempotency_key_reused"


@pytest.mark.parametrize(
    ("person", "route", "key"), [(2, "POST /x", "k"), (1, "POST /y", "k"), (1, "POST /x", "l")]
)
def test_person_route_and_key_each_make_another_request(person: int, route: str, key: str) -> None:
    once(1, "POST /x", "k", b"one", lambda: Answer(201, b"1"))
    assert once(person, route, key, b"one", lambda: Answer(201, b"2")).content == b"2"


def test_a_refused_request_is_not_kept() -> None:
    def refused() -> Answer:
        raise Problems(())

    with pytest.raises(Problems):
        once(1, "POST /x", "k", b"one", refused)
    assert once(1, "POST /x", "k", b"one", lambda: Answer(201, b"2")).repeated is False


def test_after_24_hours_the_key_is_free_again() -> None:
    once(1, "POST /x", "k", b"one", lambda: Answer(201, b"1"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mortise_idempotency SET at = at - interval '25 hours'")
    assert once(1, "POST /x", "k", b"two", lambda: Answer(201, b"2")).content == b"2"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mortise_idempotency SET at = at - interval '25 hours'")
    assert idempotency.forget_old() == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(Problems) as refused:
        once(1, "POST /x", key, b"", lambda: Answer(201, b""))
    assert refused.value.problems[0].code == "idempotency_key_not_valid"


def test_two_at_the_same_moment_get_one_answer() -> None:
    """The work of the slower one is rolled back: its insert waits for the faster one's commit."""
    barrier = threading.Barrier(2)
    answers: list[bytes] = []

    def send(name: bytes) -> None:
        def work() -> Answer:
            barrier.wait(10)
            return Answer(201, name)

        try:
            answers.append(once(1, "POST /x", "k", b"same", work).content)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(name,)) for name in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 2
    assert len(set(answers)) == 1

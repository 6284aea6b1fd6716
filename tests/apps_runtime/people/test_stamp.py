"""The stamp: read once per request, never the same twice."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps_runtime import people
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db


def test_it_rises_with_every_bump() -> None:
    first = people.stamp()
    second = people.bump_stamp()
    assert second > first
    assert people.stamp() == second


def test_a_rolled_back_value_is_never_used_again() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = people.bump_stamp()
        raise RuntimeError
    assert people.stamp() != lost
    assert people.bump_stamp() != lost


def test_a_request_reads_it_once() -> None:
    client = make.signed_in(make.person("li"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/api/people").status_code == 200
    readings = [each["sql"] for each in queries if "mortise_stamp" in each["sql"]]
    assert len(readings) == 1
    assert len(queries) == 1  # the session brings it along; people come from memory


def test_a_bump_within_one_reading_is_seen_by_it() -> None:
    with people.one_reading():
        people.stamp()
        assert people.bump_stamp() == people.stamp()


def test_it_comes_back_when_its_row_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mortise_stamp")
    assert people.stamp() == people.stamp()


def test_what_a_rolled_back_transaction_cached_is_forgotten() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        ghost = make.person("ghost")
        assert people.person(ghost.id) is not None
        raise RuntimeError
    assert people.person_id("ghost") is None
    make.person("somebody")
    assert people.person_id("ghost") is None

"""Statements that come again: the same answers, planned once, and never in anybody's way."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from apps_runtime.store.prepared import KEPT, fetched
from engines.sql import Sql

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = object()


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "value",
    [
        5,
        -(2**40),
        Decimal("1.50"),
        True,
        "it's 100 %",
        "二",
        None,
        date(2026, 2, 3),
        datetime(2026, 2, 3, 4, 5, tzinfo=UTC),
        ["a", "b"],
        [1, 2**40],
    ],
)
def test_a_value_comes_back_the_same_however_often(value: object) -> None:
    statement = Sql("SELECT %s AS one, 'a%%b' LIKE 'a%%' AS two LIMIT %s", (value, 3))
    answers = [fetched(statement, PLAN) for _ in range(4)]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == (value, True)


def test_an_empty_list_is_of_whatever_type_is_wanted() -> None:
    for _ in range(4):
        assert fetched(Sql("SELECT 1 WHERE 5 = ANY(%s::bigint[])", ([],)), PLAN) == []


def test_it_is_prepared_the_second_time() -> None:
    before = prepared()
    statement = Sql("SELECT 17 + %s", (1,))
    fetched(statement, PLAN)
    assert prepared() == before
    for _ in range(3):
        assert fetched(statement, PLAN) == [(18,)]
    assert prepared() == before + 1


def test_another_plan_does_not_share_it() -> None:
    other = object()
    for plan in (PLAN, other):
        for _ in range(2):
            fetched(Sql("SELECT 18 + %s", (1,)), plan)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%18 + $1%'"
        )
        assert cursor.fetchone() == (2,)


def test_what_cannot_be_prepared_still_runs_and_ends_no_transaction() -> None:
    # Two parameters whose type only their values tell.
    statement = Sql("SELECT json_build_array(%s, %s)", ("a", "b"))
    with transaction.atomic():
        for _ in range(3):
            assert fetched(statement, PLAN) == [(["a", "b"],)]


def test_a_connection_keeps_only_so_many() -> None:
    for number in range(KEPT + 20):
        for _ in range(2):
            assert fetched(Sql(f"SELECT {number} + %s", (1,)), PLAN) == [(number + 1,)]
    assert prepared() <= KEPT

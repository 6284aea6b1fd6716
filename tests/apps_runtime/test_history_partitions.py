"""History lies in partitions by month; what came before its partition existed moves into it."""

import pytest
from django.db import IntegrityError, connection, transaction

pytestmark = pytest.mark.django_db


def run(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


ROW = (
    "INSERT INTO mortise_history (at, app, form, record, action, changes, through)"
    " VALUES (date_trunc('month', now()) + interval '{months} months 10 days',"
    " 'a', 'f', {record}, 'created', '{{}}', '{{}}')"
)


def test_rows_of_this_month_lie_in_its_partition() -> None:
    run(ROW.format(months=0, record=1))
    found = run("SELECT tableoid::regclass::text FROM mortise_history WHERE record = 1")
    month = run("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMM')")[0][0]
    assert found == [(f"mortise_history_{month}",)]


def test_a_late_partition_takes_its_rows_from_the_rest() -> None:
    run(ROW.format(months=5, record=2))
    assert run("SELECT record FROM mortise_history_rest") == [(2,)]
    assert run("SELECT mortise.make_history_partitions(6)") == [(3,)]
    assert run("SELECT record FROM mortise_history_rest") == []
    assert run("SELECT record FROM mortise_history WHERE record = 2") == [(2,)]
    assert run("SELECT mortise.make_history_partitions(6)") == [(0,)]


def test_an_entry_says_what_it_is_about() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        run(
            "INSERT INTO mortise_history (form, record, action, changes, through)"
            " VALUES ('f', 1, 'x', '{}', '{}')"
        )

"""A kept connection is asked how it is only when there is reason to."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.backends.postgresql import base

from config.database.base import DatabaseWrapper
from config.local import process

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[DatabaseWrapper]:
    """A connection that an earlier request has used, at the beginning of the next one."""
    wrapper = DatabaseWrapper(
        {**connection.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}, "kept"
    )
    wrapper.ensure_connection()
    begin_request(wrapper)
    wrapper.close_if_health_check_failed()
    begin_request(wrapper)
    yield wrapper
    wrapper.close()


def begin_request(wrapper: DatabaseWrapper) -> None:
    wrapper.close_if_unusable_or_obsolete()


def questions(wrapper: DatabaseWrapper) -> int:
    """How often Postgres is asked before the next statement."""
    usable = base.DatabaseWrapper.is_usable
    with patch.object(
        base.DatabaseWrapper, "is_usable", autospec=True, side_effect=usable
    ) as asked:
        wrapper.close_if_health_check_failed()
    return int(asked.call_count)


def answer(wrapper: DatabaseWrapper) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 7")
        return cursor.fetchone()[0]


def test_a_silent_connection_is_trusted(kept: DatabaseWrapper) -> None:
    assert questions(kept) == 0
    assert answer(kept) == 7


def test_after_a_minute_it_is_asked(kept: DatabaseWrapper) -> None:
    kept.trusted_until = 0.0
    assert questions(kept) == 1
    assert answer(kept) == 7


def test_a_connection_that_the_server_has_ended_is_replaced(kept: DatabaseWrapper) -> None:
    pid = kept.connection.info.backend_pid

    def gone() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", (pid,))
            return bool(cursor.fetchone()[0] == 0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", (pid,))
    assert process.wait_until(gone, seconds=10)
    assert answer(kept) == 7
    assert kept.connection.info.backend_pid != pid

"""Upkeep deletes what is old, prepares what is to come, and finishes what was left."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from apps_runtime import attempts, idempotency, upkeep
from apps_runtime.models import Attempt

pytestmark = pytest.mark.django_db


def test_old_rows_go_and_new_ones_stay() -> None:
    now = timezone.now()
    for key, when in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=when)
    attempts.attempt("old", limit=5, seconds=60)
    attempts.attempt("new", limit=5, seconds=60)
    Attempt.objects.filter(subject="old").update(since=now - timedelta(days=3))
    idempotency.once(0, "x", "k", b"", lambda: idempotency.Answer(200, b"{}"))
    upkeep.run()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(Attempt.objects.values_list("subject", flat=True)) == ["new"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mortise_idempotency")
        assert cursor.fetchone()[0] == 1


def test_months_to_come_have_a_partition() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months',"
            " 'YYYYMM')"
        )
        name = f"mortise_history_{cursor.fetchone()[0]}"
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        upkeep.run()
        cursor.execute("SELECT to_regclass(%s)", [name])
        assert cursor.fetchone()[0] == name

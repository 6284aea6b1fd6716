"""Counts how often something was tried, in Postgres: no restart and no flushed Redis forgets."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from apps_runtime.models import Attempt

MAX_SUBJECT = 200


class TooMany(Exception):
    """Tried too often; may be tried again in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def attempt(subject: str, *, limit: int, seconds: int) -> int:
    """Count one more try within the window of ``seconds``: the how many-th it is; raises TooMany
    over ``limit``.

    Counted before the thing is tried, in one statement, so that a thousand tries at once cannot
    all pass. A window begins with its first try.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_attempt AS a (subject, count, since) VALUES (%s, 1, now())"
            " ON CONFLICT (subject) DO UPDATE SET"
            "  count = CASE WHEN a.since < now() - make_interval(secs => %s) THEN 1"
            "   ELSE least(a.count + 1, 1000000) END,"
            "  since = CASE WHEN a.since < now() - make_interval(secs => %s) THEN now()"
            "   ELSE a.since END"
            " RETURNING count, ceil(extract(epoch FROM since + make_interval(secs => %s) - now()))",
            [_subject(subject), seconds, seconds, seconds],
        )
        count, left = cursor.fetchone()
    if count > limit:
        raise TooMany(max(1, int(left)))
    return int(count)


def forgive(subject: str) -> None:
    """Take one try back: it turned out to be right."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_attempt SET count = greatest(count - 1, 0) WHERE subject = %s",
            [_subject(subject)],
        )


def forget(subject: str) -> None:
    """Start anew for this subject."""
    Attempt.objects.filter(subject=_subject(subject)).delete()


def sweep() -> int:
    """Delete windows that nobody can still be in; for the clock."""
    return Attempt.objects.filter(since__lt=timezone.now() - timedelta(days=2)).delete()[0]


def _subject(subject: str) -> str:
    if len(subject) <= MAX_SUBJECT and subject.isprintable():
        return subject
    return "hashed:" + hashlib.sha256(subject.encode(errors="replace")).hexdigest()

"""The same request sent twice is done once: answers are kept with what was written."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

from engines.problems import Problems, refuse

MAX_KEY = 200
HOURS_KEPT = 24


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: HTTP status and body."""

    status: int
    content: bytes
    repeated: bool = False


class _TakenMeanwhile(Exception):
    """Another request with the same key has committed first."""


def once(
    person: int,
    route: str,
    key: str,
    body: bytes,
    work: Callable[[], Answer],
    *,
    together: bool = True,
) -> Answer:
    """``work()``'s answer, done at most once per (person, route, key) within 24 hours.

    ``person`` is 0 for people who are not signed in. The key with another body is refused with
    the problem ``idempotency_key_reused``. The answer is stored in the transaction of the work,
    so that either both exist or neither; not ``together`` for work that commits by itself and
    refuses to be done again.
    """
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        raise refuse("", "idempotency_key_not_valid", limit=MAX_KEY)
    digest = hashlib.sha256(body).hexdigest()
    for _ in range(3):
        if (answer := _kept(person, route, key, digest)) is not None:
            return answer
        try:
            with transaction.atomic() if together else nullcontext():
                answer = work()
                if answer.status < 300:
                    _keep(person, route, key, digest, answer)
            return answer
        except _TakenMeanwhile:
            continue
        except Problems:
            # Perhaps refused because of what the same request, faster, has just written.
            if (answer := _kept(person, route, key, digest)) is not None:
                return answer
            raise
    raise refuse("", "try_again")


def _kept(person: int, route: str, key: str, digest: str) -> Answer | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body_hash, status, response FROM mortise_idempotency"
            " WHERE person = %s AND route = %s AND key = %s"
            " AND at > now() - make_interval(hours => %s)",
            (person, route, key, HOURS_KEPT),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if row[0] != digest:
        raise refuse("", "idempotency_key_reused")
    return Answer(row[1], row[2].encode(), repeated=True)


def _keep(person: int, route: str, key: str, digest: str, answer: Answer) -> None:
    with connection.cursor() as cursor:
        # An entry older than 24 hours may still lie there: it is replaced.
        cursor.execute(
            "INSERT INTO mortise_idempotency AS kept"
            " (person, route, key, body_hash, status, response)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (person, route, key) DO UPDATE"
            " SET body_hash = excluded.body_hash, status = excluded.status,"
            " response = excluded.response, at = now()"
            " WHERE kept.at <= now() - make_interval(hours => %s)",
            (person, route, key, digest, answer.status, answer.content.decode(), HOURS_KEPT),
        )
        if cursor.rowcount == 0:
            raise _TakenMeanwhile


def forget_old() -> int:
    """Deletes what is older than 24 hours; how many that were. Called by the clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM mortise_idempotency WHERE at < now() - make_interval(hours => %s)",
            (HOURS_KEPT,),
        )
        return int(cursor.rowcount)

"""Wakes a worker after commit; a wake-up that is lost costs a second, never work."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import cache

import redis
from celery import current_app
from django.conf import settings
from django.db import connection, transaction

log = logging.getLogger(__name__)

KEY = "mortise:awake:"
# While a wake-up waits in the queue, further ones are left out; the worker clears the mark first
# thing. It runs out by itself, so that a message lost with its mark still there blocks nothing.
MARK_SECONDS = 5
QUIET_SECONDS = 5.0

_quiet_until = 0.0


@cache
def client() -> redis.Redis:
    """The connection pool to the broker, with limits that never hold up a request."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5, health_check_interval=15
    )


@dataclass(frozen=True, slots=True)
class _Wake:
    """A wake-up that waits for its transaction to be committed."""

    job: str
    args: tuple[object, ...]

    def __call__(self) -> None:
        now(self.job, *self.args)


def after_commit(job: str = "mortise.dispatch", *args: object) -> None:
    """Send ``job`` to the workers once the current transaction is committed (at once if none); a
    transaction that writes a thousand records sends it once."""
    wake = _Wake(job, args)
    around = set(connection.savepoint_ids)
    # One that was registered in a block around this one is kept for as long as this one would be.
    if not any(each[1] == wake and each[0] <= around for each in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def now(job: str = "mortise.dispatch", *args: object) -> bool:
    """Send the wake-up; True when it was sent or one is already waiting.

    An absent broker is left alone for five seconds: the clock's sweep finds the work in Postgres.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        mark = KEY + ":".join((job, *map(str, args)))
        if client().set(mark, 1, nx=True, ex=MARK_SECONDS):
            current_app.send_task(job, args=args, retry=False, ignore_result=True)
        return True
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("the broker did not take a wake-up: %s", error)
        return False


def taken(job: str, *args: object) -> None:
    """Called by the job itself first thing: from here on a new wake-up is news again."""
    try:
        client().delete(KEY + ":".join((job, *map(str, args))))
    except redis.RedisError as error:
        log.warning("the broker did not answer: %s", error)

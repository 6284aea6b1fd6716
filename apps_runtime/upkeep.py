"""What an installation needs now and then: open follow-ups, next month's partition, old rows."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection

from apps_runtime import attempts, idempotency, releases

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two runs
MONTHS_AHEAD = 3
DAYS_OF_EVENTS = 7


def run() -> None:
    """Each task stands for itself: one that fails is logged and tried again with the next run."""
    for task in TASKS:
        try:
            task()
        except DatabaseError:
            logger.exception("upkeep: %s", task.__name__)


def _partitions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mortise.make_history_partitions(%s)", [MONTHS_AHEAD])


def _sessions() -> None:
    SessionStore.clear_expired()


def _events() -> None:
    """Events that were dispatched are of use only while somebody looks into what just happened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM mortise_event WHERE state = 'done' AND at < now() - %s * interval '1 day'",
            [DAYS_OF_EVENTS],
        )


TASKS: tuple[Callable[[], object], ...] = (
    releases.resume_follow_ups,
    _partitions,
    _sessions,
    _events,
    attempts.sweep,
    idempotency.forget_old,
)

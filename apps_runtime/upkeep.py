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


TASKS: tuple[Callable[[], object], ...] = (
    releases.resume_follow_ups,
    _partitions,
    _sessions,
    attempts.sweep,
    idempotency.forget_old,
)

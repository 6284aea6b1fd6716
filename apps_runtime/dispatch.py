"""Drains what is due, in batches: one transaction each, poison isolated, order kept per record."""

from __future__ import annotations

import logging

from django.db import OperationalError, connection, transaction

from apps_runtime import people, rules, runs, timers
from apps_runtime.source import Row, Source

log = logging.getLogger(__name__)

BATCH = 100
# In the order in which they are drained.
SOURCES = (rules.SOURCE, timers.RUN_TIMERS, timers.RULE_TIMERS, runs.SOURCE)


def drain(limit: int | None = None) -> int:
    """Handle what is due until nothing is (or ``limit`` rows were); how many rows were handled."""
    rules.ensure_timers()
    handled = 0
    busy = True
    while busy and (limit is None or handled < limit):
        busy = False
        for source in SOURCES:
            count = drain_batch(source)
            handled += count
            busy = busy or count > 0
    return handled


def drain_batch(source: Source) -> int:
    """One batch of one source; a batch that fails is done again row by row.

    A deadlock or a lost connection rolls the batch back and puts nothing off: it is not the rows'
    fault, and the next sweep finds them again.
    """
    rows: list[Row] = []
    try:
        with transaction.atomic(), people.one_reading():
            rows = _claimed(source, BATCH)
            if rows:
                source.handle(rows)
        return len(rows)
    except Exception as error:  # noqa: BLE001 - which row it was is found out below
        log.info("%s: a batch of %s is done row by row: %r", source.name, len(rows), error)
    return sum(_alone(source, row["id"]) for row in rows)


def _alone(source: Source, row_id: int) -> int:
    row: Row | None = None
    try:
        with transaction.atomic():
            row = next(iter(_claimed(source, 1, only=row_id)), None)
            if row is not None:
                source.handle([row])
        return 1 if row is not None else 0
    except OperationalError as error:
        log.warning("%s %s: the database refused for now: %s", source.name, row_id, error)
        connection.close_if_unusable_or_obsolete()
        if row is None:
            return 0
        failure: Exception = error
    except Exception as error:
        log.exception("%s %s failed", source.name, row_id)
        failure = error
    if row is not None:
        with transaction.atomic():
            source.put_off(row, failure)
    return 1


def _claimed(source: Source, limit: int, *, only: int | None = None) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(source.claim, {"limit": limit, "only": only})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

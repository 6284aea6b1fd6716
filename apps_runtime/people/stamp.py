"""The installation's stamp: what every cache of plans, people and permissions hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.db import connection


class _Reading:
    """What the request in progress has read; ``value`` is None until it has."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: int | None = None


_reading: ContextVar[_Reading | None] = ContextVar("stamp_reading", default=None)


def stamp() -> int:
    """The stamp in force; read from Postgres once per request, and each time outside of one."""
    reading = _reading.get()
    if reading is not None and reading.value is not None:
        return reading.value
    value = _stored()
    if reading is not None:
        reading.value = value
    return value


def note(value: int) -> None:
    """Remember for the request in progress what somebody has read beside something else."""
    reading = _reading.get()
    if reading is not None and reading.value is None:
        reading.value = value


def bump_stamp() -> int:
    """Give the stamp a value that it never had; takes effect with the caller's transaction.

    The value comes from a sequence, so that what was cached inside a transaction that is rolled
    back afterwards can never be taken for the truth.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_stamp (id, value) VALUES (1, nextval('mortise_stamp_value'))"
            " ON CONFLICT (id) DO UPDATE SET value = nextval('mortise_stamp_value')"
            " RETURNING value"
        )
        value: int = cursor.fetchone()[0]
    reading = _reading.get()
    if reading is not None:
        # Inside a transaction that may still fail: read again instead of remembering.
        reading.value = None
    return value


@contextmanager
def one_reading() -> Iterator[None]:
    """Read the stamp once for the block, as within a request; for jobs that handle many rows."""
    token = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def _stored() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM mortise_stamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else bump_stamp()


def _begin(**_: object) -> None:
    _reading.set(_Reading())


def _end(**_: object) -> None:
    _reading.set(None)


request_started.connect(_begin, dispatch_uid="apps_runtime.people.stamp")
request_finished.connect(_end, dispatch_uid="apps_runtime.people.stamp")

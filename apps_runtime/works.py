"""Long work: queued in Postgres, taken up under a lease, done in committed steps, cancellable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from apps_runtime import people, wake
from apps_runtime.models import StoredFile, Work
from engines.problems import Problems, refuse

log = logging.getLogger(__name__)

JOB = "mortise.work"
LEASE_SECONDS = 20
MAX_ATTEMPTS = 5

CLAIM = f"""
UPDATE mortise_work
SET state = 'running', attempts = attempts + 1,
    lease_until = now() + interval '{LEASE_SECONDS} seconds',
    started_at = coalesce(started_at, now())
WHERE id = (
  SELECT id FROM mortise_work
  WHERE state IN ('queued', 'running') AND (lease_until IS NULL OR lease_until <= now())
  ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""  # noqa: S608 - only a number of this module is put in

Runner = Callable[[Work], None]
_runners: dict[str, Runner] = {}


class Stopped(Exception):
    """The work was cancelled, or another worker took it over."""


def runner(kind: str) -> Callable[[Runner], Runner]:
    """Register the function that does works of this kind."""

    def register(function: Runner) -> Runner:
        if kind in _runners:
            raise ValueError(f"the kind {kind!r} is registered twice")
        _runners[kind] = function
        return function

    return register


def start(
    kind: str,
    *,
    person: int,
    app: str = "",
    form: str = "",
    options: Mapping[str, Any] | None = None,
    file: StoredFile | None = None,
) -> Work:
    """Queue a piece of work and wake a worker for it after commit."""
    if kind not in _runners:
        raise ValueError(f"no runner for {kind!r}")
    work = Work.objects.create(
        kind=kind, person_id=person, app=app, form=form, options=dict(options or {}), file=file
    )
    wake.after_commit(JOB)
    return work


def cancel(work: Work) -> None:
    """Ask a work to stop at its next step; one not yet taken up stops at once.

    Raises Problems ``work_not_running`` (409) when it has already ended.
    """
    with transaction.atomic():
        locked = Work.objects.select_for_update().get(pk=work.pk)
        if locked.state not in ("queued", "running"):
            raise refuse("", "work_not_running")
        locked.cancel_requested = True
        if locked.state == "queued":
            locked.state = "cancelled"
        locked.save(update_fields=["cancel_requested", "state"])


def run_all() -> int:
    """Take up works until none is waiting; how many were taken up."""
    count = 0
    while (work := _claim()) is not None:
        count += 1
        try:
            _runners[work.kind](work)
            _end(work, "done")
        except Stopped:
            log.info("work %s stopped", work.pk)
        except Problems as error:
            _end(
                work,
                "failed",
                problems=[
                    {"code": each.code, "params": dict(each.params), "count": 1, "rows": []}
                    for each in error.problems
                ],
            )
        except Exception as error:  # whatever it was, the work must not stay claimed unseen
            log.exception("work %s failed", work.pk)
            _put_off(work, error)
    return count


def _claim() -> Work | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM)
        found = cursor.fetchone()
    return Work.objects.get(pk=found[0]) if found else None


@contextmanager
def step(work: Work) -> Iterator[Work]:
    """One committed step: the row locked, the lease renewed, the caller's changes saved with it.

    ``work`` gets the stored values back. Raises ``Stopped`` when the work was cancelled, or when
    its position is not where this worker left it because another one took over.
    """
    with transaction.atomic(), people.one_reading():
        row = Work.objects.select_for_update().get(pk=work.pk)
        if row.state != "running" or row.position != work.position:
            raise Stopped
        if row.cancel_requested:
            row.state = "cancelled"
            row.finished_at = Now()
            row.save(update_fields=["state", "finished_at"])
        else:
            yield row
            row.save()
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE mortise_work SET lease_until = now() + make_interval(secs => %s)"
                    " WHERE id = %s",
                    [LEASE_SECONDS, row.pk],
                )
    if row.state == "cancelled":
        raise Stopped
    for name in ("position", "done", "total", "created", "updated", "skipped", "failed"):
        setattr(work, name, getattr(row, name))
    work.problems = row.problems


def begin(work: Work, total: int) -> None:
    """From the first row: a dry run that was interrupted has forgotten what it had seen."""
    work.total = total
    work.position = work.done = 0
    work.created = work.updated = work.skipped = work.failed = 0
    work.problems = []


def _end(work: Work, state: str, *, problems: list[dict[str, Any]] | None = None) -> None:
    changes: dict[str, Any] = {"state": state, "finished_at": Now(), "lease_until": None}
    if problems is not None:
        changes["problems"] = problems
    Work.objects.filter(pk=work.pk, state="running").update(**changes)


def _put_off(work: Work, error: Exception) -> None:
    """Try again later, five times at most; then the work has failed, visibly."""
    if work.attempts >= MAX_ATTEMPTS:
        Work.objects.filter(pk=work.pk).update(error=repr(error)[:2000])
        _end(
            work, "failed", problems=[{"code": "work_failed", "params": {}, "count": 1, "rows": []}]
        )
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_work SET error = %s,"
            " lease_until = now() + make_interval(secs => %s) WHERE id = %s",
            [repr(error)[:2000], 2**work.attempts, work.pk],
        )


def _address(work: Work, file: str) -> str | None:
    """Where whoever started the work gets the file."""
    there = getattr(work, f"{file}_id") is not None
    return f"/api/work/{work.pk}/{file}" if there else None


def as_json(work: Work) -> dict[str, Any]:
    """The state of a work as the API tells it (DESIGN §7); problems without their texts."""
    return {
        "id": work.pk,
        "kind": work.kind,
        "state": work.state,
        "done": work.done,
        "total": work.total,
        "created": work.created,
        "updated": work.updated,
        "skipped": work.skipped,
        "failed": work.failed,
        "problems": work.problems,
        "error_file": _address(work, "error_file"),
        "result_file": _address(work, "result_file"),
    }

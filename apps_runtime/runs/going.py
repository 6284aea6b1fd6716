"""Runs going on by themselves, for requests and workers; a run whose step fails is kept apart and
shown, with the reason, until an administrator acts."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import OperationalError, connection, transaction

from apps_runtime import releases, texts, wake
from apps_runtime.runs.progress import COLUMNS, Run, advance, advance_all, lock, read
from apps_runtime.source import MAX_ATTEMPTS, Row, Source, back_off
from apps_runtime.store.flow_state import set_flow_states
from engines.flows.event import GO_ON
from engines.problems import Problems

LONGEST = 2_000
CLAIM = f"""
SELECT {COLUMNS} FROM mortise_flow_run
WHERE state = 'ready' AND (retry_at IS NULL OR retry_at <= now())
  AND (%(only)s::bigint IS NULL OR id = %(only)s)
ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""  # noqa: S608
log = logging.getLogger(__name__)


def go(run_id: int) -> None:
    """Advance a run that has just begun; what fails in it does not undo what began it.

    Where its definition cannot be carried out, the run is blocked; anything else is left to a
    worker, who tries again.
    """
    try:
        with transaction.atomic():
            locked = lock(run_id)
            if locked is not None:
                advance(locked)
    except Problems as error:
        found = lock(run_id)
        if found is not None:
            block(found, error)
    except OperationalError:
        raise
    except Exception:
        log.exception("run %s failed in its first steps", run_id)
        wake.after_commit()


def block(run: Run, error: Problems) -> None:
    """Stop the run where it stands and say why, in the application's language."""
    installed = releases.installed(run.app)
    language = installed.plan.language if installed is not None else "zh-Hans"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_flow_run SET state = 'blocked', error = %s, retry_at = NULL,"
            " version = version + 1 WHERE id = %s",
            [reason(error, language)[:LONGEST], run.id],
        )
    if installed is not None and run.form in installed.plan.forms:
        form = installed.plan.forms[run.form]
        set_flow_states(form.schema, form.table, {run.record: f"blocked:{run.id}"})


def reason(error: Problems, language: str) -> str:
    """All problems in one line."""
    mark = "；" if language == "zh-Hans" else "; "
    colon = "：" if language == "zh-Hans" else ": "
    return mark.join(
        (each.path.removeprefix("/") + colon if each.path else "") + texts.message(each, language)
        for each in error.problems
    )


def _handle(rows: Sequence[Row]) -> None:
    advance_all([(read(row), GO_ON) for row in rows])


def _put_off(row: Row, error: Exception) -> None:
    """Later, with longer and longer pauses; at last blocked, where an administrator sees it. What
    the definition asks for and cannot be done is blocked at once: trying again would not help."""
    if isinstance(error, Problems):
        block(read(row), error)
        return
    if row["attempts"] + 1 >= MAX_ATTEMPTS:
        state, pause = "blocked", None
    else:
        state, pause = "ready", back_off(row["attempts"])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_flow_run SET attempts = attempts + 1, state = %s, error = %s,"
            " retry_at = now() + make_interval(secs => %s) WHERE id = %s AND state = 'ready'",
            [state, repr(error)[:2000], pause, row["id"]],
        )


SOURCE = Source("runs", CLAIM, _handle, _put_off)

"""Rules that follow events: each event is taken once, its rules run in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import connection

from apps_runtime import releases
from apps_runtime.rules.run import run
from apps_runtime.source import MAX_ATTEMPTS, Row, Source, back_off
from engines.rules.trigger import Happening

KINDS = ("created", "updated", "deleted")
CLAIM = """
SELECT id, app, form, record, kind, changes, person, through, chain, depth, attempts, now() AS now
FROM mortise_event AS event
WHERE state = 'pending' AND (retry_at IS NULL OR retry_at <= now())
  AND (%(only)s::bigint IS NULL OR id = %(only)s)
ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""


def _handle(rows: Sequence[Row]) -> None:
    """Events in their order: a rule sees what those of earlier events have done."""
    with connection.cursor() as cursor:
        ids = [row["id"] for row in rows]
        cursor.execute("UPDATE mortise_event SET state = 'done' WHERE id = ANY(%s)", [ids])
    for row in rows:
        _follow(row)


def _follow(row: Row) -> None:
    """One event: every rule that concerns it, in the order of the definitions."""
    installed = releases.installed(row["app"])
    if installed is None or row["kind"] not in KINDS:
        return
    changes: dict[str, Any] = (
        json.loads(row["changes"]) if isinstance(row["changes"], str) else row["changes"]
    )
    happening = Happening(row["kind"], frozenset(changes))
    concerned = [
        rule
        for rule in installed.plan.rules.values()
        if rule.form == row["form"] and rule.concerns(happening, "after")
    ]
    if not concerned:
        return
    chain = row["chain"] or uuid4()
    for rule in concerned:
        run(
            installed,
            rule,
            happening,
            record=row["record"],
            cause=f"event:{row['id']}",
            event=row["id"],
            person=row["person"],
            old={name: pair[0] for name, pair in changes.items()},
            new={name: pair[1] for name, pair in changes.items()},
            chain=chain,
            depth=row["depth"],
            now=row["now"],
        )


def _put_off(row: Row, error: Exception) -> None:
    """Tried again with pauses; at last set aside, with its error in the rules' logs."""
    failed = row["attempts"] + 1 >= MAX_ATTEMPTS
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_event SET attempts = attempts + 1, error = %s, state = %s,"
            " retry_at = now() + make_interval(secs => %s) WHERE id = %s",
            [
                repr(error)[:2000],
                "failed" if failed else "pending",
                back_off(row["attempts"]),
                row["id"],
            ],
        )


SOURCE = Source("events", CLAIM, _handle, _put_off)

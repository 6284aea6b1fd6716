"""What people are told inside the product, in the language they read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models.functions import Now

from apps_runtime import people, releases
from apps_runtime.models import Assignment, Notification
from apps_runtime.record_labels import labels
from engines.texts import text

WORDINGS = Path(__file__).parent / "texts" / "notifications.json"


@cache
def wordings() -> Mapping[str, Mapping[str, str]]:
    """The product's own sentences, by code."""
    found: dict[str, dict[str, str]] = json.loads(WORDINGS.read_text(encoding="utf-8"))
    return found


def latest(
    person: int, *, limit: int, before: int | None = None
) -> tuple[list[Notification], int | None]:
    """The newest notifications, and the id to go on from."""
    rows = Notification.objects.filter(person_id=person).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def unread(person: int) -> int:
    """How many have not been read."""
    return Notification.objects.filter(person_id=person, read_at=None).count()


def mark_read(person: int, ids: Iterable[int] | None) -> int:
    """Mark these (None: all) as read; how many that changed."""
    rows = Notification.objects.filter(person_id=person, read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.update(read_at=Now())


def as_json(rows: Iterable[Notification], language: str) -> list[dict[str, Any]]:
    """One person's notifications as the API shows them; texts are made now, in his language."""
    found = list(rows)
    reader = found[0].person_id if found else 0
    shown = labels(((row.app, row.form, row.record) for row in found), reader=reader)
    asked = _asked(found)
    return [
        {
            "id": row.pk,
            "text": _text(row, shown.get((row.app, row.form, row.record or 0), ""), language),
            "at": row.at,
            "read": row.read_at is not None,
            "link": _link(row, asked),
        }
        for row in found
    ]


def _text(row: Notification, record: str, language: str) -> str:
    wording = wordings().get(row.text)
    if wording is None:
        # A rule's own sentence: one string per language, as JSON.
        try:
            return text(json.loads(row.text), language)
        except ValueError:
            return row.text
    installed = releases.installed(row.app)
    plan = installed.plan.flows.get(str(row.params.get("flow"))) if installed else None
    by = people.person(row.params.get("person"))
    return wording[language].format(
        record=record,
        flow=text(plan.label, language) if plan else "",
        person=by.name if by else "",
        opinion=row.params.get("opinion") or "",
    )


def _asked(rows: Iterable[Notification]) -> dict[tuple[int, int], int]:
    """The assignment that each person has in a run he was told of: the open one, else the last."""
    about = {(row.person_id, run) for row in rows if (run := _run(row)) is not None}
    found = Assignment.objects.filter(
        person_id__in={person for person, _ in about}, run_id__in={run for _, run in about}
    ).order_by("id")
    named = list(found.values_list("person_id", "run_id", "state", "pk"))
    named.sort(key=lambda each: each[2] == "open")
    return {(person, run): pk for person, run, _, pk in named}


def _run(row: Notification) -> int | None:
    run = row.params.get("run") if row.text.startswith("assignment_") else None
    return run if isinstance(run, int) else None


def _link(row: Notification, asked: Mapping[tuple[int, int], int]) -> str | None:
    run = _run(row)
    if run is not None:
        assignment = asked.get((row.person_id, run))
        return f"/approve/{assignment}" if assignment else "/inbox"
    if row.app and row.form and row.record is not None:
        return f"/apps/{row.app}/{row.form}/{row.record}"
    return None

"""What people are told inside the product, in the language they read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models.functions import Now

from apps_runtime import people, releases
from apps_runtime.models import Notification
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
    """Notifications as the API shows them; texts are made now, in the reader's language."""
    found = list(rows)
    shown = labels((row.app, row.form, row.record) for row in found if row.record is not None)
    return [
        {
            "id": row.pk,
            "text": _text(row, shown.get((row.app, row.form, row.record or 0), ""), language),
            "at": row.at,
            "read": row.read_at is not None,
            "link": _link(row),
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
    )


def _link(row: Notification) -> str | None:
    if row.text.startswith("assignment_"):
        return "/inbox"
    if row.app and row.form and row.record is not None:
        return f"/apps/{row.app}/{row.form}/{row.record}"
    return None

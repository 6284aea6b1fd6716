"""What people say about a record; whoever sees the record sees its comments."""

from __future__ import annotations

from apps_runtime import people, records
from apps_runtime.caller import Caller
from apps_runtime.models import Comment
from engines.problems import refuse
from engines.values import JsonValue

MAX_TEXT = 5000


def add(caller: Caller, form: str, record: int, text: JsonValue) -> dict[str, object]:
    """A new comment; 404 where the record is not visible."""
    records.require_visible(caller, form, record)
    if text is not None and not isinstance(text, str):
        raise refuse("/text", "not_a_text")
    if text is None or not text.strip():
        raise refuse("/text", "required")
    if len(text) > MAX_TEXT:
        raise refuse("/text", "too_long", limit=MAX_TEXT, length=len(text))
    comment = Comment.objects.create(
        app=caller.app, form=form, record=record, person_id=caller.person, text=text.strip()
    )
    comment.refresh_from_db(fields=["at"])
    return _as_json(comment)


def listed(
    caller: Caller, form: str, record: int, *, before: int | None, limit: int
) -> dict[str, object]:
    """The newest comments first; ``next`` is the id to ask for those before."""
    records.require_visible(caller, form, record)
    found = Comment.objects.filter(app=caller.app, form=form, record=record)
    if before is not None:
        found = found.filter(id__lt=before)
    page = list(found.order_by("-id")[: limit + 1])
    more = len(page) > limit
    return {
        "comments": [_as_json(each) for each in page[:limit]],
        "next": str(page[limit - 1].pk) if more else None,
    }


def _as_json(comment: Comment) -> dict[str, object]:
    person = people.person(comment.person_id)
    return {
        "id": comment.pk,
        "at": comment.at,
        "person": {"id": comment.person_id, "name": person.name if person else ""},
        "text": comment.text,
    }

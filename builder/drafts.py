"""Drafts: the only writer of definitions that are being edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps_runtime.refusals import Refused, conflict, not_found
from builder.models import Draft, DraftChange, DraftDefinition
from builder.released import Bodies, Place, Released
from engines.definitions.read import read
from engines.definitions.references import Reference, references
from engines.definitions.schemas import KINDS
from engines.definitions.write import digest, write
from engines.problems import problem
from engines.values import read_json

ANY = "*"


@dataclass(frozen=True, slots=True)
class Saved:
    """A definition as it now stands in the draft."""

    body: Any
    etag: str
    created: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One definition of a draft, or one that the draft has removed."""

    kind: str
    key: str
    label: Any
    etag: str | None
    state: str  # unchanged | added | changed | removed
    updated_at: Any
    updated_by: int | None


def draft_of(app: str) -> Draft:
    """The draft; 404 where there is none."""
    found = Draft.objects.filter(app=app).first()
    if found is None:
        raise not_found()
    return found


def bodies(app: str) -> dict[Place, Any]:
    """Every definition of the draft, by kind and then in the order in which they were made."""
    rows = DraftDefinition.objects.filter(draft_id=app).order_by("id")
    found = {(row.kind, row.key): _parsed(row.body) for row in rows}
    return in_order(found)


@lru_cache(maxsize=1000)
def _parsed(text: str) -> Any:
    """A stored body; remembered, because each check reads all of them. Never change it."""
    return read_json(text)


def in_order(found: Bodies) -> dict[Place, Any]:
    """The same definitions, kinds in the order of ``KINDS``: what a release is written in."""
    rank = {kind: index for index, kind in enumerate(KINDS)}
    return dict(sorted(found.items(), key=lambda item: rank.get(item[0][0], len(rank))))


def definition(app: str, kind: str, key: str) -> Saved:
    """One definition with its ETag; 404 where there is none."""
    row = DraftDefinition.objects.filter(draft_id=app, kind=kind, key=key).first()
    if row is None:
        raise not_found()
    return Saved(_parsed(row.body), row.digest, created=False)


def entries(app: str, released: Released) -> list[Entry]:
    """Every definition of the draft and of the release, with what the draft did to it."""
    rows = list(DraftDefinition.objects.filter(draft_id=app).order_by("id"))
    found = [
        Entry(
            row.kind,
            row.key,
            label_of(_parsed(row.body), row.key),
            row.digest,
            _state(released.digests.get((row.kind, row.key)), row.digest),
            row.updated_at,
            row.updated_by_id,
        )
        for row in rows
    ]
    here = {(row.kind, row.key) for row in rows}
    touched = {(each.kind, each.key): each for each in last_changes(app)}
    for place, body in released.bodies.items():
        if place not in here:
            by = touched.get(place)
            found.append(
                Entry(
                    *place,
                    label_of(body, place[1]),
                    None,
                    "removed",
                    by.at if by else None,
                    by.person_id if by else None,
                )
            )
    return found


def label_of(body: Any, key: str) -> Any:
    """What people call a definition; its key where it has no label."""
    label = body.get("label") if isinstance(body, dict) else None
    return label or key


def _state(released: str | None, drafted: str) -> str:
    if released is None:
        return "added"
    return "unchanged" if released == drafted else "changed"


def save(app: str, place: Place, body: Any, *, person: int, if_match: str | None) -> Saved:
    """Put a definition into the draft.

    Raises Problems (422) where its structure is not valid; what it means is checked elsewhere, so
    that half-finished work can be kept. An existing definition needs the ETag that the change was
    made from (428 without, 409 when somebody else was faster).
    """
    kind, key = place
    read_body = read(body, kind=kind, key=key).body
    text, etag = write(read_body), digest(read_body)
    try:
        with transaction.atomic():
            row = (
                DraftDefinition.objects.select_for_update()
                .filter(draft_id=app, kind=kind, key=key)
                .first()
            )
            _require_match(row, if_match)
            created = row is None
            if row is None:
                row = DraftDefinition(draft_id=app, kind=kind, key=key)
            if created or row.digest != etag:
                row.body, row.digest, row.updated_by_id = text, etag, person
                row.save()
                touch(app, [place], person)
    except IntegrityError:
        # Somebody made the same one between our look and our insert.
        _require_match(DraftDefinition.objects.filter(draft_id=app, kind=kind, key=key).first(), "")
        raise
    return Saved(read_body, etag, created)


def remove(
    app: str, place: Place, *, person: int, if_match: str | None, force: bool = False
) -> None:
    """Take a definition out of the draft.

    Raises Refused 409 with every place that uses it, unless ``force``; the application itself and
    its role `administrator` always stay.
    """
    if place[0] == "application" or place == ("role", "administrator"):
        raise conflict("definition_stays", kind=place[0], key=place[1])
    with transaction.atomic():
        row = (
            DraftDefinition.objects.select_for_update()
            .filter(draft_id=app, kind=place[0], key=place[1])
            .first()
        )
        if row is None:
            raise not_found()
        if if_match is not None:
            _require_match(row, if_match)
        if not force:
            _refuse_used(app, place)
        row.delete()
        touch(app, [place], person)


def replace_all(app: str, found: Bodies, *, person: int | None) -> None:
    """Make the draft equal to ``found``; definitions that do not differ keep who touched them."""
    with transaction.atomic():
        rows = {
            (row.kind, row.key): row
            for row in DraftDefinition.objects.select_for_update().filter(draft_id=app)
        }
        touched: list[Place] = []
        for place, body in found.items():
            etag = digest(body)
            row = rows.pop(place, None)
            if row is None:
                row = DraftDefinition(draft_id=app, kind=place[0], key=place[1])
            if row.digest != etag:
                row.body, row.digest, row.updated_by_id = write(body), etag, person
                row.save()
                touched.append(place)
        for place, row in rows.items():
            row.delete()
            touched.append(place)
        if touched:
            touch(app, touched, person)


def touch(app: str, places: Iterable[Place], person: int | None) -> None:
    """Note who changed what, and when."""
    now = timezone.now()
    DraftChange.objects.bulk_create(
        [
            DraftChange(draft_id=app, kind=kind, key=key, person_id=person, at=now)
            for kind, key in places
        ],
        update_conflicts=True,
        unique_fields=["draft", "kind", "key", "person"],
        update_fields=["at"],
    )
    Draft.objects.filter(app=app).update(updated_at=now, updated_by_id=person)


def last_changes(app: str) -> list[DraftChange]:
    """Who touched each definition last since the release; one row per definition."""
    found: dict[Place, DraftChange] = {}
    for change in DraftChange.objects.filter(draft_id=app).order_by("at"):
        found[change.kind, change.key] = change
    return list(found.values())


def users_of(found: Bodies, kind: str, key: str, field: str | None = None) -> list[Reference]:
    """Every place in ``found`` that names the definition (or the field of the form)."""
    return [
        reference
        for reference in references(found)
        if (reference.to_kind, reference.to_key) == (kind, key)
        and (field is None or reference.to_field == field)
        # A form that names its own fields does not keep itself alive.
        and (field is not None or (reference.from_kind, reference.from_key) != (kind, key))
    ]


def _refuse_used(app: str, place: Place) -> None:
    found = bodies(app)
    users = users_of(found, *place)
    if users:
        raise Refused(
            409,
            [
                problem(
                    f"/{each.from_kind}s/{each.from_key}{each.path}",
                    "definition_in_use",
                    kind=each.from_kind,
                    key=each.from_key,
                    label=label_of(found.get((each.from_kind, each.from_key)), each.from_key),
                )
                for each in users
            ],
        )


def _require_match(row: DraftDefinition | None, if_match: str | None) -> None:
    if row is None:
        if if_match not in (None, ""):
            raise conflict("draft_removed")
        return
    if if_match is None:
        raise Refused(428, (problem("", "version_missing"),))
    if if_match not in (ANY, row.digest):
        by = row.updated_by
        raise conflict(
            "draft_changed",
            extra={
                "definition": read_json(row.body),
                "etag": row.digest,
                "updated_by": None if by is None else {"id": by.id, "name": by.name},
                "updated_at": row.updated_at,
            },
            person=by.name if by is not None else "",
        )

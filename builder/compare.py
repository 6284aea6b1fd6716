"""What differs between a draft and releases, in words that a designer understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps_runtime.people import present
from apps_runtime.refusals import malformed
from builder import drafts, released
from builder.released import Bodies
from engines.definitions.compare import Change, compare
from engines.forms.field import COMMON_SCHEMA
from engines.forms.field_type import field_types
from engines.texts import text

DRAFT = "draft"


def content(app: str, which: str) -> Bodies:
    """The definitions of a release by number, of ``draft``, or none for ``0``."""
    if which == DRAFT:
        return drafts.bodies(app)
    if not (which.isascii() and which.isdecimal()) or len(which) > 9:
        raise malformed("no_such_release", release=which[:20])
    return released.NOTHING.bodies if int(which) == 0 else released.release(app, int(which)).bodies


def draft_changes(app: str, found: Bodies | None = None) -> tuple[Change, ...]:
    """What publishing would change."""
    old = released.in_force(app)
    return compare(old.bodies, drafts.bodies(app) if found is None else found)


def changes_json(
    changes: Sequence[Change], old: Bodies, new: Bodies, *, app: str, language: str
) -> list[dict[str, Any]]:
    """Changes with the labels of what they are about and, for the draft, who made them."""
    touched = {(each.kind, each.key): each for each in drafts.last_changes(app)}
    found = []
    for change in changes:
        place = (change.kind, change.key)
        body = new.get(place) or old.get(place) or {}
        by = touched.get(place)
        found.append(
            {
                "kind": change.kind,
                "key": change.key,
                "label": text(drafts.label_of(body, change.key), language, change.key),
                "change": change.change,
                "path": change.path,
                "where": words(change.path, old.get(place), new.get(place), language),
                "before": change.before,
                "after": change.after,
                "person": present.brief(by.person_id) if by is not None else None,
                "at": by.at if by is not None else None,
            }
        )
    return found


def words(path: str, old: Any, new: Any, language: str) -> list[str]:
    """The steps of a JSON pointer as people name them: labels of parts, names of properties."""
    found: list[str] = []
    here = [each for each in (new, old) if each is not None]
    field: Mapping[str, Any] | None = None
    for step in (part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]):
        inside = [each for each in (_step(one, step) for one in here) if each is not None]
        label = next((_label(each) for each in inside if _label(each)), None)
        if step in ("fields", "nodes", "views", "options") and label is None:
            here = inside
            continue
        found.append(text(label, language) if label else _property(step, field, language))
        field = next((e for e in inside if isinstance(e, Mapping) and "type" in e), field)
        here = inside
    return found


def _step(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, Sequence) and not isinstance(value, str) and step.isdecimal():
        index = int(step)
        return value[index] if index < len(value) else None
    return None


def _label(value: Any) -> Any:
    return value.get("label") if isinstance(value, Mapping) else None


def _property(step: str, field: Mapping[str, Any] | None, language: str) -> str:
    schemas = [COMMON_SCHEMA]
    if field is not None and (kind := field_types.get(str(field["type"]))) is not None:
        schemas.append(kind.options_schema)
    for schema in schemas:
        known = schema.get("properties", schema).get(step)
        if isinstance(known, Mapping) and "x-label" in known:
            return text(known["x-label"], language)
    return step

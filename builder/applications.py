"""Applications as their designers see them: made, listed, thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from apps_runtime import caller, people
from apps_runtime.models import Application, RoleMember
from apps_runtime.people.role_members import add_role_member
from apps_runtime.refusals import conflict, not_found
from builder import compare, drafts, released, templates
from builder.models import Draft
from engines.definitions.keys import key_problems, proposed_key
from engines.definitions.read import read
from engines.problems import Problems, problem, refuse
from engines.texts import text

FIELDS = ("label", "key", "icon", "timezone", "currency", "language", "navigation")
"""What may be said of a new application: its definition, as far as somebody wants to write it."""
BESIDE = ("kind", "format", "template")
DEFAULT_ICON = "tile"
ADMINISTRATOR_ROLE: dict[str, Any] = {
    "kind": "role",
    "key": caller.ADMINISTRATOR,
    "format": 1,
    "label": {"zh-Hans": "管理", "en": "Administration"},
    "grants": caller.ALL_GRANTS,
}


def create(body: Mapping[str, Any], *, person: int, forms: Iterable[Mapping[str, Any]] = ()) -> str:
    """A new application whose administrator is its creator; its key.

    ``label`` is required; ``key`` is proposed from it where it is absent; further properties of the
    application's definition may be given; ``template`` names a packaged application to begin with,
    ``forms`` are definitions that it has from the beginning. Raises Problems, or 409 where the key
    is taken.
    """
    unknown = [
        problem(f"/{name}", "no_such_property") for name in body if name not in (*FIELDS, *BESIDE)
    ]
    label = body.get("label")
    if not label:
        unknown.append(problem("/label", "value_required"))
    if unknown:
        raise Problems(unknown)
    taken = set(Application.objects.values_list("key", flat=True))
    key = body.get("key") or proposed_key(_any_text(label), taken)
    if wrong := key_problems(key):
        raise Problems(each.under("/key") for each in wrong)
    given = {name: body[name] for name in FIELDS if body.get(name) is not None}
    application: dict[str, Any] = {
        "kind": body.get("kind", "application"),
        "key": key,
        "format": body.get("format", 1),
        "label": label,
        "icon": DEFAULT_ICON,
        "timezone": "Asia/Shanghai",
        "currency": "CNY",
        "language": "zh-Hans",
        **given,
    }
    found: dict[released.Place, Any] = {}
    if template := body.get("template"):
        found = dict(templates.definitions(template))
        old: dict[str, Any] = next(
            (each for (kind, _), each in found.items() if kind == "application"), {}
        )
        found = {place: each for place, each in found.items() if place[0] != "application"}
        application = {
            **old,
            **application,
            "icon": body.get("icon") or old.get("icon", DEFAULT_ICON),
        }
    found = {("application", key): application, **found}
    found.update((("form", str(form["key"])), form) for form in forms)
    found.setdefault(("role", caller.ADMINISTRATOR), ADMINISTRATOR_ROLE)
    begin(key, found, person=person)
    return str(key)


def begin(key: str, found: released.Bodies, *, person: int | None) -> None:
    """Make the application and its draft; 409 where the key is taken, Problems where not valid."""
    for (kind, name), body in found.items():
        read(body, kind=kind, key=name)
    application = found["application", key]
    if Application.objects.filter(key=key, archived=True).exists():
        raise conflict("key_of_archived", key=key)
    try:
        with transaction.atomic():
            Application.objects.create(
                key=key,
                label=application["label"],
                icon=application.get("icon") or "",
                created_by_id=person,
            )
            Draft.objects.create(app=key, created_by_id=person, updated_by_id=person)
            drafts.replace_all(key, drafts.in_order(found), person=person)
            if person is not None:
                add_role_member(key, "administrator", "person", str(person))
            people.bump_stamp()
    except IntegrityError:
        if Application.objects.filter(key=key).exists():
            raise conflict("key_taken", key=key) from None
        raise


def adopt(key: str) -> None:
    """Make the draft of an application that was installed without the designer."""
    if Draft.objects.filter(app=key).exists():
        return
    content = released.in_force(key)
    if content.number == 0 and not Application.objects.filter(key=key).exists():
        raise not_found()
    with transaction.atomic():
        _, made = Draft.objects.get_or_create(app=key, defaults={"base": content.number})
        if made:
            drafts.replace_all(key, content.bodies, person=None)
            Draft.objects.get(app=key).changes.all().delete()


def summary(app: Application, language: str | None = None) -> dict[str, Any]:
    """One application with its number of differences between draft and release.

    ``language`` makes the label one string, for lists; the designer wants all of it.
    """
    draft = Draft.objects.select_related("updated_by").filter(app=app.key).first()
    content = released.in_force(app.key)
    by = draft.updated_by if draft is not None else None
    label, icon = app.label, app.icon
    if draft is not None:
        row = draft.definitions.filter(kind="application", key=app.key).first()
        body = drafts.definition(app.key, "application", app.key).body if row else {}
        label, icon = body.get("label") or label, body.get("icon") or icon
    return {
        "key": app.key,
        "label": label if language is None else text(label, language, app.key),
        "icon": icon,
        "release": content.number or None,
        "changes": len(compare.draft_changes(app.key)) if draft is not None else 0,
        "updated_at": draft.updated_at if draft is not None else app.created_at,
        "updated_by": None if by is None else {"id": by.id, "name": by.name},
    }


@transaction.atomic
def remove(key: str) -> None:
    """Throw away an application that was never published; a published one is archived.

    An archived application is out of use; its tables and records stay for who must restore them.
    """
    found = Application.objects.select_for_update().filter(key=key, archived=False).first()
    if found is None:
        raise not_found()
    if found.release_id is None:
        Draft.objects.filter(app=key).delete()
        RoleMember.objects.filter(app=key).delete()
        found.delete()
    else:
        found.archived = True
        found.save(update_fields=["archived"])
    people.bump_stamp()


@transaction.atomic
def revive(key: str) -> None:
    """Take an archived application into use again, with the release that was in force."""
    Application.objects.filter(key=key, archived=True).update(archived=False)
    people.bump_stamp()


def _any_text(label: object) -> str:
    if isinstance(label, str):
        return label
    if isinstance(label, Mapping):
        return str(label.get("en") or label.get("zh-Hans") or "")
    raise refuse("/label", "text_expected")

"""Somebody leaves: what he still holds, and who is asked in his place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps_runtime import assignments, people, records, releases, runs
from apps_runtime.models import Person
from apps_runtime.people import present
from apps_runtime.people.changes import change_person, find_person
from engines.forms.plan import FormPlan
from engines.problems import refuse
from engines.queries.filters import compile_filter
from engines.texts import text

OWNER = "owner"  # the field that says whose a record is


def holdings(person: Person, language: str) -> dict[str, Any]:
    """What waits for the person or belongs to him: ``{"assignments","records","reports","heads"}``.

    Records are counted per form whose field ``owner`` names people; ``reports`` are those whose
    superior he is, ``heads`` the departments that he heads.
    """
    known = people.directory()
    return {
        "assignments": assignments.count_open(person.id),
        "records": list(_records(person, language)),
        "reports": [present.brief(each) for each in known.subordinates.get(person.id, ())],
        "heads": [
            present.department_brief(key)
            for key, each in known.departments.items()
            if each.head_id == person.id
        ],
    }


def _records(person: Person, language: str) -> Iterator[dict[str, Any]]:
    for app in sorted(releases.numbers()):
        installed = releases.installed(app)
        if installed is None:
            continue
        forms = installed.plan.forms
        for key, form in forms.items():
            if not _has_owner(form):
                continue
            when = compile_filter(_his(person), form, forms)
            count = records.counts_by_person(installed, key, OWNER, (person.id,), when=when)
            if count[person.id]:
                yield {
                    "app": app,
                    "application": text(installed.plan.label, language),
                    "form": key,
                    "label": text(form.label, language),
                    "count": count[person.id],
                }


def _his(person: Person) -> str:
    quoted = person.username.replace('"', '""')
    return f'{OWNER} = "{quoted}"'


def _has_owner(form: FormPlan) -> bool:
    field = form.field(OWNER)
    return field is not None and field.stored and field.value_type.name == "person"


def leave(person_id: int, body: Mapping[str, Any], *, by: int) -> tuple[Person, int]:
    """Change a person who may leave with it; the person, and how many assignments went to another.

    ``hand_over`` in the body names who is asked in his place from now on. It needs ``"active":
    false`` beside it; it may also come later, for one who has left already. The change stands even
    where a run cannot be handed over: what stays behind is told by ``holdings``.
    Raises Problems, or Person.DoesNotExist.
    """
    rest = {key: value for key, value in body.items() if key != "hand_over"}
    named = body.get("hand_over")
    to = None if named is None else _successor(person_id, named, leaves=rest.get("active") is False)
    person = change_person(person_id, rest)
    if to is None:
        return person, 0
    before = assignments.count_open(person_id)
    runs.hand_over(person_id, to.id, by=by)
    return person, before - assignments.count_open(person_id)


def _successor(person_id: int, named: object, *, leaves: bool) -> Person:
    if not leaves:
        raise refuse("/hand_over", "hand_over_when_leaving")
    found = find_person(named)
    if found is None:
        raise refuse("/hand_over", "person_unknown", person=named)
    if found.id == person_id:
        raise refuse("/hand_over", "hand_over_to_self")
    if not found.active:
        raise refuse("/hand_over", "hand_over_to_inactive", person=found.name)
    return found

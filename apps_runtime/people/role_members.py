"""Who has a role: people, departments, positions. Members apply at once, without publishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps_runtime.models import RoleMember
from apps_runtime.people.changes import find_department, find_person
from apps_runtime.people.stamp import bump_stamp
from engines.problems import Problem, Problems, has_errors, problem, refuse
from engines.values import storable

MAX_MEMBERS = 5000
KINDS = {"people": "person", "departments": "department", "positions": "position"}


def role_members(app: str, role: str) -> dict[str, list[str]]:
    """Members by plural kind, as they are stored: ids as text, positions by key."""
    found: dict[str, list[str]] = {plural: [] for plural in KINDS}
    plurals = {kind: plural for plural, kind in KINDS.items()}
    rows = RoleMember.objects.filter(app=app, role=role).order_by("id")
    for kind, member in rows.values_list("kind", "member"):
        found[plurals[kind]].append(member)
    return found


@transaction.atomic
def set_role_members(app: str, role: str, body: Mapping[str, Any]) -> None:
    """Replace the members; a kind that is absent keeps its own.

    People are named by id or username, departments by id or key. The role ``administrator`` must
    keep a member, else nobody could give anybody rights in the application.
    """
    problems: list[Problem] = [
        problem(f"/{key}", "no_such_property") for key in body if key not in KINDS
    ]
    wanted: dict[str, list[str]] = {}
    for plural, kind in KINDS.items():
        if plural in body:
            wanted[kind] = _members(kind, body[plural], f"/{plural}", problems)
    if has_errors(problems):
        raise Problems(problems)
    # One writer per role at a time: the check of the last member needs the others' rows.
    rows = RoleMember.objects.select_for_update().filter(app=app, role=role)
    kept = [row for row in rows if row.kind not in wanted]
    if role == "administrator" and not kept and not any(wanted.values()):
        raise refuse("", "last_application_administrator")
    rows.filter(kind__in=wanted).delete()
    RoleMember.objects.bulk_create(
        RoleMember(app=app, role=role, kind=kind, member=member)
        for kind, members in wanted.items()
        for member in members
    )
    bump_stamp()


@transaction.atomic
def add_role_member(app: str, role: str, kind: str, member: str) -> None:
    """One member more; already being one is fine."""
    RoleMember.objects.get_or_create(app=app, role=role, kind=kind, member=member)
    bump_stamp()


def _members(kind: str, value: object, path: str, problems: list[Problem]) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_MEMBERS:
        problems.append(problem(path, "members_expected", limit=MAX_MEMBERS))
        return []
    found: dict[str, None] = {}
    for index, each in enumerate(value):
        named = each.get("id") if isinstance(each, dict) else each
        member = _member(kind, named)
        if member is None:
            problems.append(problem(f"{path}/{index}", f"{kind}_unknown", **{kind: str(named)}))
        else:
            found[member] = None
    return list(found)


def _member(kind: str, named: object) -> str | None:
    if kind == "position":
        fine = isinstance(named, str) and 0 < len(named) <= 100 and storable(named)
        return str(named) if fine else None
    found = find_person(named) if kind == "person" else find_department(named)
    return None if found is None else str(found.id)

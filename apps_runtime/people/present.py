"""People, departments and tokens as JSON."""

from __future__ import annotations

from apps_runtime.models import Department, Person, Token
from apps_runtime.people.directory import directory

Json = dict[str, object]


def brief(person_id: int | None) -> Json | None:
    """`{"id","name","username"}`, as records and history name people."""
    person = directory().people.get(person_id) if person_id is not None else None
    if person is None:
        return None
    return {"id": person.id, "name": person.name, "username": person.username}


def department_brief(department_id: int | None) -> Json | None:
    """`{"id","key","name"}`, or None."""
    found = directory().departments.get(department_id) if department_id is not None else None
    return None if found is None else {"id": found.id, "key": found.key, "name": found.name}


def in_directory(person: Person) -> Json:
    """What every colleague may know."""
    return {
        "id": person.id,
        "username": person.username,
        "name": person.name,
        "department": department_brief(person.department_id),
        "superior": brief(person.superior_id),
        "positions": list(person.positions),
        "active": person.active,
    }


def in_full(person: Person) -> Json:
    """What the person himself and administrators may know."""
    return {
        **in_directory(person),
        "email": person.email,
        "language": person.language or None,
        "system_roles": list(person.system_roles),
        "must_change_password": person.must_change,
        "can_sign_in": person.active and person.has_usable_password(),
    }


def department(found: Department) -> Json:
    """One department; people are counted without those of the departments below."""
    known = directory()
    return {
        "id": found.id,
        "key": found.key,
        "name": found.name,
        "parent": found.parent_id,
        "head": brief(found.head_id),
        "people": len(known.staff.get(found.id, ())),
    }


def token(found: Token) -> Json:
    """One token without its secret."""
    return {
        "id": found.id,
        "name": found.name,
        "prefix": found.prefix,
        "scopes": list(found.scopes),
        "app": found.app,
        "created_at": found.created_at,
        "expires_at": found.expires_at,
        "last_used_at": found.last_used_at,
    }

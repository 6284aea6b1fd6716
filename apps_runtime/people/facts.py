"""What engines and pages ask about people: roles, members, superiors, departments, the actor."""

from __future__ import annotations

from collections.abc import Iterable

from apps_runtime.models import Person
from apps_runtime.people.directory import Directory, directory
from engines.formulas.to_python import NOBODY, Actor

APPLICATION = NOBODY
"""The application itself, when rules and flows act: nobody."""


def person(person_id: int | None) -> Person | None:
    """The person as read with the stamp, active or not; read-only."""
    return None if person_id is None else directory().people.get(person_id)


def actor(person_id: int | None, app: str | None = None) -> Actor:
    """The facts that formulas know of a person: ``USER()``, ``DEPARTMENT()``, ``HAS_ROLE()`` …

    With ``app`` the roles are those of the application. None is the application itself, who is
    nobody: every comparison with it is empty.
    """
    known = directory()
    found = known.people.get(person_id) if person_id is not None else None
    if found is None:
        return NOBODY
    department = found.department_id
    return Actor(
        id=found.id,
        department=department,
        departments=known.below(department) if department is not None else (),
        subordinates=known.reports(found.id),
        roles=_roles(known, found, app) if app is not None else frozenset(),
        username=found.username,
        name=found.name,
    )


def roles(person_id: int | None, app: str) -> frozenset[str]:
    """The keys of the application's roles that a person has, in whatever way; none if inactive."""
    known = directory()
    found = known.people.get(person_id) if person_id is not None else None
    return _roles(known, found, app) if found is not None else frozenset()


def _roles(known: Directory, found: Person, app: str) -> frozenset[str]:
    if not found.active:
        return frozenset()
    mine = {("person", str(found.id))}
    mine.update(("department", str(each)) for each in known.above(found.department_id))
    mine.update(("position", position) for position in found.positions)
    return frozenset(
        role
        for (of_app, role), members_ in known.members.items()
        if of_app == app and not mine.isdisjoint(members_)
    )


def members(app: str, role: str) -> list[int]:
    """The active people who have a role, each once, by id."""
    known = directory()
    found: set[int] = set()
    for kind, member in known.members.get((app, role), ()):
        if kind == "person":
            found.add(int(member))
        elif kind == "department":
            found.update(_department_people(known, int(member)))
        else:
            found.update(_position_people(known, member))
    return _active(known, found)


def superior(person_id: int | None, level: int = 1) -> int | None:
    """The active superior ``level`` steps up the reporting line; None where the line ends."""
    known = directory()
    seen: set[int] = set()
    current = person_id
    for _ in range(level):
        if current is None or current in seen:
            return None
        seen.add(current)
        current = known.superiors.get(current)
    return current if current not in seen else None


def superiors(person_id: int | None) -> tuple[int, ...]:
    """The whole line of active superiors, nearest first."""
    known = directory()
    found: dict[int, None] = {}
    current = known.superiors.get(person_id) if person_id is not None else None
    while current is not None and current not in found and current != person_id:
        found[current] = None
        current = known.superiors.get(current)
    return tuple(found)


def subordinates(person_id: int) -> tuple[int, ...]:
    """All people below in the reporting line, those who have left among them."""
    return directory().reports(person_id)


def department_people(department: int | str, *, below: bool = True) -> list[int]:
    """The active people of a department (id or key), with those of the departments under it."""
    known = directory()
    found = department_id(department)
    if found is None:
        return []
    return _active(known, _department_people(known, found) if below else known.staff.get(found, ()))


def department_head(department: int | str) -> int | None:
    """The active head of a department (id or key), or of the nearest one above that has one."""
    known = directory()
    for each in known.above(department_id(department)):
        head = known.departments[each].head_id
        if head is not None and known.people[head].active:
            return head
    return None


def position_people(position: str) -> list[int]:
    """The active people who hold a position."""
    return _position_people(directory(), position)


def department_id(department: int | str | None) -> int | None:
    """The id of a department named by id or key; None if there is none."""
    known = directory()
    if isinstance(department, str):
        return known.department_keys.get(department)
    return department if department in known.departments else None


def person_id(username: str) -> int | None:
    """The id of the person with a username; None if there is none."""
    return directory().usernames.get(username)


def usernames() -> dict[str, int]:
    """Every username with its person's id, for texts in formulas that name people."""
    return dict(directory().usernames)


def active(people: Iterable[int]) -> list[int]:
    """Those of ``people`` who are active, each once, by id."""
    return _active(directory(), people)


def _department_people(known: Directory, department: int) -> list[int]:
    return [one for each in known.below(department) for one in known.staff.get(each, ())]


def _position_people(known: Directory, position: str) -> list[int]:
    return [one.id for one in known.people.values() if one.active and position in one.positions]


def _active(known: Directory, people: Iterable[int]) -> list[int]:
    return sorted({one for one in people if one in known.people and known.people[one].active})

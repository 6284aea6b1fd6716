"""Everyone, the departments and who has which role, in memory and cached by stamp."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps_runtime.models import Department, Person, RoleMember
from apps_runtime.people.stamp import stamp


@dataclass(frozen=True, slots=True)
class Directory:
    """One reading of people, departments and role members; treat everything in it as read-only."""

    stamp: int
    people: Mapping[int, Person]
    usernames: Mapping[str, int]
    departments: Mapping[int, Department]
    department_keys: Mapping[str, int]
    children: Mapping[int, tuple[int, ...]]  # departments directly below a department
    staff: Mapping[int, tuple[int, ...]]  # active people directly in a department
    superiors: Mapping[int, int]  # person → active superior
    subordinates: Mapping[int, tuple[int, ...]]  # superior → people directly below
    members: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]  # (app, role) → (kind, member)

    def below(self, department: int) -> tuple[int, ...]:
        """The department and all departments under it, top first."""
        found: dict[int, None] = {}
        waiting = [department]
        while waiting:
            each = waiting.pop(0)
            if each not in found and each in self.departments:
                found[each] = None
                waiting.extend(self.children.get(each, ()))
        return tuple(found)

    def above(self, department: int | None) -> tuple[int, ...]:
        """The department and those it lies in, bottom first."""
        found: dict[int, None] = {}
        while department is not None and department in self.departments and department not in found:
            found[department] = None
            department = self.departments[department].parent_id
        return tuple(found)

    def reports(self, person: int) -> tuple[int, ...]:
        """Everyone under a person in the reporting line, at any depth; never the person."""
        found: dict[int, None] = {}
        waiting = list(self.subordinates.get(person, ()))
        while waiting:
            each = waiting.pop(0)
            if each not in found and each != person:
                found[each] = None
                waiting.extend(self.subordinates.get(each, ()))
        return tuple(found)


_cached: Directory | None = None


def directory() -> Directory:
    """The directory of the stamp in force."""
    global _cached
    now = stamp()
    found = _cached
    if found is None or found.stamp != now:
        found = _read(now)
        _cached = found
    return found


def _read(value: int) -> Directory:
    people = {person.id: person for person in Person.objects.order_by("id")}
    departments = {each.id: each for each in Department.objects.order_by("id")}
    children: dict[int, list[int]] = {}
    for department in departments.values():
        if department.parent_id is not None:
            children.setdefault(department.parent_id, []).append(department.id)
    staff: dict[int, list[int]] = {}
    for person in people.values():
        if person.active and person.department_id is not None:
            staff.setdefault(person.department_id, []).append(person.id)
    superiors = dict(_superiors(people, departments))
    subordinates: dict[int, list[int]] = {}
    # Those who have left count too: somebody has to go on seeing what was theirs.
    for person_id, superior in superiors.items():
        subordinates.setdefault(superior, []).append(person_id)
    members: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for app, role, kind, member in RoleMember.objects.order_by("id").values_list(
        "app", "role", "kind", "member"
    ):
        members.setdefault((app, role), []).append((kind, member))
    return Directory(
        stamp=value,
        people=people,
        usernames={person.username: person.id for person in people.values()},
        departments=departments,
        department_keys={each.key: each.id for each in departments.values()},
        children={key: tuple(ids) for key, ids in children.items()},
        staff={key: tuple(ids) for key, ids in staff.items()},
        superiors=superiors,
        subordinates={key: tuple(ids) for key, ids in subordinates.items()},
        members={key: tuple(each) for key, each in members.items()},
    )


def _superiors(
    people: Mapping[int, Person], departments: Mapping[int, Department]
) -> Iterator[tuple[int, int]]:
    """The nearest active superior of each person who has one.

    A superior who has left is skipped upwards. Somebody without a superior of his own reports to
    the head of the department, or of the one above it.
    """
    for person in people.values():
        seen = {person.id}
        superior = person.superior_id
        while superior is not None and superior not in seen and not people[superior].active:
            seen.add(superior)
            superior = people[superior].superior_id
        if superior is None and person.superior_id is None:
            superior = _head(person, people, departments)
        if superior is not None and superior not in seen:
            yield person.id, superior


def _head(
    person: Person, people: Mapping[int, Person], departments: Mapping[int, Department]
) -> int | None:
    department = person.department_id
    seen: set[int] = set()
    while department is not None and department not in seen:
        seen.add(department)
        head = departments[department].head_id
        if head is not None and head != person.id and people[head].active:
            return head
        department = departments[department].parent_id
    return None

"""Answers to what engines ask about people before they compute: heads, superiors, role members."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apps_runtime import people
from apps_runtime.releases import Installed
from engines.actions.people import PeopleQuery
from engines.calendars.calendar import Calendar


def answered(app: str, queries: frozenset[PeopleQuery]) -> Mapping[PeopleQuery, tuple[int, ...]]:
    """Each question with the ids of active people that answer it, in a stable order."""
    return {query: _answer(app, query) for query in queries}


def calendars(installed: Installed, keys: frozenset[str]) -> dict[str, Calendar]:
    """The calendars that are still there; without one, time is counted plainly."""
    known = installed.plan.calendars
    return {key: known[key] for key in keys if key in known}


def _answer(app: str, query: PeopleQuery) -> tuple[int, ...]:
    return ANSWERS[query.question](app, query)


def _person(_app: str, query: PeopleQuery) -> tuple[int, ...]:
    return () if query.person is None else tuple(people.active((query.person,)))


def _username(_app: str, query: PeopleQuery) -> tuple[int, ...]:
    found = people.person_id(query.key) if query.key else None
    return () if found is None else tuple(people.active((found,)))


def _role(app: str, query: PeopleQuery) -> tuple[int, ...]:
    return tuple(people.members(app, query.key)) if query.key else ()


def _department(_app: str, query: PeopleQuery) -> tuple[int, ...]:
    named = query.key if query.key is not None else query.department
    if named is None and (person := people.person(query.person)) is not None:
        named = person.department_id
    return () if named is None else tuple(people.department_people(named, below=query.below))


def _head(_app: str, query: PeopleQuery) -> tuple[int, ...]:
    """Level by level upwards; whoever is asked for never is his own head."""
    known = people.directory()
    if query.key is not None or query.department is not None:
        start = people.department_id(query.key if query.key is not None else query.department)
    else:
        person = people.person(query.person)
        start = person.department_id if person is not None else None
    heads = dict.fromkeys(
        head
        for each in known.above(start)
        if (head := known.departments[each].head_id) is not None
        and head != query.person
        and known.people[head].active
    )
    found = list(heads)
    return (found[query.level - 1],) if len(found) >= query.level else ()


def _manager(_app: str, query: PeopleQuery) -> tuple[int, ...]:
    found = people.superior(query.person, query.level)
    return () if found is None else (found,)


ANSWERS: Mapping[str, Callable[[str, PeopleQuery], tuple[int, ...]]] = {
    "person": _person,
    "username": _username,
    "role": _role,
    "department": _department,
    "head": _head,
    "manager": _manager,
}

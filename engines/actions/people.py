"""Who: questions about people, which the runtime answers set-wise beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engines.calendars.calendar import Calendar

Question = Literal["person", "username", "role", "department", "head", "manager"]


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """One question; its answer is a tuple of ids of active people, in a stable order.

    * ``person``: ``person`` itself, if active.
    * ``username``: the person called ``key``.
    * ``role``: members of the application's role ``key`` (people, departments, positions).
    * ``department``: people of department ``key``, of id ``department``, or of ``person``'s
      department; ``below``: and below.
    * ``head``: head of department ``key``, of id ``department``, or of ``person``'s department;
      a department without a head, or whose head is ``person``, counts as its parent; ``level`` 2
      is the next head above, and so on.
    * ``manager``: the superior of ``person``, ``level`` steps up the reporting line.
    """

    question: Question
    key: str | None = None
    person: int | None = None
    department: int | None = None
    level: int = 1
    below: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the runtime loaded beforehand: answers to ``needs`` (a question left out has no answer).

    ``names`` are display names of people, departments and linked records, by path.
    """

    people: Mapping[PeopleQuery, tuple[int, ...]] = field(default_factory=dict)
    names: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a step will ask of the runtime."""

    people: frozenset[PeopleQuery] = frozenset()
    names: frozenset[tuple[str, ...]] = frozenset()
    calendars: frozenset[str] = frozenset()

    def __or__(self, other: Needs) -> Needs:
        return Needs(
            self.people | other.people, self.names | other.names, self.calendars | other.calendars
        )


NOTHING = Facts()


def answers(queries: Iterable[PeopleQuery], facts: Facts) -> tuple[int, ...]:
    """Everybody who answers any of the questions: in order, each once."""
    return tuple(
        dict.fromkeys(person for query in queries for person in facts.people.get(query, ()))
    )

"""What goes into a submission and what comes out of it; `submit` does the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as member
from typing import Literal

from engines.forms.behaviour import Behaviour
from engines.forms.field_type import FieldValue
from engines.forms.plan import Path
from engines.forms.serials import SerialNeed
from engines.formulas.types import Value
from engines.problems import Problem

Values = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The typed values that were sent; people and departments perhaps still by name.

    ``given`` are all keys that were sent, also those whose value is not valid. ``guarded``: by
    somebody with rights to fields, whom the form's behaviour binds too.
    """

    values: Values
    problems: tuple[Problem, ...]
    given: frozenset[str]
    partial: bool
    guarded: bool = False

    def with_values(self, values: Values) -> Parsed:
        """With values set by a rule: they may be in fields that the person may not write."""
        return replace(self, values={**self.values, **values}, given=self.given | frozenset(values))


@dataclass(frozen=True, slots=True)
class PathNeed:
    """What lies at ``path`` (straight, first key an own link) is read from record ``id``."""

    path: Path
    form: str
    id: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A row that a written value points to: it must exist, and the writer must see it."""

    field: str
    kind: Literal["form", "person", "department"]
    id: int
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be loaded before `complete`."""

    paths: tuple[PathNeed, ...] = ()
    references: tuple[Reference, ...] = ()
    usernames: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    serials: tuple[SerialNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was loaded: values by straight path, ids by name, the references that exist, numbers."""

    links: Mapping[Path, Value] = member(default_factory=dict)
    people: Mapping[str, int] = member(default_factory=dict)
    departments: Mapping[str, int] = member(default_factory=dict)
    found: frozenset[Reference] | None = None
    """None: nobody looked, the database's foreign keys decide."""
    serials: Mapping[str, int] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """The record as it would be: every stored field, and those that differ from before.

    With problems nothing may be written.
    """

    values: Values
    changed: frozenset[str]
    problems: tuple[Problem, ...]
    behaviour: Behaviour

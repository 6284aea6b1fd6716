"""A form compiled for use: everything resolved, nothing left to look up by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engines.forms.field import FieldPlan
from engines.forms.field_type import FieldValue
from engines.formulas.compile import Formula
from engines.texts import Text

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitlePart:
    """Fixed text, or a field (perhaps through links) whose value is shown."""

    text: str = ""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A condition every saved record must not break; its message stands at the field ``at``."""

    that: Formula
    message: Text
    at: str | None


@dataclass(frozen=True, slots=True)
class BehaviourRule:
    """What a form shows, hides, requires or locks while a condition is met."""

    when: Formula
    show: tuple[str, ...]
    hide: tuple[str, ...]
    require: tuple[str, ...]
    read_only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort key; empty values come last either way."""

    path: Path
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ViewPlan:
    """A saved way to look at a form; ``body`` is the definition, for the browser."""

    key: str
    type: str
    label: Text
    columns: tuple[str, ...]
    where: Formula | None
    sort: tuple[Sort, ...]
    by: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True)
class FormPlan:
    """A compiled form.

    ``order`` lists the computed fields so that each comes after those it reads. ``unique`` are the
    sets of fields of which no two records may have the same values. ``system`` are the columns
    that every record has, as fields. What follows from the fields is worked out once.
    """

    app: str
    key: str
    label: Text
    schema: str
    table: str
    zone: str
    fields: tuple[FieldPlan, ...]
    by_key: Mapping[str, FieldPlan]
    system: Mapping[str, FieldPlan]
    title: tuple[TitlePart, ...]
    order: tuple[str, ...]
    checks: tuple[Check, ...]
    unique: tuple[tuple[str, ...], ...]
    behaviour: tuple[BehaviourRule, ...]
    views: Mapping[str, ViewPlan]
    page: Mapping[str, Any]
    layout: tuple[Any, ...]
    body: Mapping[str, Any]

    def field(self, key: str) -> FieldPlan | None:
        """The field or system column called ``key``."""
        return self.by_key.get(key) or self.system.get(key)

    @cached_property
    def stored(self) -> tuple[FieldPlan, ...]:
        """The fields with a column of their own."""
        return tuple(field for field in self.fields if field.stored)

    @cached_property
    def live(self) -> tuple[FieldPlan, ...]:
        """The fields worked out when a record is read."""
        return tuple(field for field in self.fields if field.live)

    @cached_property
    def history_fields(self) -> tuple[str, ...]:
        """The choice fields: how long a record stays in each option is kept."""
        return tuple(field.key for field in self.fields if field.type.key == "choice")

    @cached_property
    def searchable(self) -> tuple[FieldPlan, ...]:
        """The fields whose text the search finds."""
        return tuple(field for field in self.fields if field.stored and field.type.searchable)

    @cached_property
    def initial(self) -> Mapping[str, FieldValue]:
        """The stored fields with the values that a new record begins with."""
        return {field.key: field.type.initial(field.options) for field in self.stored}

    @cached_property
    def defaulted(self) -> tuple[FieldPlan, ...]:
        """The stored fields that have a default."""
        return tuple(
            field for field in self.stored if field.default is not None and not field.computed
        )

    @cached_property
    def submitted_formulas(self) -> tuple[Formula, ...]:
        """What is evaluated with every submission: checks, behaviour, defaults."""
        return (
            *(check.that for check in self.checks),
            *(rule.when for rule in self.behaviour),
            *(field.default for field in self.fields if field.default is not None),
        )

    @cached_property
    def submitted_paths(self) -> frozenset[Path]:
        """The straight link paths that these read."""
        return self.reads(self.submitted_formulas)[1]

    @cached_property
    def all_formulas(self) -> tuple[Formula, ...]:
        """These and the formulas of computed fields."""
        computed = (field.formula for field in self.fields if field.formula is not None)
        return (*self.submitted_formulas, *computed)

    @cached_property
    def named_people(self) -> frozenset[str]:
        """Usernames written in the form's own formulas."""
        return frozenset(name for each in self.all_formulas for name in each.people)

    @cached_property
    def named_departments(self) -> frozenset[str]:
        """Department keys written in the form's own formulas."""
        return frozenset(name for each in self.all_formulas for name in each.departments)

    @cached_property
    def bent_paths(self) -> tuple[tuple[Path, Path], ...]:
        """Paths that begin with a lookup, as formulas write them, with their straight ones."""
        found = {path: self.straight(path) for each in self.all_formulas for path in each.paths}
        return tuple((path, straight) for path, straight in found.items() if path != straight)

    def straight(self, path: Path) -> Path:
        """``path`` with a lookup at its beginning replaced by the links it goes through."""
        head = self.by_key.get(path[0])
        return head.lookup + path[1:] if head is not None and head.lookup else path

    def reads(self, formulas: Iterable[Formula]) -> tuple[frozenset[str], frozenset[Path]]:
        """Own fields and straight link paths that ``formulas`` read, also by computed fields."""
        names: set[str] = set()
        paths: set[Path] = set()
        waiting = list(formulas)
        while waiting:
            formula = waiting.pop()
            paths.update(self.straight(path) for path in formula.paths)
            for name in formula.names - names:
                names.add(name)
                field = self.by_key.get(name)
                if field is None:
                    continue
                if field.lookup:
                    paths.add(field.lookup)
                elif field.live and field.formula is not None:
                    waiting.append(field.formula)
        return frozenset(names | {path[0] for path in paths}), frozenset(paths)

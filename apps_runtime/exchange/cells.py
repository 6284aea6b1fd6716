"""Cells of a file → the JSON of a record: repairs, links by name, people by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as member

from apps_runtime import people
from apps_runtime.exchange.options import ImportOptions
from apps_runtime.exchange.row import Row
from apps_runtime.exchange.targets import PERSON_NAMES, MatchedBy, matched_by
from apps_runtime.releases import Installed
from apps_runtime.store.lookup import ids_by_folded_text, ids_by_value
from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue
from engines.forms.plan import FormPlan
from engines.values import JsonValue

NOBODY = 0
"""Stands for a person whom a dry run would add."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that does not fit: which field and header, what it said, why."""

    field: str
    header: str
    value: str
    code: str
    params: Mapping[str, object] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """One row read: the body of a record, and the cells that did not fit."""

    row: Row
    body: dict[str, JsonValue]
    problems: tuple[CellProblem, ...]


class Reader:
    """Reads rows of one import; what names stand for is looked up once per distinct name."""

    def __init__(
        self,
        installed: Installed,
        form: FormPlan,
        headers: Sequence[str],
        options: ImportOptions,
    ) -> None:
        self.installed = installed
        self.options = options
        self.columns: list[tuple[int, str, FieldPlan]] = [
            (index, header, form.by_key[options.columns[header]])
            for index, header in enumerate(headers)
            if header in options.columns
        ]
        self._records: dict[str, dict[str, list[int]]] = {}
        self._people: dict[str, dict[str, list[int]]] = {}

    def read(self, rows: Iterable[Row]) -> list[Read]:
        """A chunk of rows, in order."""
        chunk = list(rows)
        repaired = [self._repaired(row) for row in chunk]
        for index, (_, _, target) in enumerate(self.columns):
            if target.target is not None:
                names = {cells[index] for cells in repaired if cells[index]}
                self._look_up(target, names)
        return [self._one(row, cells) for row, cells in zip(chunk, repaired, strict=True)]

    def _repaired(self, row: Row) -> list[str]:
        """The cells of the mapped columns, after the repairs."""
        result = []
        for index, _, target in self.columns:
            cell = row.cells[index].strip() if index < len(row.cells) else ""
            repairs = self.options.values.get(target.key)
            if repairs is not None and cell in repairs:
                cell = repairs[cell] or ""
            result.append(cell)
        return result

    def _one(self, row: Row, cells: list[str]) -> Read:
        body: dict[str, JsonValue] = {}
        problems: list[CellProblem] = []
        if row.problem:
            return Read(row, body, ())
        for (_, header, target), cell in zip(self.columns, cells, strict=True):
            if not cell:
                # An empty cell changes nothing in an existing record, and leaves a new one empty.
                if self.options.mode in ("create", "skip"):
                    body[target.key] = None
                continue
            try:
                body[target.key] = self._value(target, cell)
            except InvalidValue as error:
                problems.append(
                    CellProblem(target.key, header, cell, error.code, dict(error.params))
                )
        return Read(row, body, tuple(problems))

    def _value(self, target: FieldPlan, cell: str) -> JsonValue:
        if target.target is not None:
            return self._only(self._records[target.key].get(cell, []), cell, "value")
        if target.type.key == "person":
            person = self._only(self._named(target).get(cell.casefold(), []), cell, "person")
            return None if person == NOBODY else person
        if target.type.key == "department":
            return self._department(cell)
        return target.type.from_text(cell, target.options)

    def _only(self, found: list[int], cell: str, kind: str) -> int:
        if not found:
            raise InvalidValue(f"{kind}_not_found", value=cell)
        if len(found) > 1:
            raise InvalidValue(f"{kind}_several", value=cell)
        return found[0]

    def _look_up(self, target: FieldPlan, names: set[str]) -> None:
        """Exact spelling first (it can use an index), texts then without regard to case."""
        known = self._records.setdefault(target.key, {})
        wanted = {name for name in names if name not in known}
        by = matched_by(self.installed, target, self.options.match.get(target.key))
        if not wanted or by is None:
            return
        read = {name: value for name in wanted if (value := _read(by, name)) is not None}
        other = self.installed.plan.forms[str(target.target)]
        place = (other.schema, other.table, by.column)
        exact = ids_by_value(*place, by.sql_type, set(read.values()))
        rest = {str(each) for each in read.values() if each not in exact}
        folded = ids_by_folded_text(*place, rest) if by.sql_type == "text" else {}
        for name in wanted:
            value = read.get(name)
            known[name] = exact.get(value) or folded.get(str(value).lower(), [])

    def _named(self, target: FieldPlan) -> dict[str, list[int]]:
        """Everybody by what the column names (else by name, username and e-mail), active or not:
        old records name who has left."""
        by = self.options.match.get(target.key, "")
        if by not in self._people:
            found: dict[str, list[int]] = {}
            for person in people.directory().people.values():
                names = {
                    str(getattr(person, each)).casefold()
                    for each in ((by,) if by else PERSON_NAMES)
                    if getattr(person, each)
                }
                for name in names:
                    found.setdefault(name, []).append(person.pk)
            self._people[by] = found
        return self._people[by]

    def unknown_people(self, rows: Iterable[Row]) -> dict[str, str]:
        """Names in person columns that nobody has: name as folded → name as written."""
        found: dict[str, str] = {}
        places = [
            (index, self._named(each))
            for index, (_, _, each) in enumerate(self.columns)
            if each.type.key == "person"
        ]
        for row in rows:
            cells = self._repaired(row)
            for place, known in places:
                cell = cells[place]
                if cell and cell.casefold() not in known:
                    found.setdefault(cell.casefold(), cell)
        return found

    def pretend_people(self, names: Mapping[str, str]) -> None:
        """Count these folded names as known; their rows then name nobody (a dry run)."""
        for _, _, target in self.columns:
            if target.type.key == "person":
                self._named(target).update((name, [NOBODY]) for name in names)

    def forget_people(self) -> None:
        """Read the directory again: people have been added."""
        self._people = {}

    def _department(self, cell: str) -> int:
        wanted = cell.casefold()
        found = [
            department.pk
            for department in people.directory().departments.values()
            if wanted in (department.name.casefold(), department.key.casefold())
        ]
        return self._only(found, cell, "department")


def _read(by: MatchedBy, cell: str) -> object:
    """The cell as what the linked records are known by; None where none can be called so."""
    try:
        return by.read(cell)
    except InvalidValue:
        return None

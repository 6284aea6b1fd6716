"""The fields of a form that a file can fill, and what their cells may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps_runtime import people
from apps_runtime.exchange.guess import Target
from apps_runtime.releases import Installed
from apps_runtime.store.lookup import some_texts
from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue
from engines.forms.moments import cell_day
from engines.forms.numbers import cell_number
from engines.forms.plan import FormPlan
from engines.forms.references import read_reference
from engines.problems import Problem, problem
from engines.texts import all_texts

KNOWN_LIMIT = 5_000
PERSON_NAMES = ("name", "username", "email")


def importable(form: FormPlan, writable: Iterable[str]) -> tuple[FieldPlan, ...]:
    """Fields with a value of their own that the person may write, in the form's order."""
    allowed = set(writable)
    return tuple(
        each for each in form.fields if each.stored and not each.computed and each.key in allowed
    )


@dataclass(frozen=True, slots=True)
class MatchedBy:
    """The column of the linked form that cells name, and how its cells are read."""

    column: str
    sql_type: str
    field: FieldPlan | None = None
    """None: the record's own id."""

    def read(self, cell: str) -> object:
        """The cell as a value of the column; raises InvalidValue for what it never holds."""
        if self.field is None:
            return read_reference(cell, "not_a_record")
        if self.field.computed:
            return _computed(cell, self.sql_type)
        try:
            return self.field.parse(self.field.type.from_text(cell, self.field.options))
        except InvalidValue:
            if self.sql_type != "text":
                raise
            return cell  # records from before a stricter rule may still be called so


def _computed(cell: str, sql_type: str) -> object:
    if sql_type == "numeric":
        number = cell_number(cell)
        return Decimal(number) if isinstance(number, str) else None
    if sql_type == "date":
        day = cell_day(cell)
        return None if day is None else date.fromisoformat(day)
    return cell.strip() if sql_type == "text" else None


ID = MatchedBy("id", "bigint")


def matched_by(installed: Installed, field: FieldPlan, chosen: str | None) -> MatchedBy | None:
    """What a cell of the link ``field`` names: the chosen field of the other form (or its id), else
    the one in its title."""
    if chosen == ID.column:
        return ID
    found = match_field(installed, field, chosen)
    if found is None or found.column is None:
        return None
    return MatchedBy(found.key, found.column.sql_type, found)


def match_field(installed: Installed, field: FieldPlan, chosen: str | None) -> FieldPlan | None:
    """The field of the linked form that a cell names: the chosen one, else its title's."""
    other = installed.plan.forms.get(field.target or "")
    if other is None:
        return None
    if chosen is not None:
        found = other.by_key.get(chosen)
        return found if found is not None and found.stored else None
    in_title = [part.path[0] for part in other.title if part.path]
    named = [*in_title, *(each.key for each in other.fields if each.unique)]
    for key in named:
        found = other.by_key.get(key)
        if found is not None and found.stored:
            return found
    return next((each for each in other.fields if each.type.searchable and each.stored), None)


def match_problems(
    installed: Installed, form: FormPlan, match: Mapping[str, str]
) -> tuple[Problem, ...]:
    """What cannot be told apart by the field that ``match`` chooses."""
    found = []
    for key, chosen in match.items():
        field = form.by_key[key]
        if field.type.key == "person":
            fits = chosen in PERSON_NAMES
        else:
            fits = field.target is not None and matched_by(installed, field, chosen) is not None
        if not fits:
            found.append(problem(f"/options/match/{key}", "unknown_import_field", field=chosen))
    return tuple(found)


def key_problems(form: FormPlan, key: str | None) -> tuple[Problem, ...]:
    """A field with several values at a time identifies no record."""
    column = form.by_key[key].column if key else None
    if column is None or not column.sql_type.endswith("[]"):
        return ()
    return (problem("/options/key", "bad_import_option", option="key"),)


def known_texts(installed: Installed, field: FieldPlan, match: str | None) -> list[str]:
    """What cells of this field may say: option labels, titles, names; [] where anything goes."""
    if field.options.get("options"):
        return [
            name
            for option in field.options["options"]
            for name in (str(option["value"]), *all_texts(option.get("label")))
        ]
    if field.type.key == "person":
        return [
            name
            for person in people.directory().people.values()
            for name in (person.name, person.username)
        ]
    if field.type.key == "department":
        return [
            name
            for department in people.directory().departments.values()
            for name in (department.name, department.key)
        ]
    if field.target is not None:
        other = installed.plan.forms.get(field.target)
        by = matched_by(installed, field, match)
        if other is not None and by is not None:
            return some_texts(other.schema, other.table, by.column, limit=KNOWN_LIMIT)
    return []


def targets(installed: Installed, fields: Iterable[FieldPlan]) -> list[Target]:
    """The fields as targets of guesses."""
    return [
        Target(
            field.key,
            all_texts(field.label),
            frozenset(known_texts(installed, field, None)),
            field.type.key,
        )
        for field in fields
    ]

"""Reads a table and proposes an application with one form for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from apps_runtime import files, people
from apps_runtime.exchange import workbook
from apps_runtime.exchange.table import SourceTable, open_table
from apps_runtime.exchange.targets import PERSON_NAMES
from apps_runtime.models import StoredFile
from engines.definitions.keys import proposed_key
from engines.forms.proposals.column import Column
from engines.forms.proposals.proposal import Proposal, looks_like_data, proposal
from engines.problems import Problem, Problems, refuse, warning

KEPT = 1_000  # different cells of a column
LONGEST = 2_000  # characters of a cell that are looked at
SAMPLES = 5
SHOWN = 80  # characters of a sample
MAX_LABEL = 40
_GENERIC = re.compile(r"^(?:sheet|table|工作表|表)\s*\d*$", re.I)
_COPY = re.compile(r"\s*(?:\(\d+\)|（\d+）|[-_ ]+(?:副本|copy))$", re.I)


@dataclass(slots=True)
class _Seen:
    """One column while its cells are counted."""

    header: str
    cells: dict[str, int] = field(default_factory=dict)
    complete: bool = True

    def add(self, cell: str) -> None:
        known = self.cells.get(cell)
        if known is not None:
            self.cells[cell] = known + 1
        elif len(self.cells) < KEPT:
            self.cells[cell] = 1
        else:
            self.complete = False


def propose(file: StoredFile, sheet: str = "") -> dict[str, Any]:
    """The names, the columns with every type each could have, and what is wrong with the table.

    Raises Problems where the file holds no table that an application could be made from.
    """
    path = files.path_of(file)
    names = workbook.sheets(path) if _is_workbook(file) else ()
    table = _opened(file, names, sheet)
    _refuse_data_as_headers(table)
    seen, total, problems = _counted(table)
    labels = _labels(file.name, table.sheet)
    keys: set[str] = set()
    columns = []
    known = frozenset(_people())
    for each in seen:
        found = proposal(Column(each.header, each.cells, each.complete, known))
        key = proposed_key(found.label or each.header, keys)
        keys.add(key)
        columns.append(_column_json(each, found, key))
    return {
        "file": file.pk,
        "name": file.name,
        "sheets": list(names),
        "sheet": table.sheet,
        "total": total,
        "label": labels[0],
        "form": {"label": labels[1], "key": proposed_key(labels[1])},
        "columns": columns,
        "problems": problems,
    }


def _is_workbook(file: StoredFile) -> bool:
    path = files.path_of(file)
    if not path.is_file():
        raise refuse("/file", "import_file_missing")
    return file.size > 0 and workbook.is_workbook(path)


def _opened(file: StoredFile, names: Sequence[str], sheet: str) -> SourceTable:
    """The wanted sheet; without one, the first that holds a table."""
    path = files.path_of(file)
    if sheet or not names:
        return open_table(path, file.name, sheet)
    for name in names[:-1]:
        try:
            return open_table(path, file.name, name)
        except Problems as error:
            if any(each.code != "no_headers" for each in error.problems):
                raise
    return open_table(path, file.name, names[-1])


def _refuse_data_as_headers(table: SourceTable) -> None:
    """Where most names of columns are numbers, days or addresses, the first row is a record."""
    named = [each for each in table.headers if each]
    data = [each for each in named if looks_like_data(each)]
    if len(data) * 2 > len(named):
        raise refuse("/file", "headers_are_data", cells=", ".join(data[:3])[:120])


def _counted(table: SourceTable) -> tuple[list[_Seen], int, list[Problem]]:
    """Every column that has a name, the number of rows, and what will not be imported."""
    places = [(index, _Seen(name)) for index, name in enumerate(table.headers) if name]
    nameless = [index for index, name in enumerate(table.headers) if not name]
    lost: dict[int, int] = {}
    broken: dict[str, tuple[int, int]] = {}
    total = 0
    for row in table.rows():
        total += 1
        if row.problem:
            count, line = broken.get(row.problem, (0, row.line))
            broken[row.problem] = (count + 1, line)
            continue
        cells = row.cells
        for index, seen in places:
            cell = cells[index].strip()
            if cell:
                seen.add(cell[:LONGEST])
        for index in nameless:
            if cells[index].strip():
                lost[index] = lost.get(index, 0) + 1
    problems = [
        warning(
            f"/columns/{_letters(index)}", "column_without_name", column=_letters(index), count=n
        )
        for index, n in lost.items()
    ]
    problems += [
        Problem("/rows", code, {"count": count, "row": line}, severity="warning")
        for code, (count, line) in broken.items()
    ]
    return [seen for _, seen in places], total, problems


def _letters(index: int) -> str:
    """A column as a spreadsheet calls it: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _labels(name: str, sheet: str) -> tuple[str, str]:
    """Of the application by the file, of the form by the sheet where that has a name of its own."""
    stem = _COPY.sub("", PurePosixPath(name).stem.replace("_", " ")).strip()
    label = _begun_large(stem or name)
    form = _begun_large(sheet.strip())
    return label, label if not form or _GENERIC.match(form) else form


def _begun_large(name: str) -> str:
    short = name[:MAX_LABEL].strip()
    return short[:1].upper() + short[1:]


def _people() -> Iterator[str]:
    """Names, usernames and addresses that each mean exactly one person, as an import reads them."""
    found: dict[str, int] = {}
    for person in people.directory().people.values():
        names = {str(getattr(person, each)).casefold() for each in PERSON_NAMES}
        for name in names - {"", "none"}:
            found[name] = found.get(name, 0) + 1
    return (name for name, times in found.items() if times == 1)


def _column_json(seen: _Seen, found: Proposal, key: str) -> dict[str, Any]:
    return {
        "header": seen.header,
        "label": found.label,
        "key": key,
        "type": found.type,
        "types": [
            {
                "type": each.type,
                "options": dict(each.options),
                "misfits": each.misfits,
                "examples": [example[:SHOWN] for example in each.examples],
                "blank": list(each.blank),
            }
            for each in found.fits
        ],
        "samples": [cell[:SHOWN] for cell in list(seen.cells)[:SAMPLES]],
        "filled": sum(seen.cells.values()),
    }

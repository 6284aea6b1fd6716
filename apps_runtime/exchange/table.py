"""A table in a file, row by row: CSV of any usual encoding, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apps_runtime.exchange import decode, workbook
from engines.problems import refuse

MAX_COLUMNS = 300
MAX_CELL = 100_000
MAX_LINES_IN_A_ROW = 500
REPLACEMENT = "�"
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in the file (first line is 1), its cells, or why it is unreadable.

    ``problem`` is a problem code; the cells are then what could be read of it.
    """

    line: int
    cells: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What a file holds: its headers, and (read again at each call) its rows."""

    path: Path
    name: str
    headers: tuple[str, ...]
    encoding: str
    separator: str

    def rows(self) -> Iterator[Row]:
        """Every row below the headers, in order; empty rows are passed over."""
        rows = _rows(self.path, self.name, self.encoding, self.separator)
        next(rows, None)
        width = len(self.headers)
        for row in rows:
            if not any(cell.strip() for cell in row.cells):
                continue
            yield _shaped(row, width)


def open_table(path: Path, name: str) -> SourceTable:
    """The table in the file at ``path`` whose original name is ``name``.

    Raises Problems: ``file_empty``, ``no_headers``, ``too_many_columns``, ``header_twice``,
    ``not_a_table`` (for a workbook that cannot be read).
    """
    if path.stat().st_size == 0:
        raise refuse("/file", "file_empty")
    if workbook.is_workbook(path):
        encoding, separator = workbook.ENCODING, ""
    else:
        found = decode.text_format(path)
        encoding, separator = found.encoding, found.separator
    first = next(_rows(path, name, encoding, separator), None)
    headers = tuple(cell.strip() for cell in first.cells) if first else ()
    while headers and not headers[-1]:
        headers = headers[:-1]
    if first is None or not headers or (first.problem and first.problem != "row_cells"):
        raise refuse("/file", "no_headers")
    if len(headers) > MAX_COLUMNS:
        raise refuse("/file", "too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    twice = sorted({header for header in headers if header and headers.count(header) > 1})
    if twice:
        raise refuse("/file", "header_twice", headers=", ".join(twice))
    return SourceTable(path, name, headers, encoding, separator)


def _rows(path: Path, name: str, encoding: str, separator: str) -> Iterator[Row]:
    if encoding == workbook.ENCODING:
        for line, cells in workbook.rows(path):
            yield Row(line, cells)
        return
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from _text_rows(file, separator)


def _text_rows(file: io.TextIOBase | io.TextIOWrapper, separator: str) -> Iterator[Row]:
    """Rows of quoted text in which a stray quote costs one line, not the rest of the file.

    A row ends where its quotes are even. When that does not come within a sensible distance, its
    first line alone is reported as broken, and reading goes on with the next line.
    """
    waiting: list[str] = []
    number = 0
    lines = iter(file)
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        number += 1
        first = number
        text = line
        taken: list[str] = []
        while text.count('"') % 2 and len(taken) < MAX_LINES_IN_A_ROW and len(text) < MAX_CELL:
            more = waiting.pop(0) if waiting else next(lines, None)
            if more is None:
                break
            taken.append(more)
            text += more
        if text.count('"') % 2:
            waiting = taken + waiting
            yield Row(first, (line.strip("\r\n"),), "row_quotes")
            continue
        number += len(taken)
        yield _parsed(first, text, separator)


def _parsed(line: int, text: str, separator: str) -> Row:
    if REPLACEMENT in text:
        cells = tuple(text.strip("\r\n").split(separator))
        return Row(line, cells, "row_encoding")
    if "\x00" in text:
        return Row(line, tuple(text.replace("\x00", "").strip("\r\n").split(separator)), "row_nul")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        cells = tuple(next(reader, ()))
    except csv.Error:
        return Row(line, (text.strip("\r\n"),), "row_quotes")
    if any(len(cell) > MAX_CELL for cell in cells):
        return Row(line, tuple(cell[:100] for cell in cells), "cell_too_long")
    return Row(line, tuple(_without_guard(cell) for cell in cells))


def _without_guard(cell: str) -> str:
    """An exported cell that begins with ``'=`` and the like gives back its original text."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in FORMULA_LEADS:
        return cell[1:]
    return cell


def _shaped(row: Row, width: int) -> Row:
    """Short rows are filled up only by missing empty tails; longer ones are a problem."""
    if row.problem:
        return row
    cells = row.cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        return Row(row.line, cells, "row_cells")
    return Row(row.line, cells)

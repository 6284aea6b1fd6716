"""A table in a file, row by row: CSV of any usual encoding, or one sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

from apps_runtime.exchange import decode, workbook
from apps_runtime.exchange.row import Row
from apps_runtime.exchange.text_rows import text_rows
from engines.problems import refuse

MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What a file holds: its headers, and (read again at each call) its rows.

    ``sheet`` is the name of a workbook's sheet, "" for the first one and for text; ``begins`` the
    line of the headers.
    """

    path: Path
    name: str
    headers: tuple[str, ...]
    encoding: str
    separator: str
    sheet: str = ""
    begins: int = 1

    def sheets(self) -> tuple[str, ...]:
        """The sheets there are to choose from; () for text."""
        return workbook.sheets(self.path) if self.encoding == workbook.ENCODING else ()

    def rows(self) -> Iterator[Row]:
        """Every row below the headers, in order; empty rows are passed over."""
        width = len(self.headers)
        for row in _rows(self.path, self.encoding, self.separator, self.sheet, width):
            if row.line > self.begins and not _is_empty(row):
                yield _shaped(row, width)


def open_table(path: Path, name: str, sheet: str = "") -> SourceTable:
    """The table in the file at ``path`` whose original name is ``name``, or in one of its sheets.

    A single cell above the headers of a workbook is a title, and passed over. Raises Problems:
    ``file_empty``, ``no_headers``, ``headers_unreadable``, ``too_many_columns``, ``header_twice``,
    ``no_such_sheet``, ``not_a_table`` (what is neither text nor a workbook that can be read).
    """
    if path.stat().st_size == 0:
        raise refuse("/file", "file_empty")
    if workbook.is_workbook(path):
        encoding, separator = workbook.ENCODING, ""
    else:
        found = decode.text_format(path)
        encoding, separator = found.encoding, found.separator
    if sheet and encoding != workbook.ENCODING:
        raise refuse("/sheet", "no_such_sheet", sheet=sheet[:60])
    first = _headers(dropwhile(_is_empty, _rows(path, encoding, separator, sheet)), encoding)
    headers = tuple(cell.strip() for cell in first.cells) if first else ()
    while headers and not headers[-1]:
        headers = headers[:-1]
    if first is not None and first.problem == "row_encoding":
        raise refuse("/file", "headers_unreadable")
    if first is None or not headers or (first.problem and first.problem != "row_cells"):
        raise refuse("/file", "no_headers")
    if len(headers) > MAX_COLUMNS:
        raise refuse("/file", "too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    twice = sorted({header for header in headers if header and headers.count(header) > 1})
    if twice:
        raise refuse("/file", "header_twice", headers=", ".join(twice))
    return SourceTable(path, name, headers, encoding, separator, sheet, first.line)


def _headers(filled: Iterator[Row], encoding: str) -> Row | None:
    """The first filled row, or the one below a title that stands alone in its row."""
    first = next(filled, None)
    if first is not None and encoding == workbook.ENCODING and _filled(first) == 1:
        below = next(filled, None)
        if below is not None and _filled(below) > 1:
            return below
    return first


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _rows(
    path: Path, encoding: str, separator: str, sheet: str, width: int | None = None
) -> Iterator[Row]:
    if encoding == workbook.ENCODING:
        for line, cells in workbook.rows(path, sheet):
            yield Row(line, cells)
        return
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from text_rows(file, separator, width)


def _is_empty(row: Row) -> bool:
    return not row.problem and not any(cell.strip() for cell in row.cells)


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

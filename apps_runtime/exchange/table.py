"""A table in a file, row by row: CSV of any usual encoding, or the first sheet of a workbook."""

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
    """What a file holds: its headers, and (read again at each call) its rows."""

    path: Path
    name: str
    headers: tuple[str, ...]
    encoding: str
    separator: str

    def rows(self) -> Iterator[Row]:
        """Every row below the headers, in order; empty rows are passed over."""
        width = len(self.headers)
        rows = dropwhile(_is_empty, _rows(self.path, self.encoding, self.separator, width))
        next(rows, None)
        for row in rows:
            if not _is_empty(row):
                yield _shaped(row, width)


def open_table(path: Path, name: str) -> SourceTable:
    """The table in the file at ``path`` whose original name is ``name``.

    Raises Problems: ``file_empty``, ``no_headers``, ``too_many_columns``, ``header_twice``,
    ``not_a_table`` (what is neither text nor a workbook that can be read).
    """
    if path.stat().st_size == 0:
        raise refuse("/file", "file_empty")
    if workbook.is_workbook(path):
        encoding, separator = workbook.ENCODING, ""
    else:
        found = decode.text_format(path)
        encoding, separator = found.encoding, found.separator
    first = next(dropwhile(_is_empty, _rows(path, encoding, separator)), None)
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


def _rows(path: Path, encoding: str, separator: str, width: int | None = None) -> Iterator[Row]:
    if encoding == workbook.ENCODING:
        for line, cells in workbook.rows(path):
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

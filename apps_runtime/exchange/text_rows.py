"""Rows of separated text: quotes as spreadsheets write them, and as people leave them behind."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

from apps_runtime.exchange.row import Row

MAX_CELL = 100_000
MAX_ROW = 1_000_000
MAX_LINES_IN_A_ROW = 500
REPLACEMENT = "�"
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")
SEPARATOR_LINE = re.compile(r'^"?sep=([^"\r\n])"?[\r\n]*$', re.I)
"""What Excel writes above the headers to name the separator."""
_TO_CLOSING_QUOTE = re.compile(r'[^"]*(?:""[^"]*)*"(?!")')


class _Broken(Exception):
    """Something stands between a closing quote and the next separator."""


def text_rows(lines: Iterable[str], separator: str, width: int | None) -> Iterator[Row]:
    """Every row of the text, none lost, with the number of its first line.

    A quote opens a quoted cell only where the cell begins; anywhere else it is a sign like others
    (5" pipe). Where a quoted cell does not end within a sensible distance, ends in the middle of a
    cell, or gives a row of another ``width``, its first line alone is reported as broken, and
    reading goes on with the line below.
    """
    source = iter(lines)
    waiting: deque[str] = deque()
    number = 0
    while (line := waiting.popleft() if waiting else next(source, None)) is not None:
        number += 1
        if number == 1 and SEPARATOR_LINE.match(line):
            continue
        if '"' not in line:
            yield _row(number, line, tuple(line.rstrip("\r\n").split(separator)))
            continue
        taken: list[str] = []
        cells = _quoted(line, separator, waiting, source, taken)
        if cells is None or (taken and width is not None and len(cells) != width):
            waiting.extendleft(reversed(taken))
            yield _row(number, line, (line.strip("\r\n"),), "row_quotes")
            continue
        yield _row(number, "".join((line, *taken)), cells)
        number += len(taken)


def _quoted(
    line: str, separator: str, waiting: deque[str], source: Iterator[str], taken: list[str]
) -> tuple[str, ...] | None:
    """The cells of the row that begins with ``line``; further lines of it go to ``taken``."""
    size = len(line)
    try:
        cells = _cells(line, separator)
        while cells is None and len(taken) < MAX_LINES_IN_A_ROW and size < MAX_ROW:
            more = waiting.popleft() if waiting else next(source, None)
            if more is None:
                break
            taken.append(more)
            size += len(more)
            if _TO_CLOSING_QUOTE.match(more):
                cells = _cells("".join((line, *taken)), separator)
    except _Broken:
        return None
    return cells


def _cells(text: str, separator: str) -> tuple[str, ...] | None:
    """The cells of one row; None while its last cell waits for a closing quote."""
    try:
        return tuple(next(csv.reader((text,), delimiter=separator, strict=True)))
    except csv.Error:
        return _cells_of_odd_row(text, separator)


def _cells_of_odd_row(text: str, separator: str) -> tuple[str, ...] | None:
    """The same for rows that `csv` refuses: it does not say why, and takes no cell over 128 KB."""
    cells: list[str] = []
    at = 0
    while True:
        if text.startswith('"', at):
            closing = _TO_CLOSING_QUOTE.match(text, at + 1)
            if closing is None:
                return None
            end = closing.end()
            cells.append(text[at + 1 : end - 1].replace('""', '"'))
            rest = text[end : end + 1]
            if rest in ("", "\r", "\n"):
                return tuple(cells)
            if rest != separator:
                raise _Broken
        else:
            end = text.find(separator, at)
            if end < 0:
                cells.append(text[at:].rstrip("\r\n"))
                return tuple(cells)
            cells.append(text[at:end])
        at = end + 1


def _row(line: int, text: str, cells: tuple[str, ...], code: str | None = None) -> Row:
    if REPLACEMENT in text:
        code = "row_encoding"
    elif "\x00" in text:
        code, cells = "row_nul", tuple(cell.replace("\x00", "") for cell in cells)
    elif any(len(cell) > MAX_CELL for cell in cells):
        code, cells = "cell_too_long", tuple(cell[:100] for cell in cells)
    return Row(line, cells if code else tuple(_without_guard(cell) for cell in cells), code)


def _without_guard(cell: str) -> str:
    """An exported cell that begins with ``'=`` and the like gives back its original text."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in FORMULA_LEADS:
        return cell[1:]
    return cell

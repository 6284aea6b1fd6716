"""Writes tables of texts and values as CSV or XLSX that no spreadsheet takes for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from engines.values import decimal_text

Cell = str | Decimal | date | bool | None

# A cell that begins with one of these would be run as a formula; the apostrophe makes it text and
# is taken away again by the import.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# Excel keeps 15 digits of a number; longer ones (and only they) are written as text.
EXACT_DIGITS = 15
# What one sheet holds, its header included; the library leaves out what lies below.
SHEET_ROWS = 1_048_576
MAX_TEXT = 32_767


def safe_text(text: str) -> str:
    """``text`` as a CSV cell that is only text."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, Decimal):
        return decimal_text(cell)  # a number is no formula, also when it is negative
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark, in pieces of some 64 kB."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([safe_text(each) for each in header])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        if buffer.tell() > 65_536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(target: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The table as one sheet, going on in further ones when it is full.

    Numbers and dates are such, everything else is plain text.
    """
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        },
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    bold = book.add_format({"bold": True})

    def headed() -> Any:
        made = book.add_worksheet()
        made.freeze_panes(1, 0)
        for column, name in enumerate(header):
            made.write_string(0, column, name, bold)
        return made

    sheet = headed()
    for number, row in enumerate(rows):
        index = number % (SHEET_ROWS - 1) + 1
        if number and index == 1:
            sheet = headed()
        for column, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= EXACT_DIGITS:
                sheet.write_number(index, column, float(cell))
            elif isinstance(cell, datetime):
                sheet.write_datetime(index, column, cell, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(index, column, cell, day)
            else:
                text = decimal_text(cell) if isinstance(cell, Decimal) else str(cell)
                sheet.write_string(index, column, text[:MAX_TEXT])
    book.close()

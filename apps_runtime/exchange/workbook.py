"""A sheet of an .xlsx file, read in a process of its own with limits on what it may use."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from engines.problems import Problems, refuse

ENCODING = "workbook"
MAX_ENTRIES = 2_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
MEMORY = 2_000_000_000
SECONDS = 300

NO_SHEET = 3  # how the reader leaves where there is no sheet of that name

OPENED = """
import csv, datetime, json, sys
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

book = CalamineWorkbook.from_path(sys.argv[1])
tables = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
shown = [each.name for each in tables if each.visible == SheetVisibleEnum.Visible]
names = shown or [each.name for each in tables]
"""
SHEETS = OPENED + "print(json.dumps(names))"

# A spreadsheet keeps 15 digits; what stands behind them comes from counting in twos.
READER = (
    OPENED
    + """
wanted = sys.argv[2] or names[0]
if wanted not in names:
    sys.exit(3)

def text(value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        near = float(f"{value:.15g}")
        return repr(round(near, 12) if 0.001 <= abs(near) < 1e15 else near)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)

out = csv.writer(sys.stdout, lineterminator="\\n")
sheet = book.get_sheet_by_name(wanted)
first = sheet.start[0] if sheet.start else 0
for index, row in enumerate(sheet.iter_rows()):
    out.writerow([index + 1, *(text(cell) for cell in row)])
"""
)


def is_workbook(path: Path) -> bool:
    """True for a zip file; raises Problems when it is a zip that cannot be an honest workbook."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise refuse("/file", "not_a_table") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise refuse("/file", "file_unpacks_too_large")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise refuse("/file", "not_a_table")
    return True


def sheets(path: Path) -> tuple[str, ...]:
    """The names of the sheets that a reader of the file sees, in order; at least one.

    Raises Problems ``not_a_table``.
    """
    process = _process(SHEETS, str(path))
    answer, _ = process.communicate()
    names = json.loads(answer) if process.returncode == 0 else []
    if not names:
        raise refuse("/file", "not_a_table")
    return tuple(names)


def rows(path: Path, sheet: str = "") -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and cells as text; dates as ISO, whole numbers without a fraction.

    Of the sheet of this name, else of the first visible one. Raises Problems ``no_such_sheet``,
    ``not_a_table``.
    """
    process = _process(READER, str(path), sheet)
    finished = False
    try:
        with io.TextIOWrapper(cast(IO[bytes], process.stdout), "utf-8", newline="") as text:
            for number, *cells in csv.reader(text):
                yield int(number), tuple(cells)
            finished = True
        if (left := process.wait()) == NO_SHEET:
            raise refuse("/sheet", "no_such_sheet", sheet=sheet[:60])
        if left != 0:
            raise refuse("/file", "not_a_table")
    except csv.Error:
        raise refuse("/file", "not_a_table") from None
    except Problems:
        raise
    finally:
        if not finished:
            process.kill()
        process.wait()


def _process(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # our own program, no shell
        [sys.executable, "-I", "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit,
    )


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

"""The first sheet of an .xlsx file, read in a process of its own with limits on what it may use."""

from __future__ import annotations

import csv
import io
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

READER = """
import csv, datetime, sys
from python_calamine import CalamineWorkbook

def shown(value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)

out = csv.writer(sys.stdout, lineterminator="\\n")
sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
first = sheet.start[0] if sheet.start else 0
for index, row in enumerate(sheet.iter_rows()):
    out.writerow([index + 1, *(shown(cell) for cell in row)])
"""


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


def rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and cells as text; dates as ISO, whole numbers without a fraction."""
    process = subprocess.Popen(  # our own reader, no shell
        [sys.executable, "-I", "-c", READER, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit,
    )
    finished = False
    try:
        with io.TextIOWrapper(cast(IO[bytes], process.stdout), "utf-8", newline="") as text:
            for number, *cells in csv.reader(text):
                yield int(number), tuple(cells)
            finished = True
        if process.wait() != 0:
            raise refuse("/file", "not_a_table")
    except csv.Error:
        raise refuse("/file", "not_a_table") from None
    except Problems:
        raise
    finally:
        if not finished:
            process.kill()
        process.wait()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

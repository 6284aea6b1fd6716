"""The rows that could not be imported, as a file to be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from apps_runtime import files, works
from apps_runtime.exchange.text_rows import FORMULA_LEADS
from apps_runtime.models import Work

REASON = "问题 / Problem"
Line = tuple[Sequence[str], str]
"""The cells as they were, and the reasons in words."""


def _folder(work: Work) -> Path:
    return Path(settings.MEDIA_ROOT) / "import_errors" / str(work.pk)


def keep_part(work: Work, position: int, lines: Iterable[Line], *, width: int) -> None:
    """Keep the failed rows of the step that begins at ``position``; a repeat replaces them.

    The reason stands below its header, also behind a row of fewer cells than ``width``.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for cells, reason in lines:
        missing = ("",) * (width - len(cells))
        writer.writerow([guarded(cell) for cell in (*cells, *missing, reason)])
    place = _folder(work) / f"{position:012d}"
    if not text.tell():
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.getvalue(), encoding="utf-8", newline="")


@contextmanager
def of_failed_rows(work: Work, headers: Sequence[str]) -> Iterator[None]:
    """Around the steps of an import: once they have ended, or somebody cancelled them, the failed
    rows become the work's file."""
    try:
        yield
    except works.Stopped:
        if Work.objects.filter(pk=work.pk, state="cancelled").exists():
            _finish(work, headers)
        raise
    _finish(work, headers)


def _finish(work: Work, headers: Sequence[str]) -> None:
    """Put the kept parts together; nothing when every row was imported.

    The parts go only after the work knows its file: a crash in between makes it once more.
    """
    folder = _folder(work)
    if not folder.is_dir():
        return
    parts = sorted(folder.iterdir())
    stem = Path(work.file.name).stem if work.file else "import"
    stored = files.keep_content(
        _content(parts, (*headers, REASON)),
        name=f"{stem}-errors.csv",
        app=work.app,
        person=work.person_id,
    )
    Work.objects.filter(pk=work.pk).update(error_file=stored)
    for part in parts:
        part.unlink()
    folder.rmdir()


def _content(parts: Iterable[Path], headers: Sequence[str]) -> Iterator[bytes]:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([guarded(header) for header in headers])
    yield b"\xef\xbb\xbf" + line.getvalue().encode()
    for part in parts:
        yield part.read_bytes()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets a quote in front."""
    return "'" + cell if cell.startswith(FORMULA_LEADS) else cell

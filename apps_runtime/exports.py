"""Takes the records of a view out as a file: as its reader sees them, with the right to do so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import quote

import orjson
from django.http import HttpResponse, HttpResponseBase, JsonResponse

from apps_runtime import access_log, files, works
from apps_runtime.caller import Caller, Through
from apps_runtime.caller import installed as installed_app
from apps_runtime.forms import form_of
from apps_runtime.models import StoredFile, Work
from apps_runtime.records.asking import policed, rights_of
from apps_runtime.records.listing import Wanted, allowed_list, columns_of, query_of
from apps_runtime.refusals import forbidden, malformed, not_found
from apps_runtime.releases import Installed
from apps_runtime.sheets import Cell, csv_chunks, write_xlsx
from apps_runtime.store import read
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan, Path
from engines.queries import Query
from engines.queries.query import MAX_LIMIT
from engines.queries.resolve import end, kind_of
from engines.texts import text
from engines.values import decimal_from

KIND = "export"
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Up to this many records are answered at once; more become a piece of work.
AT_ONCE = 5_000
REASON = "the application exports records"


def response(caller: Caller, form: str, wanted: Wanted, file_format: str) -> HttpResponseBase:
    """The file, or 202 with the id of the work that makes it."""
    if file_format not in FORMATS:
        raise malformed("unknown_format", "/format", format=file_format[:20])
    installed = installed_app(caller.app)
    plan = form_of(installed, form)
    require_export(caller, installed, plan)
    query = export_query(installed, plan, wanted)
    allowed = allowed_list(caller, installed, plan, query, wanted)
    found, capped = read.counted(allowed, exact=False)
    if capped or found > AT_ONCE:
        options = {
            "view": wanted.view,
            "filter": wanted.filter,
            "sort": wanted.sort,
            "fields": list(wanted.fields) if wanted.fields is not None else None,
            "search": wanted.search,
            "deleted": wanted.deleted,
            "language": wanted.language,
            "format": file_format,
        }
        work = works.start(
            KIND, person=caller.person_id or 0, app=caller.app, form=form, options=options
        )
        return JsonResponse({"work": str(work.pk)}, status=202)
    _log(caller, plan, wanted, file_format, found)
    query = replace(query, columns=allowed.columns)
    header = header_of(installed, plan, query, wanted.language)
    rows = cells(caller, installed, plan, query, wanted.language)
    name = f"{text(plan.label, wanted.language)}.{file_format}"
    if file_format == "csv":
        content = b"".join(csv_chunks(header, rows))
    else:
        with TemporaryFile() as target:
            write_xlsx(cast(BinaryIO, target), header, rows)
            target.seek(0)
            content = target.read()
    answer = HttpResponse(content, content_type=FORMATS[file_format])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(files.shown_name(name))}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def require_export(caller: Caller, installed: Installed, form: FormPlan) -> None:
    """403 without the right to take records out."""
    if caller.everything:
        return
    rights = rights_of(caller, installed, form.key)
    if not rights.export:
        raise not_found() if rights.see.nothing else forbidden("records_not_exportable")


def export_query(installed: Installed, form: FormPlan, wanted: Wanted) -> Query:
    """The list's question without its page: the view's columns, else all fields."""
    query = query_of(installed, form, replace(wanted, limit=1, after=None))
    columns = query.columns
    if wanted.fields is None and wanted.view is not None:
        columns = columns_of(form, form.views[wanted.view].columns) or columns
    if not columns:
        columns = tuple((field.key,) for field in form.fields)
    return replace(query, columns=columns, limit=MAX_LIMIT)


def header_of(installed: Installed, form: FormPlan, query: Query, language: str) -> list[str]:
    """The labels of the columns."""
    return [text(_field(installed, form, path).label, language) for path in query.columns]


def _field(installed: Installed, form: FormPlan, path: Path) -> FieldPlan:
    return end(form, path, installed.plan.forms).field


def cells(
    caller: Caller, installed: Installed, form: FormPlan, query: Query, language: str
) -> Iterator[Sequence[Cell]]:
    """Every record's cells, read page by page."""
    fields = [(path, _field(installed, form, path)) for path in query.columns]
    after: str | None = None
    while True:
        allowed = policed(caller, installed, replace(query, after=after), reason=REASON)
        page, after = read.page(allowed)
        for record in orjson.loads(page):
            yield [_cell(record.get(".".join(path)), field, language) for path, field in fields]
        if after is None:
            return


def _cell(value: Any, field: FieldPlan, language: str) -> Cell:
    if value is None:
        return None
    kind, _ = kind_of(field)
    if kind in ("number", "money"):
        number = decimal_from(value)
        return number if isinstance(number, Decimal) else str(value)
    if kind == "date":
        return date.fromisoformat(str(value))
    if kind == "moment":
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    return field.to_text(value, language)


def _log(caller: Caller, form: FormPlan, wanted: Wanted, file_format: str, count: int) -> None:
    access_log.add(
        "records.exported",
        person=caller.real_person or caller.person_id,
        app=caller.app,
        form=form.key,
        params={
            "format": file_format,
            "count": count,
            "view": wanted.view,
            "filter": wanted.filter,
            "search": wanted.search,
        },
    )


@works.runner(KIND)
def run(work: Work) -> None:
    """A large export: rights are read again, the file belongs to whoever asked for it."""
    options = dict(work.options)
    file_format = options.pop("format")
    fields = options.pop("fields")
    wanted = Wanted(**options, fields=tuple(fields) if fields is not None else None)
    caller = Caller(work.person_id, work.app, Through("api"))
    installed = installed_app(work.app)
    form = form_of(installed, work.form)
    require_export(caller, installed, form)
    query = export_query(installed, form, wanted)
    allowed = allowed_list(caller, installed, form, query, wanted)
    query = replace(query, columns=allowed.columns)
    count, _ = read.counted(allowed, exact=True)
    with works.step(work) as row:
        row.total = count
    header = header_of(installed, form, query, wanted.language)
    rows = cells(caller, installed, form, query, wanted.language)
    name = f"{text(form.label, wanted.language)}.{file_format}"
    kept = _kept(file_format, header, rows, name=name, work=work)
    _log(caller, form, wanted, file_format, count)
    with works.step(work) as row:
        row.done = count
        row.result_file = kept


def _kept(
    file_format: str,
    header: list[str],
    rows: Iterator[Sequence[Cell]],
    *,
    name: str,
    work: Work,
) -> StoredFile:
    if file_format == "csv":
        chunks = csv_chunks(header, rows)
        return files.keep_content(chunks, name=name, app=work.app, person=work.person_id)
    with TemporaryFile() as target:
        write_xlsx(cast(BinaryIO, target), header, rows)
        target.seek(0)
        return files.keep_content(
            iter(lambda: target.read(1 << 20), b""),
            name=name,
            app=work.app,
            person=work.person_id,
        )

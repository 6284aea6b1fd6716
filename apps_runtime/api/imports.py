"""…/import: look into a file, then import it; the same for records and for people."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import files, works
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import JSONParser, known_parts, known_properties
from apps_runtime.api.view import View, caller_of, in_application, me, platform_administrator
from apps_runtime.caller import Caller, installed
from apps_runtime.exchange import import_people, import_records
from apps_runtime.exchange.guess import Target, guesses, same_names
from apps_runtime.exchange.options import ImportOptions, read_options, sheet_of
from apps_runtime.exchange.table import SourceTable, open_table
from apps_runtime.exchange.targets import importable, key_problems, match_problems, targets
from apps_runtime.language import language_of
from apps_runtime.models import StoredFile
from apps_runtime.refusals import forbidden, malformed, not_found
from engines.forms.plan import FormPlan
from engines.problems import Problems, refuse
from engines.texts import all_texts
from engines.values import JsonValue, read_json

SAMPLES = 5
LOOKED_AT = 500
DISTINCT = 50


class _ImportBase(View):
    parser_classes = (JSONParser, MultiPartParser)


class InspectView(_ImportBase):
    """What a file holds, and which column probably belongs to which field."""

    policy = in_application

    def post(self, request: Request, app: str, form: str) -> Response:
        """``{"file": id}`` or a multipart file."""
        _only_a_file(request)
        caller = caller_of(request, app)
        plan = _importable_form(caller, app, form)
        file = _file(request, app)
        table = open_table(files.path_of(file), file.name, sheet_of(request.data))
        wanted = targets(installed(app), importable(plan, _writable(caller, app, form)))
        return Response(inspected(file, table, wanted))


class ImportView(_ImportBase):
    """Queues an import; 202 with the id of the work."""

    policy = in_application

    def post(self, request: Request, app: str, form: str) -> Response:
        """Options as in DESIGN §7."""
        caller = caller_of(request, app)
        plan = _importable_form(caller, app, form)
        given = _options(request)
        file = _file(request, app, given)
        fields = importable(plan, _writable(caller, app, form))
        options = _read(
            request, file, given, [Target(each.key, all_texts(each.label)) for each in fields]
        )
        wrong = [
            *match_problems(installed(app), plan, options.match),
            *key_problems(plan, options.key),
        ]
        if wrong:
            raise Problems(wrong)

        def work() -> tuple[int, object]:
            queued = works.start(
                import_records.KIND,
                person=me(request),
                app=app,
                form=form,
                options=options.as_json(),
                file=file,
            )
            return 202, {"work": queued.pk}

        return answer_once(request, lambda: _asked(options, file), work)


class InspectPeopleView(_ImportBase):
    """The same for people."""

    policy = platform_administrator

    def post(self, request: Request) -> Response:
        """``{"file": id}`` or a multipart file."""
        _only_a_file(request)
        file = _file(request, "")
        table = open_table(files.path_of(file), file.name, sheet_of(request.data))
        return Response(inspected(file, table, _people_targets()))


class PeopleImportView(_ImportBase):
    """Queues an import of people."""

    policy = platform_administrator

    def post(self, request: Request) -> Response:
        """Columns to name, username, email, department, superior.

        People are recognised, so ``mode`` is upsert unless it is named, and ``key`` may be absent:
        by username, else e-mail, else name. Superiors nobody knows are added unless
        ``create_people`` is false.
        """
        given = _options(request)
        file = _file(request, "", given)
        given = {"mode": "upsert", "create_people": True, **given}
        options = _read(request, file, given, _people_targets(), needs_key=False)
        if "name" not in options.columns.values() and "username" not in options.columns.values():
            raise refuse("/options/columns", "no_columns_mapped")
        if wrong := list(import_people.option_problems(options)):
            raise Problems(wrong)

        def work() -> tuple[int, object]:
            queued = works.start(
                import_people.KIND, person=me(request), options=options.as_json(), file=file
            )
            return 202, {"work": queued.pk}

        return answer_once(request, lambda: _asked(options, file), work)


def inspected(file: StoredFile, table: SourceTable, wanted: Sequence[Target]) -> dict[str, object]:
    """Headers with samples, the guess, and the distinct values of the first 500 rows."""
    rows = []
    total = 0
    for row in table.rows():
        total += 1
        if total <= LOOKED_AT and not row.problem:
            rows.append(row.cells)
    columns = {
        header: [cells[index] for cells in rows] for index, header in enumerate(table.headers)
    }
    found = guesses(table.headers, columns, wanted)
    return {
        "file": file.pk,
        "name": file.name,
        "encoding": table.encoding,
        "separator": table.separator,
        "total": total,
        "sheets": list(table.sheets()),
        "sheet": table.sheet,
        "headers": [
            {
                "header": header,
                "guess": found.get(header),
                "samples": _samples(cells),
                "values": [
                    {"cell": cell, "count": count}
                    for cell, count in Counter(filter(None, cells)).most_common(DISTINCT)
                ],
            }
            for header, cells in columns.items()
            if header
        ],
    }


def _samples(cells: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]


def _importable_form(caller: Caller, app: str, form: str) -> FormPlan:
    found = installed(app)
    plan = found.plan.forms.get(form)
    if plan is None:
        raise not_found()
    rights = caller.permissions(found.plan, found.release).rights(form)
    if rights.see.nothing and not rights.import_:
        raise not_found()
    if not (rights.import_ and rights.create):
        raise forbidden()
    return plan


def _writable(caller: Caller, app: str, form: str) -> list[str]:
    found = installed(app)
    plan = found.plan.forms[form]
    rights = caller.permissions(found.plan, found.release).rights(form)
    return [key for key, may in rights.writable(plan, None).items() if may]


def _only_a_file(request: Request) -> None:
    known_parts(request, "file", "sheet")
    if isinstance(request.data, Mapping):
        known_properties(request.data, "file", "sheet")


def _options(request: Request) -> Mapping[str, JsonValue]:
    """The options: a part of a multipart form, a member of a JSON body, or that body itself."""
    known_parts(request, "file", "options")
    data: Any = request.data
    if not isinstance(data, Mapping):
        raise malformed("not_an_object")
    given = data.get("options")
    if isinstance(given, str):
        given = read_json(given) if given.strip() else {}
    elif given is None:
        given = data if request.content_type.startswith("application/json") else {}
    else:
        known_properties(data, "file", "options")
    if not isinstance(given, Mapping):
        raise malformed("not_an_object", "/options")
    return given


def _file(request: Request, app: str, options: Mapping[str, JsonValue] | None = None) -> StoredFile:
    """The uploaded file, or the one uploaded before; only one's own."""
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        return files.keep(upload, app=app, person=me(request))
    body: Any = request.data if isinstance(request.data, Mapping) else {}
    named = (options or {}).get("file") or body.get("file")
    if not named:
        raise refuse("/file", "import_file_missing")
    try:
        identity = UUID(str(named))
    except ValueError:
        raise refuse("/file", "import_file_missing") from None
    found = StoredFile.objects.filter(pk=identity, person=me(request), app=app).first()
    if found is None:
        raise not_found("/file")
    return found


def _asked(options: ImportOptions, file: StoredFile) -> object:
    """What makes two imports the same request: the same file sent again is, whatever its id."""
    with files.opened(file) as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {**options.as_json(), "file": digest, "language": None}


def _people_targets() -> list[Target]:
    return [Target(key, names) for key, names in import_people.FIELDS.items()]


def _read(
    request: Request,
    file: StoredFile,
    given: Mapping[str, JsonValue],
    targets: Sequence[Target],
    *,
    needs_key: bool = True,
) -> ImportOptions:
    """The options; without ``columns``, every header that is called like a field belongs to it."""
    table = open_table(files.path_of(file), file.name, sheet_of(given))
    if given.get("columns") is None:
        given = {**given, "columns": dict(same_names(table.headers, targets))}
    options = read_options(
        given,
        headers=table.headers,
        fields=[each.key for each in targets],
        needs_key=needs_key,
    )
    return replace(options, language=language_of(request))

"""Begins an application from a table: its draft with one form at once, the rest as long work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from apps_runtime import files, works
from apps_runtime.exchange.options import read_options
from apps_runtime.exchange.table import open_table
from apps_runtime.models import StoredFile
from apps_runtime.refusals import not_found
from builder import applications, check, drafts
from builder.tables import first_import
from engines.definitions.keys import key_problems, proposed_key
from engines.forms.proposals.form import Chosen, form_body
from engines.forms.proposals.proposal import OFFERED
from engines.problems import Problem, Problems, has_errors, pointer, problem, refuse

PROPERTY = "table"
MAX_LABEL = 200
TABLE = ("file", "sheet", "form", "columns")
FORM = ("label", "key")
COLUMN = ("header", "label", "key", "type", "options", "blank")


@dataclass(frozen=True, slots=True)
class Begun:
    """The keys of the application and its form, and the work that publishes and fills it."""

    app: str
    form: str
    work: UUID


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody chose for a table."""

    file: StoredFile
    sheet: str
    form_key: str
    form_label: str
    columns: tuple[Chosen, ...]


def begin(body: Mapping[str, Any], *, person: int, language: str) -> Begun:
    """Draft, form and queued work in one transaction: all of it is there, or nothing.

    ``body`` is that of a new application with ``table``: the file as it was proposed for, its sheet
    and the chosen columns. Raises Problems naming what is not right.
    """
    wanted = _read(body[PROPERTY], person)
    table = open_table(files.path_of(wanted.file), wanted.file.name, wanted.sheet)
    options = read_options(
        {
            "columns": {each.header: each.key for each in wanted.columns},
            "values": {
                each.key: dict.fromkeys(each.blank) for each in wanted.columns if each.blank
            },
            "sheet": wanted.sheet,
        },
        headers=table.headers,
        fields=[each.key for each in wanted.columns],
    )
    with transaction.atomic():
        app = applications.create(
            {
                **{name: value for name, value in body.items() if name != PROPERTY},
                "navigation": [{"label": body.get("label"), "items": [{"form": wanted.form_key}]}],
            },
            person=person,
            forms=[form_body(wanted.form_key, wanted.form_label, wanted.columns)],
        )
        problems = check.problems_of(app, drafts.bodies(app))
        if has_errors(problems):
            raise Problems(problems)
        # From now on the file is the application's, and no longer one that a table is made from.
        wanted.file.app = app
        wanted.file.save(update_fields=["app"])
        work = works.start(
            first_import.KIND,
            person=person,
            app=app,
            form=wanted.form_key,
            options={**options.as_json(), "language": language},
            file=wanted.file,
        )
    return Begun(app, wanted.form_key, work.pk)


def uploaded(identity: object, person: int) -> StoredFile:
    """A file that the person uploaded for a new application; 404 where there is none."""
    try:
        wanted = UUID(str(identity))
    except ValueError:
        raise refuse("/file", "import_file_missing") from None
    found = StoredFile.objects.filter(pk=wanted, person=person, app="").first()
    if found is None:
        raise not_found("/file")
    return found


def _read(data: object, person: int) -> _Wanted:
    problems: list[Problem] = []
    table = _object(data, "/table", TABLE, problems)
    form = _object(table.get("form"), "/table/form", FORM, problems)
    label = _text(form, "label", "/table/form", problems)
    sheet = table.get("sheet") or ""
    if not isinstance(sheet, str):
        problems.append(problem("/table/sheet", "text_expected"))
    key = form.get("key") or proposed_key(label or "x")
    problems += [each.under("/table/form/key") for each in key_problems(key)]
    given = table.get("columns")
    if not isinstance(given, list) or not given:
        problems.append(problem("/table/columns", "no_columns_chosen"))
        given = []
    columns = tuple(
        _column(each, pointer("table", "columns", index), problems)
        for index, each in enumerate(given)
    )
    problems += _twice(columns)
    if problems:
        raise Problems(problems)
    columns = _with_keys(columns)
    file = uploaded(table.get("file"), person)
    return _Wanted(file, str(sheet), str(key), label, columns)


def _column(data: object, path: str, problems: list[Problem]) -> Chosen:
    column = _object(data, path, COLUMN, problems)
    label = _text(column, "label", path, problems)
    key = column.get("key") or ""
    if key:
        problems += [each.under(f"{path}/key") for each in key_problems(key, field=True)]
    kind = column.get("type")
    if kind not in OFFERED:
        problems.append(problem(f"{path}/type", "not_a_column_type", known=", ".join(OFFERED)))
    options = column.get("options") or {}
    if not isinstance(options, Mapping):
        problems.append(problem(f"{path}/options", "object_expected"))
        options = {}
    blank = column.get("blank") or []
    if not isinstance(blank, list) or not all(isinstance(each, str) for each in blank):
        problems.append(problem(f"{path}/blank", "text_expected"))
        blank = []
    header = column.get("header")
    if not isinstance(header, str) or not header:
        problems.append(problem(f"{path}/header", "text_expected"))
    return Chosen(str(header), str(key), label, str(kind), options, tuple(blank))


def _with_keys(columns: tuple[Chosen, ...]) -> tuple[Chosen, ...]:
    """Who gives no key wants the one that the label proposes."""
    taken = {each.key for each in columns}
    found = []
    for each in columns:
        key = each.key or proposed_key(each.label, taken)
        taken.add(key)
        found.append(replace(each, key=key))
    return tuple(found)


def _twice(columns: tuple[Chosen, ...]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for index, each in enumerate(columns):
        if each.key and each.key in seen:
            found.append(
                problem(
                    pointer("table", "columns", index, "key"), "field_mapped_twice", field=each.key
                )
            )
        seen.add(each.key)
    return found


def _object(
    data: object, path: str, known: tuple[str, ...], problems: list[Problem]
) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        problems.append(problem(path, "object_expected"))
        return {}
    problems += [
        problem(f"{path}/{name}", "no_such_property") for name in data if name not in known
    ]
    return data


def _text(data: Mapping[str, Any], name: str, path: str, problems: list[Problem]) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        problems.append(problem(f"{path}/{name}", "value_required"))
        return ""
    if len(value) > MAX_LABEL:
        problems.append(problem(f"{path}/{name}", "too_many_characters", limit=MAX_LABEL))
    return value.strip()

"""Fills a packaged application with the sample company that comes with it, relative to today."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from apps_runtime import people, records
from apps_runtime.caller import Caller, Through, installed
from apps_runtime.models import Counter, Department, Person
from apps_runtime.people.changes import create_person
from apps_runtime.people.departments import change_department, create_department
from apps_runtime.people.role_members import add_role_member
from apps_runtime.releases import Installed
from apps_runtime.store.backdate import Course, backdate, retell, sign
from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue
from engines.forms.plan import FormPlan
from engines.problems import Problem, Problems, pointer, problem
from engines.values import JsonValue, read_json

INDEX = "sample.json"
LOADED = "sample"
CHUNK = 500
RELATIVE = re.compile(r"([+-]\d{1,4})([dh])(?: (\d{2}):(\d{2}))?")
# The values that a choice has had: ``new@-9d > contacted@-7d > lost@-2d``.
STEP = re.compile(r"(\w+)@([+-]\d{1,4}[dh])(?: > |$)")
# Within a day, records are spread over the working hours instead of one second of the night.
OPENING, HOURS = 9, 9


@dataclass
class _Loading:
    """One loading: where from, as of when, and the ids that titles stand for."""

    folder: Path
    installed: Installed
    person: int
    now: datetime
    titles: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.installed.plan.timezone)


def load(app: str, folder: Path, *, person: int) -> int:
    """Load the sample once; how many records that were (0 when there is none, or it was loaded).

    All of it is one transaction, so that a killed start leaves nothing half done. Everything goes
    the ordinary way of an import; only then are times moved to where the sample says. Raises
    Problems with the file and line of each mistake.
    """
    if not (folder / INDEX).is_file():
        return 0
    with transaction.atomic(), people.one_reading():
        _, fresh = Counter.objects.get_or_create(
            app=app, form=LOADED, field=LOADED, period="", defaults={"value": 1}
        )
        if not fresh:
            return 0
        loading = _Loading(folder, installed(app), person, timezone.now())
        index: Any = read_json((folder / INDEX).read_bytes())
        _departments(loading, index.get("departments"))
        _people(loading, index.get("people"))
        _heads(loading, index.get("departments"))
        made = sum(_records(loading, form) for form in index.get("records", ()))
        return made + _then(loading, index.get("then"))


def _rows(folder: Path, name: str | None) -> list[dict[str, Any]]:
    """The rows of a CSV (with a header) or JSON file; none where none is named."""
    if name is None:
        return []
    content = (folder / name).read_bytes()
    if name.endswith(".json"):
        found: Any = read_json(content)
        return list(found)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _departments(loading: _Loading, name: str | None) -> None:
    for row in _rows(loading.folder, name):
        if not Department.objects.filter(key=row["key"]).exists():
            create_department({key: row[key] for key in ("key", "name", "parent") if row.get(key)})


def _heads(loading: _Loading, name: str | None) -> None:
    for row in _rows(loading.folder, name):
        department = Department.objects.get(key=row["key"])
        if row.get("head") and department.head_id is None:
            change_department(department.id, {"head": row["head"]})


def _people(loading: _Loading, name: str | None) -> None:
    for row in _rows(loading.folder, name):
        username = row["username"]
        if not Person.objects.filter(username=username).exists():
            body = {
                key: row[key]
                for key in ("username", "name", "email", "department", "superior")
                if row.get(key)
            }
            if row.get("superior") == "admin":
                body["superior"] = loading.person
            create_person({**body, "positions": _list(row.get("position"))})
        found = Person.objects.get(username=username)
        for role in _list(row.get("roles")):
            add_role_member(loading.installed.app, role, "person", str(found.id))


def _list(cell: Any) -> list[str]:
    return str(cell or "").split()


def _records(loading: _Loading, form: str) -> int:
    plan = loading.installed.plan.forms[form]
    files = [f"{form}.csv", f"{form}.json"]
    name = next((each for each in files if (loading.folder / each).is_file()), None)
    rows = _rows(loading.folder, name)
    problems: list[Problem] = []
    bodies = [_body(loading, plan, row, problems, f"/{name}/{n}") for n, row in enumerate(rows, 2)]
    if problems:
        raise Problems(problems)
    before = set(records.ids_where(loading.installed, form, None))
    caller = Caller.application(
        loading.installed.app, Through("import", LOADED), person_id=loading.person
    )
    for start in range(0, len(bodies), CHUNK):
        outcomes = records.write_rows(
            caller,
            loading.installed,
            plan,
            [(None, body) for body in bodies[start : start + CHUNK]],
            run_rules=False,
        )
        for place, outcome in enumerate(outcomes, start + 2):
            problems += [each.under(f"/{name}/{place}") for each in outcome]
    if problems:
        raise Problems(problems)
    # Rows are inserted in their order, so ids in order are the rows'.
    ids = [each for each in records.ids_where(loading.installed, form, None) if each not in before]
    moments = {
        identity: _moment(loading, row["created_at"], number)
        for number, (identity, row) in enumerate(zip(ids, rows, strict=True))
        if row.get("created_at")
    }
    where = (loading.installed.app, plan.schema, plan.table)
    backdate(*where, moments)
    made_by = {
        identity: person
        for identity, row in zip(ids, rows, strict=True)
        if (person := people.person_id(row.get("created_by") or "")) is not None
    }
    sign(*where, made_by)
    retell(
        *where,
        [
            _course(loading, identity, key, cell, number)
            for number, (identity, row) in enumerate(zip(ids, rows, strict=True))
            for key, cell in row.items()
            if isinstance(cell, str) and STEP.match(cell)
        ],
    )
    found = records.titles(loading.installed, form, ids)
    loading.titles[form] = {title: identity for identity, title in found.items()}
    return len(ids)


def _then(loading: _Loading, name: str | None) -> int:
    """Records that people make now, with rules and flows: an inbox that is not empty."""
    rows = _rows(loading.folder, name)
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        plan = loading.installed.plan.forms[row["form"]]
        path = f"/{name}/{number}/values"
        body = _body(loading, plan, row["values"], problems, path)
        if problems:
            raise Problems(problems)
        caller = Caller(people.person_id(row["as"]), loading.installed.app, Through("ui"))
        try:
            records.create(caller, plan.key, body)
        except Problems as error:
            raise error.under(path) from None
    return len(rows)


def _body(
    loading: _Loading,
    plan: FormPlan,
    row: Mapping[str, Any],
    problems: list[Problem],
    path: str,
) -> dict[str, JsonValue]:
    """A row as the JSON of a record."""
    body: dict[str, JsonValue] = {}
    for key, cell in row.items():
        here = path + pointer(key)
        known = plan.by_key.get(key)
        if known is None:
            if key not in ("created_at", "created_by"):
                problems.append(problem(here, "unknown_field", field=key, form=plan.key))
        elif cell not in (None, ""):
            try:
                body[key] = _value(loading, known, cell)
            except InvalidValue as error:
                problems.append(problem(here, error.code, **error.params))
    return body


def _value(loading: _Loading, known: FieldPlan, cell: Any) -> JsonValue:
    kind = known.type.key
    if known.target is not None:
        found = loading.titles.get(known.target, {}).get(str(cell))
        if found is None:
            raise InvalidValue("record_not_found", form=known.target, text=cell)
        return found
    if kind in ("date", "moment") and isinstance(cell, str) and RELATIVE.fullmatch(cell):
        moment = _moment(loading, cell, 0)
        return (
            moment.astimezone(loading.zone).date().isoformat()
            if kind == "date"
            else (moment.isoformat())
        )
    if not isinstance(cell, str) or kind in ("person", "department"):
        value: JsonValue = cell
        return value
    if steps := STEP.findall(cell):
        cell = steps[-1][0]
    return known.type.from_text(cell, known.options)


def _course(loading: _Loading, record: int, field: str, cell: str, number: int) -> Course:
    steps = STEP.findall(cell)
    return Course(
        record,
        field,
        [value for value, _ in steps],
        [_moment(loading, since, number + place) for place, (_, since) in enumerate(steps)],
    )


def _moment(loading: _Loading, text: str, number: int) -> datetime:
    """``-3d``, ``+2h``, ``-3d 14:30``: relative to now, days in the application's zone."""
    match = RELATIVE.fullmatch(text)
    if match is None:
        raise Problems((problem("", "not_a_relative_time", text=text),))
    amount, unit, hour, minute = match.groups()
    if unit == "h":
        return loading.now + timedelta(hours=int(amount))
    today: date = loading.now.astimezone(loading.zone).date()
    spread = number * 37 % (HOURS * 60)
    clock = (int(hour), int(minute)) if hour else (OPENING + spread // 60, spread % 60)
    day = today + timedelta(days=int(amount))
    found = datetime(day.year, day.month, day.day, *clock, tzinfo=loading.zone).astimezone(UTC)
    # Nothing was made in the future.
    return min(found, loading.now) if int(amount) <= 0 else found

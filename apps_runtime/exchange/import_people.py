"""Imports people with departments and superiors; who is new is inactive until invited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from django.db import transaction

from apps_runtime import files, people, works
from apps_runtime.exchange import error_file
from apps_runtime.exchange.grouped import GroupedProblems
from apps_runtime.exchange.options import ImportOptions
from apps_runtime.exchange.row import Row
from apps_runtime.exchange.table import SourceTable, open_table
from apps_runtime.models import Person, Work
from apps_runtime.people.changes import change_person, create_person
from apps_runtime.people.departments import create_department
from apps_runtime.refusals import not_found
from apps_runtime.texts import message
from engines.definitions.keys import proposed_key
from engines.problems import Problem, Problems, problem

KIND = "import_people"
CHUNK = 100
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "员工", "Name", "Full name", "Employee", "Agent", "Sales agent"),
    "username": ("用户名", "账号", "Username", "Login", "Account"),
    "email": ("邮箱", "电子邮箱", "E-mail", "Email"),
    "department": ("部门", "Department", "Office", "Regional office", "Team"),
    "superior": ("上级", "直属上级", "主管", "经理", "Superior", "Manager", "Reports to"),
}
KEYS = ("name", "username", "email")
"""What tells people apart."""

NAMED = "named"
"""Where a work keeps, beside its options, whom it has added as superiors."""

ORDER = ("username", "email", "name")
"""By which of them a row's person is looked for where no key is chosen."""


@works.runner(KIND)
def run(work: Work) -> None:
    """Row by row: somebody new is added, somebody known changed, as the mode says.

    Departments and superiors that are not known yet are added too. Sign-in stays impossible until
    an administrator gives a password and makes the person active.
    """
    given = dict(work.options)
    named = set(given.pop(NAMED, ()))
    options = ImportOptions(**given)
    file = work.file
    if file is None:
        raise not_found()
    table = open_table(files.path_of(file), file.name, options.sheet)
    rows = list(table.rows())
    job = _Import(table, options, named)
    with error_file.of_failed_rows(work, table.headers):
        if work.total is None or options.dry_run:
            with works.step(work) as row:
                works.begin(row, len(rows))
        while chunk := rows[work.position : work.position + CHUNK]:
            with works.step(work) as row:
                job.do(row, chunk)


def option_problems(options: ImportOptions) -> Iterator[Problem]:
    """What records can be told and people cannot."""
    if options.run_rules:
        yield problem("/options/run_rules", "people_have_no_rules")
    if options.key is not None and options.key not in KEYS:
        yield problem("/options/key", "people_key", field=options.key)
    for key, chosen in options.match.items():
        if key != "superior":
            yield problem(f"/options/match/{key}", "people_match", field=key)
        elif chosen not in KEYS:
            yield problem(f"/options/match/{key}", "unknown_import_field", field=chosen)


class _Import:
    """What stays the same from chunk to chunk."""

    def __init__(self, table: SourceTable, options: ImportOptions, named: set[int]) -> None:
        self.table = table
        self.options = options
        self.named = named
        """Whom this import has added because a row names them as superior; their own row, where it
        comes, is that of somebody new."""
        self.headers = {field: header for header, field in options.columns.items()}
        self.pretended: set[str] = set()
        """Whom a dry run would have added, as ``key:value`` of everything that names them."""

    def do(self, work: Work, chunk: Sequence[Row]) -> None:
        """One chunk, inside the step's transaction."""
        grouped = GroupedProblems(work.problems)
        failed: list[error_file.Line] = []
        for row in chunk:
            try:
                if row.problem:
                    raise Problems((Problem("", row.problem),))
                done = self._pretend(row) if self.options.dry_run else self._done(row)
                setattr(work, done, getattr(work, done) + 1)
            except Problems as error:
                work.failed += 1
                failed.append((row.cells, self._told(row, error, grouped)))
        if not self.options.dry_run:
            error_file.keep_part(work, work.position, failed, width=len(self.table.headers))
        work.position += len(chunk)
        work.done += len(chunk)
        work.options = {**work.options, NAMED: sorted(self.named)}
        work.problems = grouped.as_json()

    def _told(self, row: Row, error: Problems, grouped: GroupedProblems) -> str:
        """Add the problems of a row to the groups; the reason in words for the file."""
        reasons = []
        for each in error.problems:
            field = each.path.strip("/") or None
            header = self.headers.get(field or "")
            cell = row.cells[self.table.headers.index(header)] if header else None
            with people.one_reading():
                known = [person.name for person in people.directory().people.values()]
            grouped.add(
                row.line,
                each.code,
                field=field,
                header=header,
                value=cell or None,
                params=each.params,
                known=known if field in ("name", "superior") else (),
            )
            words = message(each, self.options.language)
            reasons.append(f"{header}: {words}" if header else words)
        return "; ".join(reasons)

    def _done(self, row: Row) -> str:
        """The row, or nothing of it: also no department that only a refused row names."""
        with people.one_reading(), transaction.atomic():
            return self._one(row)

    def _pretend(self, row: Row) -> str:
        """What the row would do, with all checks, and nothing of it stays."""
        outcome = "created"
        values = self._values(row)
        names = {key: f"{key}:{values[key].casefold()}" for key in KEYS if key in values}
        by = self.options.key or ("username" if "username" in names else None)
        asked = {names[by]} if by in names else set(names.values())
        with suppress(_TakenBack), people.one_reading(), transaction.atomic():
            outcome = self._one(row)
            raise _TakenBack
        if outcome == "created" and self.pretended & asked:
            if self.options.mode == "create":
                raise Problems((problem("/name", "person_known", value=values.get("name", "")),))
            outcome = "skipped" if self.options.mode == "skip" else "updated"
        self.pretended |= set(names.values())
        return outcome

    def _values(self, row: Row) -> dict[str, str]:
        values: dict[str, str] = {}
        for header, cell in zip(self.table.headers, row.cells, strict=False):
            key = self.options.columns.get(header)
            if key is not None:
                repairs = self.options.values.get(key, {})
                values[key] = (repairs.get(cell.strip(), cell.strip()) or "").strip()
        return {key: value for key, value in values.items() if value}

    def _one(self, row: Row) -> str:
        """Add or change one person: "created", "updated" or "skipped". Raises Problems."""
        values = self._values(row)
        mode = self.options.mode
        name = values.get("name") or values.get("username", "")
        if not name:
            raise Problems((problem("/name", "value_required"),))
        known = self._known(values)
        fresh = known is not None and known.pk in self.named
        if known is None and mode == "update":
            key = self.options.key or next(each for each in ORDER if each in values)
            raise Problems((problem(f"/{key}", "person_not_found", value=values[key]),))
        if known is not None and not fresh and mode == "create":
            raise Problems((problem("/name", "person_known", value=known.name),))
        if known is not None and not fresh and mode == "skip":
            return "skipped"
        if name.casefold() == values.get("superior", "").casefold():
            raise Problems((problem("/superior", "superior_is_self", value=name),))
        body: dict[str, object] = {}
        if known is None or "name" in values:
            body["name"] = name
        if "email" in values:
            body["email"] = values["email"]
        if "department" in values:
            body["department"] = _department(values["department"])
        if "superior" in values:
            body["superior"] = self._superior(values["superior"], body.get("department"))
        if known is not None:
            if "username" in values and fresh:
                body["username"] = values["username"]
            change_person(known.pk, body)
            self.named.discard(known.pk)
            return "created" if fresh and mode != "update" else "updated"
        body["username"] = values.get("username") or free_username(name)
        create_person({**body, "active": False})
        return "created"

    def _known(self, values: Mapping[str, str]) -> Person | None:
        """The person of a row: by the key, else by username, e-mail or name, whatever comes first
        and is known."""
        key = self.options.key
        if key is not None:
            if key not in values:
                raise Problems((problem(f"/{key}", "import_key_empty"),))
            return _found(key, values[key])
        if "username" in values:
            person = _found("username", values["username"])
            return person or self._fresh(values.get("name", ""))
        if "email" in values and (found := _found("email", values["email"])) is not None:
            return found
        return _found("name", values["name"]) if "name" in values else None

    def _fresh(self, name: str) -> Person | None:
        wanted = name.casefold()
        directory = people.directory().people
        found = [directory[each] for each in self.named if each in directory]
        return next((each for each in found if each.name.casefold() == wanted), None)

    def _superior(self, name: str, department: object) -> int:
        by = self.options.match.get("superior")
        try:
            if by is not None:
                person = _found(by, name)
            else:
                person = _found("username", name) or _found("name", name)
        except Problems as error:
            raise Problems(replace(each, path="/superior") for each in error.problems) from error
        if person is None:
            if by in ("username", "email") or not self.options.create_people:
                raise Problems((problem("/superior", "person_not_found", value=name),))
            body = {} if department is None else {"department": department}
            person = add_inactive(name, **body)
            self.named.add(person.pk)
        return person.pk


class _TakenBack(Exception):
    """Ends a dry run's row, so that Postgres forgets it."""


def _found(key: str, value: str) -> Person | None:
    """The one person whose ``key`` is ``value``, in whatever case it is written."""
    if key == "username":
        return _signing_in_as(value)
    wanted = value.casefold()
    found = [
        each
        for each in people.directory().people.values()
        if str(getattr(each, key)).casefold() == wanted
    ]
    if len(found) > 1:
        raise Problems((problem(f"/{key}", "person_several", value=value),))
    return found[0] if found else None


def _signing_in_as(username: str) -> Person | None:
    """The person with this username, in whatever case it is written."""
    directory = people.directory()
    wanted = username.casefold()
    found = directory.usernames.get(username) or next(
        (each for known, each in directory.usernames.items() if known.casefold() == wanted), None
    )
    return directory.people[found] if found is not None else None


def free_username(name: str) -> str:
    """A username made of the name: letters and digits, pinyin for Chinese."""
    return proposed_key(name, {each.casefold() for each in people.directory().usernames})


def add_inactive(name: str, **properties: object) -> Person:
    """Somebody whom a file names and nobody knows: inactive, so that records can name him."""
    body = {"name": name, "username": free_username(name), "active": False, **properties}
    return create_person(body)


def _department(name: str) -> int:
    wanted = name.casefold()
    for department in people.directory().departments.values():
        if wanted in (department.name.casefold(), department.key.casefold()):
            return department.pk
    return create_department({"name": name}).pk

"""Imports people with departments and superiors; who is new is inactive until invited."""

from __future__ import annotations

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
from engines.problems import Problem, Problems

KIND = "import_people"
CHUNK = 100
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "员工", "Name", "Full name", "Employee", "Agent", "Sales agent"),
    "username": ("用户名", "账号", "Username", "Login", "Account"),
    "email": ("邮箱", "电子邮箱", "E-mail", "Email"),
    "department": ("部门", "Department", "Office", "Regional office", "Team"),
    "superior": ("上级", "直属上级", "主管", "经理", "Superior", "Manager", "Reports to"),
}


@works.runner(KIND)
def run(work: Work) -> None:
    """Row by row: whoever is known (username, e-mail, name) is updated, everybody else is added.

    Departments and superiors that are not known yet are added too. Sign-in stays impossible until
    an administrator gives a password and makes the person active.
    """
    options = ImportOptions(**work.options)
    file = work.file
    if file is None:
        raise not_found()
    table = open_table(files.path_of(file), file.name, options.sheet)
    rows = list(table.rows())
    with error_file.of_failed_rows(work, table.headers):
        with works.step(work) as row:
            row.total = len(rows)
        while chunk := rows[work.position : work.position + CHUNK]:
            with works.step(work) as row:
                _chunk(row, table, options, chunk)


def _chunk(work: Work, table: SourceTable, options: ImportOptions, chunk: list[Row]) -> None:
    grouped = GroupedProblems(work.problems)
    failed: list[error_file.Line] = []
    for row in chunk:
        try:
            if row.problem:
                raise Problems((Problem("", row.problem),))
            made = _one(_values(table, options, row), dry_run=options.dry_run)
            work.created += made
            work.updated += not made
        except Problems as error:
            work.failed += 1
            for each in error.problems:
                grouped.add(row.line, each.code, params=each.params)
            reason = "; ".join(message(each, options.language) for each in error.problems)
            failed.append((row.cells, reason))
    if not options.dry_run:
        error_file.keep_part(work, work.position, failed, width=len(table.headers))
    work.position += len(chunk)
    work.done += len(chunk)
    work.problems = grouped.as_json()


def _values(table: SourceTable, options: ImportOptions, row: Row) -> dict[str, str]:
    values: dict[str, str] = {}
    for header, cell in zip(table.headers, row.cells, strict=False):
        key = options.columns.get(header)
        if key is not None:
            repairs = options.values.get(key, {})
            values[key] = (repairs.get(cell.strip(), cell.strip()) or "").strip()
    return {key: value for key, value in values.items() if value}


def _one(values: dict[str, str], *, dry_run: bool) -> bool:
    """Add or update one person; True when added. Raises Problems."""
    name = values.get("name") or values.get("username", "")
    if not name:
        raise Problems((Problem("/name", "value_required"),))
    known = _known(values)
    if name and values.get("superior", "").casefold() == name.casefold():
        raise Problems((Problem("/superior", "superior_is_self", {"value": name}),))
    if dry_run:
        return known is None
    body: dict[str, object] = {"name": name}
    if "email" in values:
        body["email"] = values["email"]
    if "department" in values:
        body["department"] = _department(values["department"])
    if "superior" in values:
        body["superior"] = _superior(values["superior"], body.get("department"))
    if known is not None:
        change_person(known.pk, body)
        return False
    body["username"] = values.get("username") or free_username(name)
    create_person({**body, "active": False})
    return True


def _known(values: dict[str, str]) -> Person | None:
    directory = people.directory()
    if "username" in values:
        return _signing_in_as(values["username"])
    wanted = values.get("email", "").casefold()
    by_mail = [
        each for each in directory.people.values() if wanted and each.email.casefold() == wanted
    ]
    if len(by_mail) == 1:
        return by_mail[0]
    return named(values["name"])


def _signing_in_as(username: str) -> Person | None:
    """The person with this username, in whatever case it is written."""
    directory = people.directory()
    wanted = username.casefold()
    found = directory.usernames.get(username) or next(
        (each for known, each in directory.usernames.items() if known.casefold() == wanted), None
    )
    return directory.people[found] if found is not None else None


def named(name: str) -> Person | None:
    """The one person with this name. Raises Problems ``person_several`` where there are more."""
    wanted = name.casefold()
    found = [each for each in people.directory().people.values() if each.name.casefold() == wanted]
    if len(found) > 1:
        raise Problems((Problem("/name", "person_several", {"value": name}),))
    return found[0] if found else None


def free_username(name: str) -> str:
    """A username made of the name: letters and digits, pinyin for Chinese."""
    return proposed_key(name, {each.casefold() for each in people.directory().usernames})


def add_inactive(name: str) -> Person:
    """Somebody whom a file names and nobody knows: inactive, so that records can name him."""
    return create_person({"name": name, "username": free_username(name), "active": False})


def _department(name: str) -> int:
    wanted = name.casefold()
    for department in people.directory().departments.values():
        if wanted in (department.name.casefold(), department.key.casefold()):
            return department.pk
    return create_department({"name": name}).pk


def _superior(name: str, department: object) -> int:
    person = _signing_in_as(name) or named(name)
    if person is None:
        person = create_person(
            {
                "name": name,
                "username": free_username(name),
                "active": False,
                **({"department": department} if department is not None else {}),
            }
        )
    return person.pk

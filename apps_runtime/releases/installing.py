"""Installing a release: prepare what does not block, flip in one transaction, follow up."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg2
from django.db import IntegrityError, OperationalError, connection, transaction

from apps_runtime import people
from apps_runtime.models import Application, Person, Release, RoleMember
from apps_runtime.refusals import conflict
from apps_runtime.releases.follow_ups import follow_up, record
from apps_runtime.releases.in_force import (
    Definitions,
    definitions_of,
    keep,
    number_of,
    plan_of,
    stored_text,
)
from apps_runtime.store import ddl
from engines.application import ApplicationPlan, compile_application, table_operations
from engines.forms.compile import schema_name
from engines.forms.operation import Operation
from engines.problems import Problem, Problems, problem

# A flip waits this long for writers, then lets them pass and tries again.
LOCK_TIMEOUT_MS = 1500
FLIP_ATTEMPTS = 6


def install(
    definitions: Definitions,
    *,
    app_key: str,
    person: Person | int | None,
    note: str = "",
    base: int | None = None,
    accept_loss: bool = True,
    restored_from: int | None = None,
) -> Release:
    """Make ``definitions`` the next release of the application and bring its tables into shape.

    ``base`` is the release that the author started from (0: none); another one in force is
    refused with ``release_changed`` (409). Raises Problems where the definitions are not valid or
    the records there are do not fit. When it returns, follow-up steps have been run as far as
    possible; what is left is resumed by the clock.
    """
    person_id = person.pk if isinstance(person, Person) else person
    new_plan = compile_application(app_key, definitions)
    content = stored_text(definitions)
    current = Application.objects.select_related("release").filter(key=app_key).first()
    number = current.release.number if current and current.release else 0
    if base is not None and base != number:
        raise changed(app_key, base)
    if (
        current is not None
        and current.release is not None
        and not current.archived
        and current.release.definitions == content
    ):
        raise conflict("nothing_to_publish", release=number)
    old_plan = plan_of(app_key, number) if number else None
    operations = operations_for(app_key, old_plan, new_plan, release=number + 1)
    if not accept_loss and (losses := [each for each in operations if _loses(each)]):
        raise Problems(
            problem(
                ddl.place(each),
                "loses_data",
                form=each.form,
                field=each.field,
                rows=ddl.affected(each),
            )
            for each in losses
        )
    _prepare(operations)
    release = _flip(
        _Next(app_key, new_plan, content, operations, number, person_id, note, restored_from)
    )
    keep(release.pk, new_plan)
    follow_up(release)
    return release


def restore(app: str, number: int, *, person: Person | int | None, note: str = "") -> Release:
    """Release n+1 with the content of release ``number``; archived columns come back."""
    return install(
        definitions_of(app, number),
        app_key=app,
        person=person,
        note=note,
        restored_from=number,
    )


def operations_for(
    app: str, old: ApplicationPlan | None, new: ApplicationPlan, *, release: int
) -> tuple[Operation, ...]:
    """The table operations from what is installed to ``new``; archived columns come back."""
    return table_operations(old, new, release=release, present=ddl.present(schema_name(app)))


def _loses(operation: Operation) -> bool:
    return operation.loses_data and ddl.affected(operation) > 0


def changed(app: str, base: int) -> Problems:
    """409: the release in force is not ``base``; who published it, where that is known."""
    found = Release.objects.filter(app=app).select_related("created_by").order_by("-number").first()
    number = found.number if found is not None else 0
    by = found.created_by.name if found is not None and found.created_by is not None else ""
    if not by or number < base:
        return conflict("release_other", base=base, release=number)
    return conflict("release_changed", base=base, release=number, person=by)


def _prepare(operations: Iterable[Operation]) -> None:
    """What can be done while people work: dry runs, and indexes that must stand at the flip."""
    problems: list[Problem] = []
    for operation in operations:
        problems.extend(ddl.failing_rows(operation))
    if problems:
        raise Problems(problems)
    for operation in operations:
        try:
            for statement in operation.prepare():
                ddl.run_alone(statement)
        except IntegrityError as error:
            raise ddl.as_problems(error, ddl.place(operation)) from error


@dataclass(frozen=True, slots=True)
class _Next:
    """The release that is to come: ``expected`` is the number that must be in force before."""

    app: str
    plan: ApplicationPlan
    content: str
    operations: tuple[Operation, ...]
    expected: int
    person: int | None
    note: str
    restored_from: int | None


def _flip(coming: _Next) -> Release:
    """The flip, tried again while writers do not let it in."""
    for attempt in range(FLIP_ATTEMPTS):
        try:
            with transaction.atomic():
                return _flip_now(coming)
        except OperationalError as error:
            waited = isinstance(
                error.__cause__,
                psycopg2.errors.LockNotAvailable | psycopg2.errors.DeadlockDetected,
            )
            if not waited or attempt == FLIP_ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)  # writers that queue behind us pass meanwhile
    raise AssertionError("unreachable")


def _flip_now(coming: _Next) -> Release:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS:d}")
        cursor.execute("SELECT mortise.enter_alone(%s)", (coming.app,))
        identity = cursor.fetchone()[0]
    number = 0 if identity is None else number_of(identity)
    if number != coming.expected:
        raise changed(coming.app, coming.expected)
    for operation in coming.operations:
        try:
            for statement in operation.flip():
                ddl.run(statement)
        except IntegrityError as error:
            raise ddl.as_problems(error, ddl.place(operation)) from error
    label = coming.plan.label if isinstance(coming.plan.label, str) else dict(coming.plan.label)
    app, made = Application.objects.get_or_create(
        key=coming.app, defaults={"label": label, "created_by_id": coming.person}
    )
    release = Release.objects.create(
        app=app,
        number=number + 1,
        definitions=coming.content,
        note=coming.note,
        restored_from=coming.restored_from,
        created_by_id=coming.person,
    )
    app.release = release
    app.label = label
    app.icon = coming.plan.icon or ""
    app.archived = False
    app.save(update_fields=["release", "label", "icon", "archived"])
    record(release, coming.operations)
    if made and coming.person is not None:
        RoleMember.objects.get_or_create(
            app=coming.app, role="administrator", kind="person", member=str(coming.person)
        )
    people.bump_stamp()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")
    return release

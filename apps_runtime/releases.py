"""Installs applications: prepare, flip, follow up; and the plans of what is installed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import RLock

import psycopg2
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from apps_runtime import people
from apps_runtime.models import Application, FollowUp, Person, Release, RoleMember
from apps_runtime.refusals import conflict, not_found
from apps_runtime.store import ddl
from engines.application import ApplicationPlan, compile_application, table_operations
from engines.definitions import write
from engines.forms.compile import schema_name
from engines.forms.operation import Operation
from engines.problems import Problem, Problems, problem
from engines.values import JsonValue, read_json

logger = logging.getLogger(__name__)

Definitions = Mapping[tuple[str, str], JsonValue]

# A flip waits this long for writers, then lets them pass and tries again.
LOCK_TIMEOUT_MS = 1500
FLIP_ATTEMPTS = 6
FOLLOW_UP_ATTEMPTS = 5
PLANS_KEPT = 40


@dataclass(frozen=True, slots=True)
class Installed:
    """An application in force: its plan and the number of its release."""

    app: str
    release: int
    plan: ApplicationPlan


# Plans by the release's id: a number that was given and rolled back comes again, an id never does.
_plans: dict[int, ApplicationPlan] = {}
_in_force: tuple[int, Mapping[str, tuple[int, int]]] = (-1, {})  # stamp, app → number and id
_ids: tuple[int, dict[tuple[str, int], int]] = (-1, {})  # stamp, (app, number) → id
_numbers: dict[int, int] = {}  # id → number
_lock = RLock()


def stored_text(definitions: Definitions) -> str:
    """A release's content as it is stored: a JSON list of canonical bodies."""
    return "[" + ",".join(write(body) for body in definitions.values()) + "]"


def definitions_of(app: str, number: int) -> dict[tuple[str, str], JsonValue]:
    """The definitions of a release, by (kind, key), in the author's order."""
    content = (
        Release.objects.filter(app=app, number=number).values_list("definitions", flat=True).first()
    )
    if content is None:
        raise not_found()
    return _read(content)


def _read(content: str) -> dict[tuple[str, str], JsonValue]:
    bodies = read_json(content)
    return {(body["kind"], body["key"]): body for body in bodies}  # type: ignore[union-attr,index,misc,call-overload]


def numbers() -> Mapping[str, int]:
    """The release in force of every application, as of the stamp."""
    return {app: number for app, (number, _) in _current().items()}


def _current() -> Mapping[str, tuple[int, int]]:
    global _in_force
    stamp = people.stamp()
    known = _in_force
    if known[0] != stamp:
        found = Application.objects.filter(archived=False, release__isnull=False)
        rows = found.values_list("key", "release__number", "release_id")
        known = (stamp, {key: (number, identity) for key, number, identity in rows})
        _in_force = known
    return known[1]


def installed(app: str) -> Installed | None:
    """The application as it is in force, or None."""
    found = _current().get(app)
    return None if found is None else Installed(app, found[0], _plan(app, found[1]))


def plan(app: str) -> ApplicationPlan:
    """The plan in force; 404 where there is no such application."""
    found = installed(app)
    if found is None:
        raise not_found()
    return found.plan


def plan_of(app: str, number: int) -> ApplicationPlan:
    """The plan of one release; compiled once per process. 404 where there is no such release."""
    global _ids
    stamp = people.stamp()
    known = _ids
    if known[0] != stamp:
        known = _ids = (stamp, {})
    identity = known[1].get((app, number))
    if identity is None:
        found = Release.objects.filter(app=app, number=number).values_list("pk", flat=True).first()
        if found is None:
            raise not_found()
        identity = known[1][app, number] = found
    return _plan(app, identity)


def _plan(app: str, identity: int) -> ApplicationPlan:
    found = _plans.get(identity)
    if found is not None:
        return found
    with _lock:
        found = _plans.get(identity)
        if found is None:
            content = Release.objects.values_list("definitions", flat=True).get(pk=identity)
            found = compile_application(app, _read(content))
            _keep(identity, found)
    return found


def _keep(identity: int, plan: ApplicationPlan) -> None:
    with _lock:
        while len(_plans) >= PLANS_KEPT:
            del _plans[next(iter(_plans))]
        _plans[identity] = plan


def enter(app: str) -> Installed:
    """Share the application until the transaction ends: no release is flipped meanwhile.

    Must be called in a transaction, before records are written. Answers with the release in force
    at this moment, however old the caller's reading of the stamp is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT mortise.enter(%s)", (app,))
        identity = cursor.fetchone()[0]
    if identity is None:
        raise not_found()
    return Installed(app, _number(identity), _plan(app, identity))


def _number(identity: int) -> int:
    found = _numbers.get(identity)
    if found is None:
        found = Release.objects.values_list("number", flat=True).get(pk=identity)
        _numbers[identity] = found
    return found


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
        app_key,
        new_plan,
        content,
        operations,
        expected=number,
        person_id=person_id,
        note=note,
        restored_from=restored_from,
    )
    _keep(release.pk, new_plan)
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


def _flip(
    app_key: str,
    new_plan: ApplicationPlan,
    content: str,
    operations: tuple[Operation, ...],
    *,
    expected: int,
    person_id: int | None,
    note: str,
    restored_from: int | None,
) -> Release:
    for attempt in range(FLIP_ATTEMPTS):
        try:
            with transaction.atomic():
                return _flip_now(
                    app_key,
                    new_plan,
                    content,
                    operations,
                    expected=expected,
                    person_id=person_id,
                    note=note,
                    restored_from=restored_from,
                )
        except OperationalError as error:
            waited = isinstance(
                error.__cause__,
                psycopg2.errors.LockNotAvailable | psycopg2.errors.DeadlockDetected,
            )
            if not waited or attempt == FLIP_ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)  # writers that queue behind us pass meanwhile
    raise AssertionError("unreachable")


def _flip_now(
    app_key: str,
    new_plan: ApplicationPlan,
    content: str,
    operations: tuple[Operation, ...],
    *,
    expected: int,
    person_id: int | None,
    note: str,
    restored_from: int | None,
) -> Release:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS:d}")
        cursor.execute("SELECT mortise.enter_alone(%s)", (app_key,))
        identity = cursor.fetchone()[0]
    number = 0 if identity is None else _number(identity)
    if number != expected:
        raise changed(app_key, expected)
    for operation in operations:
        try:
            for statement in operation.flip():
                ddl.run(statement)
        except IntegrityError as error:
            raise ddl.as_problems(error, ddl.place(operation)) from error
    label = new_plan.label if isinstance(new_plan.label, str) else dict(new_plan.label)
    app, made = Application.objects.get_or_create(
        key=app_key, defaults={"label": label, "created_by_id": person_id}
    )
    release = Release.objects.create(
        app=app,
        number=number + 1,
        definitions=content,
        note=note,
        restored_from=restored_from,
        created_by_id=person_id,
    )
    app.release = release
    app.label = label
    app.icon = new_plan.icon or ""
    app.archived = False
    app.save(update_fields=["release", "label", "icon", "archived"])
    FollowUp.objects.bulk_create(
        FollowUp(release=release, position=position, operation=name, sql=sql, repeat=repeat)
        for position, (name, sql, repeat) in enumerate(_follow_up_steps(operations))
    )
    if made and person_id is not None:
        RoleMember.objects.get_or_create(
            app=app_key, role="administrator", kind="person", member=str(person_id)
        )
    people.bump_stamp()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")
    return release


def _follow_up_steps(operations: Iterable[Operation]) -> Iterable[tuple[str, str, bool]]:
    for operation in operations:
        for statement in operation.follow_up():
            yield type(operation).__name__, ddl.literal(statement), ddl.is_batched(statement)


def follow_up(release: Release) -> bool:
    """Run the open steps of a release in order; True when none is left.

    One process at a time: a session lock keeps others out, a killed one loses it. A step that
    fails stays open, with its error, and those after it wait for the next sweep.
    """
    if not FollowUp.objects.filter(release=release).exclude(state="done").exists():
        return True
    with ddl.alone(f"mortise.follow_up.{release.pk}") as mine:
        if not mine:
            return False
        for step in (
            FollowUp.objects.filter(release=release).exclude(state="done").order_by("position")
        ):
            step.attempts += 1
            try:
                ddl.run_step(step.sql, repeat=step.repeat)
            except DatabaseError as error:
                logger.warning("follow-up %s of %s: %s", step.position, release, error)
                step.error = str(error)[:2000]
                step.state = "failed" if step.attempts >= FOLLOW_UP_ATTEMPTS else "pending"
                step.save(update_fields=["attempts", "error", "state"])
                return False
            step.state, step.error = "done", ""
            step.save(update_fields=["attempts", "error", "state"])
    return True


def resume_follow_ups() -> int:
    """For the clock: run what a stopped process left behind; how many releases are done now."""
    waiting = Release.objects.filter(follow_ups__state="pending").distinct().order_by("pk")
    return sum(follow_up(release) for release in waiting)


def open_follow_ups(app: str) -> list[dict[str, object]]:
    """The steps of an application that are not done, for operators."""
    steps = FollowUp.objects.filter(release__app=app).exclude(state="done")
    found = steps.order_by("release__number", "position").values(
        "release__number", "position", "operation", "state", "attempts", "error"
    )
    return [dict(step) for step in found]

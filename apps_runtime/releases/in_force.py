"""Which release of each application is in force, and its plan, compiled once per process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any

from django.db import connection

from apps_runtime import people
from apps_runtime.models import Application, Release
from apps_runtime.refusals import not_found
from engines.application import ApplicationPlan, compile_application
from engines.definitions import write
from engines.values import JsonValue, read_json

Definitions = Mapping[tuple[str, str], JsonValue]

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
    bodies: Any = read_json(content)
    return {(body["kind"], body["key"]): body for body in bodies}


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
            keep(identity, found)
    return found


def keep(identity: int, plan: ApplicationPlan) -> None:
    """Have the plan of a release at hand; the oldest one kept goes."""
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
    return Installed(app, number_of(identity), _plan(app, identity))


def number_of(identity: int) -> int:
    """The number of the release with this id."""
    found = _numbers.get(identity)
    if found is None:
        found = Release.objects.values_list("number", flat=True).get(pk=identity)
        _numbers[identity] = found
    return found

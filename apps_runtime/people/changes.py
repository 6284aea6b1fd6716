"""Adds and changes people; every change takes effect for everybody at once, through the stamp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from apps_runtime.models import Department, Person
from apps_runtime.models.person import SYSTEM_ROLES
from apps_runtime.people.passwords import problems_of, temporary_password
from apps_runtime.people.stamp import bump_stamp
from engines.problems import Problem, Problems, has_errors, problem, refuse
from engines.texts import LANGUAGES
from engines.values import storable

TEXTS = {"username": 150, "name": 150, "email": 254}
FIELDS = frozenset(
    {
        *TEXTS,
        "department",
        "superior",
        "positions",
        "system_roles",
        "language",
        "active",
        "password",
        "must_change_password",
    }
)


@transaction.atomic
def create_person(body: Mapping[str, Any]) -> Person:
    """A new person from what an administrator sent; raises Problems with every mistake in it.

    ``username`` is required, ``name`` defaults to it. Without a password nobody can sign in as
    the person until one is given.
    """
    person = Person(username="", name="")
    problems = [*_unknown(body)]
    if "username" not in body:
        problems.append(problem("/username", "value_required"))
    problems += _take(person, body)
    if not person.name:
        person.name = person.username
    problems += _take_password(person, body)
    if not person.password:
        person.set_unusable_password()
    _stop(problems)
    person.save()
    bump_stamp()
    return person


@transaction.atomic
def change_person(person_id: int, body: Mapping[str, Any]) -> Person:
    """The person with the changes; raises Problems, or Person.DoesNotExist."""
    person = Person.objects.select_for_update().get(id=person_id)
    was_active = person.active
    was_administrator = was_active and "platform_administrator" in person.system_roles
    problems = [*_unknown(body), *_take(person, body), *_take_password(person, body)]
    if not person.name:
        problems.append(problem("/name", "value_required"))
    _stop(problems)
    if was_administrator and not (
        person.active and "platform_administrator" in person.system_roles
    ):
        _keep_one_administrator(person)
    if was_active and not person.active:
        person.session_round += 1  # whoever comes back some day signs in anew
    person.save()
    bump_stamp()
    return person


@transaction.atomic
def give_temporary_password(person_id: int) -> str:
    """A new password to be told once; the person must change it after signing in."""
    person = Person.objects.select_for_update().get(id=person_id)
    password = temporary_password()
    person.set_password(password)
    person.must_change = True
    person.save(update_fields=["password", "must_change"])
    bump_stamp()
    return password


@transaction.atomic
def change_own(person_id: int, body: Mapping[str, Any]) -> Person:
    """What people may change about themselves: ``language``; ``password`` with ``old_password``."""
    person = Person.objects.select_for_update().get(id=person_id)
    allowed = {"language", "password", "old_password"}
    problems = [problem(f"/{key}", "no_such_property") for key in body if key not in allowed]
    problems += _take(person, {key: body[key] for key in ("language",) if key in body})
    if "password" in body:
        old = body.get("old_password")
        if not isinstance(old, str) or not person.check_password(old):
            problems.append(problem("/old_password", "wrong_password"))
        elif old == body["password"]:
            problems.append(problem("/password", "same_password"))
        else:
            problems += _take_password(person, {"password": body["password"]})
            person.must_change = False
    _stop(problems)
    person.save()
    bump_stamp()
    return person


def _stop(problems: list[Problem]) -> None:
    if has_errors(problems):
        raise Problems(problems)


def _unknown(body: Mapping[str, Any]) -> list[Problem]:
    return [problem(f"/{key}", "no_such_property") for key in body if key not in FIELDS]


def _take(person: Person, body: Mapping[str, Any]) -> list[Problem]:
    """Put the sent properties on the person; what is wrong stays off and is returned."""
    problems: list[Problem] = []
    for key, limit in TEXTS.items():
        if key in body:
            _take_text(person, key, body[key], limit, problems)
    if "username" in body and person.username:
        taken = Person.objects.filter(username__iexact=person.username).exclude(id=person.id)
        if any(letter.isspace() for letter in person.username):
            problems.append(problem("/username", "username_has_blanks"))
        elif taken.exists():
            problems.append(problem("/username", "username_taken", username=person.username))
    if person.email and "email" in body:
        try:
            validate_email(person.email)
        except ValidationError:
            problems.append(problem("/email", "email_expected"))
    if "department" in body:
        _take_department(person, body["department"], problems)
    if "superior" in body:
        _take_superior(person, body["superior"], problems)
    if "positions" in body:
        person.positions = _names(body["positions"], "/positions", problems)
    if "system_roles" in body:
        person.system_roles = _names(body["system_roles"], "/system_roles", problems)
        problems += [
            problem(f"/system_roles/{index}", "no_such_system_role", role=role)
            for index, role in enumerate(person.system_roles)
            if role not in SYSTEM_ROLES
        ]
    if "language" in body:
        if body["language"] in (*LANGUAGES, ""):
            person.language = body["language"]
        else:
            problems.append(problem("/language", "language_not_offered"))
    for key, attribute in (("active", "active"), ("must_change_password", "must_change")):
        if key in body:
            if isinstance(body[key], bool):
                setattr(person, attribute, body[key])
            else:
                problems.append(problem(f"/{key}", "boolean_expected"))
    return problems


def _take_text(
    person: Person, key: str, value: object, limit: int, problems: list[Problem]
) -> None:
    path = f"/{key}"
    if value is None and key == "email":
        value = ""
    if not isinstance(value, str):
        problems.append(problem(path, "text_expected"))
        return
    text = value.strip()
    if len(text) > limit:
        problems.append(problem(path, "too_many_characters", limit=limit))
    elif not storable(text) or not text.isprintable():
        problems.append(problem(path, "not_printable"))
    elif not text and key == "username":
        problems.append(problem(path, "value_required"))
    else:
        setattr(person, key, text)


def _take_department(person: Person, value: object, problems: list[Problem]) -> None:
    if value is None:
        person.department = None
        return
    found = find_department(value)
    if found is None:
        problems.append(problem("/department", "department_unknown", department=value))
    else:
        person.department = found


def _take_superior(person: Person, value: object, problems: list[Problem]) -> None:
    if value is None:
        person.superior = None
        return
    superior = find_person(value)
    if superior is None:
        problems.append(problem("/superior", "person_unknown", person=value))
        return
    above: Person | None = superior
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if person.id is not None and above.id == person.id:
            itself = above is superior
            problems.append(
                problem("/superior", "superior_is_self", value=person.name)
                if itself
                else problem("/superior", "superior_cycle", person=superior.name)
            )
            return
        seen.add(above.id)
        above = above.superior
    person.superior = superior


def _names(value: object, path: str, problems: list[Problem]) -> list[str]:
    if not isinstance(value, list) or not all(
        isinstance(each, str) and 0 < len(each) <= 100 and storable(each) for each in value
    ):
        problems.append(problem(path, "texts_expected"))
        return []
    return list(dict.fromkeys(value))


def _take_password(person: Person, body: Mapping[str, Any]) -> list[Problem]:
    password = body.get("password")
    if password is None:
        return []
    problems = list(problems_of(password, person))
    if not problems:
        person.set_password(password)
    return problems


def _keep_one_administrator(person: Person) -> None:
    # Locked, so that two administrators who remove each other at once do not both succeed.
    others = list(
        Person.objects.select_for_update()
        .filter(active=True, system_roles__contains=["platform_administrator"])
        .exclude(id=person.id)
        .order_by("id")
    )
    if not others:
        raise refuse("", "last_administrator")


def find_department(value: object) -> Department | None:
    """The department named by id or key."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and 0 < value < 2**63:
        return Department.objects.filter(id=value).first()
    if isinstance(value, str) and storable(value):
        return Department.objects.filter(key=value).first()
    return None


def find_person(value: object) -> Person | None:
    """The person named by id or username."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and 0 < value < 2**63:
        return Person.objects.filter(id=value).first()
    if isinstance(value, str) and storable(value):
        return Person.objects.filter(username__iexact=value).first()
    return None

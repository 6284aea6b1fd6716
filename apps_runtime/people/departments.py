"""Adds, changes and removes departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps_runtime.models import Department, RoleMember
from apps_runtime.people.changes import find_department, find_person
from apps_runtime.people.stamp import bump_stamp
from engines.definitions.keys import key_problem, proposed_key
from engines.problems import Problem, Problems, has_errors, problem, refuse
from engines.values import storable

FIELDS = frozenset({"name", "key", "parent", "head"})
NAME_LENGTH = 150


@transaction.atomic
def create_department(body: Mapping[str, Any]) -> Department:
    """A new department; its key is proposed from the name where none is sent."""
    department = Department(key="", name="")
    problems = _take(department, body)
    _require_name(department, problems)
    taken = set(Department.objects.values_list("key", flat=True))
    if "key" not in body:
        department.key = proposed_key(department.name, taken)
    elif department.key in taken:
        problems.append(problem("/key", "key_taken", key=department.key))
    _stop(problems)
    department.save()
    bump_stamp()
    return department


@transaction.atomic
def change_department(department_id: int, body: Mapping[str, Any]) -> Department:
    """The department with the changes; its key stays. Raises Problems or DoesNotExist."""
    department = Department.objects.select_for_update().get(id=department_id)
    key = department.key
    problems = _take(department, {name: each for name, each in body.items() if name != "key"})
    if body.get("key", key) != key:
        problems.append(problem("/key", "key_is_fixed", key=key))
    _require_name(department, problems)
    _stop(problems)
    department.save()
    bump_stamp()
    return department


@transaction.atomic
def delete_department(department_id: int) -> None:
    """Remove an empty department; raises Problems while people or departments are in it."""
    department = Department.objects.select_for_update().get(id=department_id)
    people = department.people.count()
    children = department.children.count()
    if people or children:
        raise refuse("", "department_not_empty", people=people, departments=children)
    RoleMember.objects.filter(kind="department", member=str(department.id)).delete()
    department.delete()
    bump_stamp()


def _stop(problems: list[Problem]) -> None:
    if has_errors(problems):
        raise Problems(problems)


def _require_name(department: Department, problems: list[Problem]) -> None:
    if not department.name and not any(each.path == "/name" for each in problems):
        problems.append(problem("/name", "value_required"))


def _take(department: Department, body: Mapping[str, Any]) -> list[Problem]:
    problems = [problem(f"/{key}", "no_such_property") for key in body if key not in FIELDS]
    for key in ("name", "key"):
        if key not in body:
            continue
        value, path = body[key], f"/{key}"
        if not isinstance(value, str):
            problems.append(problem(path, "text_expected"))
        elif len(value.strip()) > NAME_LENGTH:
            problems.append(problem(path, "too_many_characters", limit=NAME_LENGTH))
        elif not storable(value) or not value.isprintable():
            problems.append(problem(path, "not_printable"))
        elif key == "key" and (wrong := key_problem(value, path)) is not None:
            problems.append(wrong)
        else:
            setattr(department, key, value.strip())
    if "parent" in body:
        _take_parent(department, body["parent"], problems)
    if "head" in body:
        head = None if body["head"] is None else find_person(body["head"])
        if head is None and body["head"] is not None:
            problems.append(problem("/head", "person_unknown", person=body["head"]))
        else:
            department.head = head
    return problems


def _take_parent(department: Department, value: object, problems: list[Problem]) -> None:
    parent = None if value is None else find_department(value)
    if parent is None and value is not None:
        problems.append(problem("/parent", "department_unknown", department=value))
        return
    above = parent
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if department.id is not None and above.id == department.id:
            problems.append(problem("/parent", "department_cycle"))
            return
        seen.add(above.id)
        above = above.parent
    department.parent = parent

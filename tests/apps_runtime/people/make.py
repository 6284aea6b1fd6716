"""Makes people and departments for tests, and signs them in."""

from typing import Any

from django.test import Client

from apps_runtime import people
from apps_runtime.models import Department, Person

PASSWORD = "Correct-Horse-7"


def person(username: str, **fields: Any) -> Person:
    """A person who can sign in with ``PASSWORD``."""
    made = Person.objects.create_user(username, PASSWORD, **fields)
    people.bump_stamp()
    return made


def administrator(username: str = "root") -> Person:
    """A platform administrator."""
    return person(username, system_roles=["platform_administrator"])


def department(key: str, **fields: Any) -> Department:
    """A department named like its key."""
    made = Department.objects.create(key=key, **{"name": key.title(), **fields})
    people.bump_stamp()
    return made


def signed_in(who: Person, **options: Any) -> Client:
    """A browser in which the person has signed in; it sends the CSRF token by itself."""
    client = Client(**options)
    answer = client.post(
        "/api/session",
        {"username": who.username, "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    return client


def codes(answer: Any) -> dict[str, str]:
    """Problem codes of an answer by path."""
    return {each["path"]: each["code"] for each in answer.json()["problems"]}

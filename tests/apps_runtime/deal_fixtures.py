"""The application of ``deals`` installed, people with superiors, and clients signed in as them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps_runtime import releases
from apps_runtime.models import Person
from apps_runtime.people import bump_stamp
from apps_runtime.people.role_members import set_role_members
from tests.apps_runtime.deals import ACCOUNT, APP, APPLICATION, DEAL, ROLE


@pytest.fixture
def installed(transactional_db: None) -> Callable[..., None]:
    """Install the application, with more definitions where a test gives some; roles are given."""

    def install(*more: dict[str, Any]) -> None:
        bodies = (APPLICATION, ACCOUNT, DEAL, ROLE, *more)
        releases.install(
            {(body["kind"], body["key"]): body for body in bodies}, app_key=APP, person=None
        )
        everybody = list(Person.objects.values_list("pk", flat=True))
        set_role_members(APP, "sales", {"people": everybody})
        bump_stamp()

    return install


@pytest.fixture
def people(transactional_db: None) -> dict[str, Person]:
    """A manager, two agents who report to her, and an administrator."""
    boss = Person.objects.create_user("boss", "secret-1234", name="王芳")
    found = {
        "boss": boss,
        "anna": Person.objects.create_user("anna", "secret-1234", name="张三", superior=boss),
        "ben": Person.objects.create_user("ben", "secret-1234", name="李四", superior=boss),
    }
    bump_stamp()
    return found


@pytest.fixture
def client_of(people: dict[str, Person]) -> Callable[[str], Client]:
    """A client signed in as one of the people."""

    def sign_in(username: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(people[username])
        return client

    return sign_in

"""The sales application, its people and signed-in clients, for tests of the runtime."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from apps_runtime import people, releases
from apps_runtime.models import Department, Person, RoleMember
from tests.apps_runtime.sales import APP, definitions


@dataclass
class Staff:
    """Who works in the test's company: `boss` is the superior of `ann`; `bob` is elsewhere."""

    admin: Person
    boss: Person
    ann: Person
    bob: Person
    auditor: Person


@dataclass
class Api:
    """A signed-in client that speaks JSON."""

    client: Client
    person: Person | None = None

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, query, headers={"accept-language": "en"})

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.generic(
            method,
            path,
            data=b"" if body is None else _json(body),
            content_type="application/json",
            headers={"accept-language": "en", **headers},
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any) -> Any:
        return self.send("PATCH", path, body)

    def delete(self, path: str, body: Any = None) -> Any:
        return self.send("DELETE", path, body)


def _json(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def staff() -> Staff:
    """People, a department, and who has which role of the sales application."""
    sales = Department.objects.create(key="sales", name="销售部")
    admin = Person.objects.create_user("admin", name="管理员")
    boss = Person.objects.create_user("boss", name="王主管", department=sales)
    ann = Person.objects.create_user("ann", name="安", department=sales, superior=boss)
    bob = Person.objects.create_user("bob", name="波", department=sales)
    auditor = Person.objects.create_user("auditor", name="稽核")
    for person, role in (
        (boss, "sales"),
        (ann, "sales"),
        (bob, "sales"),
        (auditor, "audit"),
    ):
        RoleMember.objects.create(app=APP, role=role, kind="person", member=str(person.pk))
    people.bump_stamp()
    return Staff(admin, boss, ann, bob, auditor)


@pytest.fixture
def sales(staff: Staff) -> Staff:
    """The sales application, installed by `admin`."""
    releases.install(definitions(), app_key=APP, person=staff.admin)
    return staff


@pytest.fixture
def as_person() -> Callable[[Person | None], Api]:
    """A client of its own for each person."""

    def signed_in(person: Person | None) -> Api:
        client = Client()
        if person is not None:
            client.force_login(person)
        return Api(client, person)

    return signed_in

"""One running installation for all acceptance tests, and the people and applications they need."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from tests.acceptance import definitions
from tests.acceptance.client import Client, Json
from tests.support.stack import Stack, new_stack, running_stack

PASSWORD = "dovetail-and-peg-41"
numbers = count(1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process, on one stack; what waits for the next minute comes last."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("stack"))
    items.sort(key=lambda item: "ticking" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A fresh installation; `ACCEPTANCE_STACK` names the description of a running one."""
    described = os.environ.get("ACCEPTANCE_STACK")
    if described:
        found = json.loads(Path(described).read_text())
        running = new_stack()
        running.home.rmdir()
        running.home, running.port = Path(found["home"]), found["port"]
        yield running
        return
    with running_stack(demo=False) as started:
        yield started


@pytest.fixture(scope="session")
def admin(stack: Stack) -> Client:
    """The platform administrator, in a browser."""
    client = Client(stack.port)
    assert client.sign_in(stack.admin_username, stack.admin_password).status == 200
    return client


def unique(prefix: str) -> str:
    """A key that no other test uses, also not in an installation that ran before."""
    return f"{prefix}_{os.getpid()}_{next(numbers)}"


@dataclass(slots=True)
class People:
    """Makes people who can sign in."""

    admin: Client
    made: dict[str, Json] = field(default_factory=dict)

    def add(self, name: str = "p", **properties: Json) -> tuple[Json, Client]:
        """A person and his browser."""
        username = unique(name)
        person = self.admin.post(
            "/api/people",
            {"username": username, "name": name, "password": PASSWORD, **properties},
        )
        client = Client(self.admin.port)
        answer = client.sign_in(username, PASSWORD)
        assert answer.status == 200, answer.content
        return person, client


@pytest.fixture(scope="session")
def people(admin: Client) -> People:
    return People(admin)


@dataclass(frozen=True, slots=True)
class App:
    """An application and its creator's browser."""

    key: str
    admin: Client

    @property
    def at(self) -> str:
        return f"/api/apps/{self.key}"

    @property
    def design(self) -> str:
        return f"/api/builder/applications/{self.key}"

    def records(self, form: str) -> str:
        return f"{self.at}/records/{form}"

    def put(self, definition: Json) -> Json:
        """Draft a definition, whatever version it has."""
        address = f"{self.design}/definitions/{definition['kind']}/{definition['key']}"
        there = self.admin.call("GET", address)
        headers = {"If_Match": there.headers["etag"]} if there.status == 200 else {}
        return self.admin.put(address, definition, **headers)

    def publish(self, **body: Json) -> Json:
        """The next release."""
        return self.admin.post(f"{self.design}/publish", body)

    def create(self, form: str, client: Client | None = None, **values: Json) -> Json:
        """A record."""
        return (client or self.admin).post(self.records(form), values)

    def members(self, role: str, *people: Json) -> None:
        """Give a role to people."""
        self.admin.put(
            f"{self.at}/roles/{role}/members", {"people": [each["id"] for each in people]}
        )


Designing = Callable[..., App]


@pytest.fixture(scope="session")
def designed(admin: Client) -> Designing:
    """Makes, drafts and publishes an application of definitions."""

    def made(*bodies: Json, key: str | None = None, publish: bool = True, **more: Json) -> App:
        app = App(key or unique("app"), admin)
        admin.post("/api/builder/applications", {"key": app.key, "label": "CRM"})
        for body in bodies:
            app.put(body)
        app.put(definitions.application(app.key, **more))
        if publish:
            app.publish()
        return app

    return made


@pytest.fixture(scope="session")
def region(admin: Client) -> Json:
    """The department that the rule of the design names."""
    found = admin.get("/api/departments")["departments"]
    for each in found:
        if each["key"] == "region":
            return each
    return admin.post("/api/departments", {"name": "Region", "key": "region"})


@pytest.fixture(scope="session")
def crm(designed: Designing, region: Json) -> App:
    """The examples of the design, published; tests may add records, not change definitions."""
    return designed(*definitions.CRM, navigation=definitions.NAVIGATION)


@pytest.fixture(scope="session")
def ticking(designed: Designing) -> tuple[App, Json]:
    """A record that a rule touches at the next full minute."""
    app = designed(
        definitions.form("note", {"name": {"type": "text", "label": "Name"}}),
        {
            "kind": "rule",
            "key": "tick",
            "format": 1,
            "label": "Tick",
            "form": "note",
            "on": {"event": "schedule", "cron": "* * * * *"},
            "when": "ISEMPTY(name)",
            "do": [{"action": "set", "values": {"name": "'tick'"}}],
        },
    )
    return app, app.create("note")


@pytest.fixture(scope="session", autouse=True)
def _ticks_from_the_start(request: pytest.FixtureRequest) -> None:
    """Where the clock is tested, its minute runs while the other tests do."""
    if any("ticking" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("ticking")

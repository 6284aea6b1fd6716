"""Colleagues in the packaged sales application, each of one test, and pages signed in as them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.support.browser import types
from tests.support.stack import Stack

APP = "crm"
PASSWORD = "joinery-without-nails-8"
PATIENCE = 20_000  # milliseconds: what the server and the worker may take on a busy machine

_numbers = itertools.count(1)


@dataclass(slots=True)
class Colleague:
    """Somebody with a role in the application, a page signed in as him, and his API."""

    id: int
    name: str
    page: Page
    headers: dict[str, str] = field(repr=False)

    def get(self, path: str) -> Any:
        """JSON of the interface, asked with this person's session."""
        answer = self.page.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def create(self, form: str, **values: object) -> dict[str, Any]:
        """A record that a test begins with."""
        path = f"/api/apps/{APP}/records/{form}"
        answer = self.page.context.request.post(path, data=values, headers=self.headers)
        assert answer.ok, answer.text()
        made: dict[str, Any] = answer.json()
        return made

    def record(self, form: str, record: int) -> dict[str, Any]:
        """The record as it is now."""
        found: dict[str, Any] = self.get(f"/api/apps/{APP}/records/{form}/{record}")
        return found


@dataclass(slots=True)
class Company:
    """Makes colleagues in the installation with the sample data."""

    stack: Stack
    new_page: NewPage
    _admin: Colleague | None = None

    def admin(self, **how: object) -> Colleague:
        """The administrator, on a page of his own."""
        return self._signed_in(self.stack.admin_username, self.stack.admin_password, **how)

    def colleague(
        self, name: str, role: str = "sales", superior: Colleague | None = None, **how: object
    ) -> Colleague:
        """A new colleague, with a name that no other test uses; ``how`` is for the page."""
        root = self._root()
        username = f"person{next(_numbers)}x{self.stack.port}"
        made = self._post(
            "/api/people",
            {
                "username": username,
                "name": name,
                "password": PASSWORD,
                "active": True,
                **({"superior": superior.id} if superior else {}),
            },
        )
        path = f"/api/apps/{APP}/roles/{role}/members"
        members = root.get(path)
        body = {kind: _ids(members.get(kind, ())) for kind in ("people", "departments")}
        body["people"].append(made["id"])
        body["positions"] = list(members.get("positions", ()))
        answer = root.page.context.request.put(path, data=body, headers=root.headers)
        assert answer.ok, answer.text()
        return self._signed_in(username, PASSWORD, **how)

    def _root(self) -> Colleague:
        if self._admin is None:
            self._admin = self.admin()
        return self._admin

    def _post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        root = self._root()
        answer = root.page.context.request.post(path, data=body, headers=root.headers)
        assert answer.ok, answer.text()
        made: dict[str, Any] = answer.json()
        return made

    def _signed_in(self, username: str, password: str, **how: object) -> Colleague:
        page = self.new_page(base_url=self.stack.url, **how)
        credentials = {"username": username, "password": password}
        answer = page.context.request.post("/api/session", data=credentials)
        assert answer.ok, answer.text()
        session = answer.json()
        page.set_default_timeout(PATIENCE)
        return Colleague(
            session["person"]["id"],
            session["person"]["name"],
            page,
            {"X-CSRFToken": session["csrf"], "Referer": self.stack.url},
        )


def _ids(members: Iterable[Any]) -> list[int]:
    return [each["id"] if isinstance(each, dict) else each for each in members]


def toast(page: Page) -> Locator:
    """The messages at the foot of the page."""
    return page.locator(".toasts")


def picks(page: Page, control: Locator, search: str) -> None:
    """Choose from a list that the server searches, by typing and Enter."""
    control.click()
    types(page, search)
    option = page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(
        has_text=search
    )
    expect(option.first).to_be_visible(timeout=PATIENCE)
    option.first.click()

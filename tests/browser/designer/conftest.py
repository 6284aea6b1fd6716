"""An application of a test's own, published and with records, and administrators at the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.person import Person
from tests.support.stack import Stack

PATIENCE = 20_000  # milliseconds
BUILDER = "/api/builder/applications"
FIELDS: dict[str, Any] = {
    "name": {"type": "text", "label": "名称", "required": True},
    "amount": {"type": "money", "label": "金额"},
    "stage": {
        "type": "choice",
        "label": "阶段",
        "options": [{"value": "open", "label": "进行中"}, {"value": "won", "label": "赢单"}],
    },
    "owner": {"type": "person", "label": "负责人"},
}
RECORDS = (
    {"name": "华东精工", "amount": "800", "stage": "open"},
    {"name": "南方重工", "amount": "9000", "stage": "won"},
)


@dataclass(slots=True)
class Studio:
    """An application `app` with the form `deal`, and what opens more tabs on it."""

    stack: Stack
    app: str
    request: APIRequestContext
    headers: dict[str, str]
    new_page: NewPage

    def opens(self, path: str = "", **how: Any) -> Person:
        """An administrator in a tab of his own, at a place of the designer."""
        page = self.new_page(base_url=self.stack.url, **how)
        sign_in(page.context.request, self.stack)
        page.set_default_timeout(PATIENCE)
        page.goto(f"/design/{self.app}{path}")
        return Person(page, self.stack.url)

    def definition(self, kind: str, key: str) -> Any:
        """What the draft has."""
        return self.request.get(f"{BUILDER}/{self.app}/definitions/{kind}/{key}").json()

    def puts(self, body: dict[str, Any]) -> None:
        """Write a definition as another program would."""
        path = f"{BUILDER}/{self.app}/definitions/{body['kind']}/{body['key']}"
        now = self.request.get(path)
        headers = {**self.headers, **({"If-Match": now.headers["etag"]} if now.ok else {})}
        answer = self.request.put(path, data=body, headers=headers)
        assert answer.ok, answer.text()

    def publishes(self) -> int:
        """Publish without the screen; the number of the release."""
        path = f"{BUILDER}/{self.app}"
        release = self.request.get(path).json()["release"] or 0
        answer = self.request.post(
            f"{path}/publish", data={}, headers={**self.headers, "If-Match": str(release)}
        )
        assert answer.ok, answer.text()
        return int(answer.json()["release"])

    def creates(self, **values: Any) -> int:
        """Enter a deal."""
        answer = self.request.post(
            f"/api/apps/{self.app}/records/deal", data=values, headers=self.headers
        )
        assert answer.ok, answer.text()
        return int(answer.json()["id"])


def sign_in(request: APIRequestContext, stack: Stack) -> dict[str, str]:
    """Sign in; the headers with which this context may change something."""
    credentials = {"username": stack.admin_username, "password": stack.admin_password}
    answer = request.post("/api/session", data=credentials)
    assert answer.ok, answer.text()
    return {"X-CSRFToken": answer.json()["csrf"], "Referer": stack.url}


@pytest.fixture
def studio(demo_stack: Stack, new_page: NewPage) -> Iterator[Studio]:
    """A published application with two records."""
    request = new_page(base_url=demo_stack.url).context.request
    headers = sign_in(request, demo_stack)
    made = request.post(BUILDER, data={"label": "订单管理"}, headers=headers)
    assert made.ok, made.text()
    found = Studio(demo_stack, made.json()["key"], request, headers, new_page)
    found.puts(
        {
            "kind": "form",
            "key": "deal",
            "format": 1,
            "label": "商机",
            "title": "{{name}}",
            "fields": FIELDS,
        }
    )
    found.publishes()
    for values in RECORDS:
        found.creates(**values)
    yield found


def section(person: Person, name: str) -> None:
    """Go to a section by the rail."""
    person.follows(name, within=person.page.get_by_role("navigation", name="设计导航"))


def panel(page: Page) -> Locator:
    """The properties of what is selected."""
    return page.get_by_role("complementary", name="属性")


def is_saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible(timeout=PATIENCE)


def publishes(person: Person, number: int) -> None:
    """Publish in two clicks and close the sheet."""
    person.presses_button("发布", within=person.page.get_by_role("banner"))
    sheet = person.page.get_by_role("dialog", name="发布草稿")
    person.presses_button("发布", within=sheet)
    expect(sheet.get_by_text(f"发布 {number} 已生效")).to_be_visible(timeout=PATIENCE)
    person.presses_button("关闭", within=sheet)


Does = Callable[[], None]

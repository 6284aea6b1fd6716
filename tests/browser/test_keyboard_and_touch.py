"""The form designer, the list and the inbox without a mouse: by keyboard, and by fingertip."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.support.browser import types
from tests.support.stack import Stack

PATIENCE = 20_000  # milliseconds
BUILDER = "/api/builder/applications"


def sign_in(context: BrowserContext, stack: Stack) -> dict[str, str]:
    """Sign in; the headers with which this context may change something."""
    credentials = {"username": stack.admin_username, "password": stack.admin_password}
    answer = context.request.post("/api/session", data=credentials)
    assert answer.ok, answer.text()
    return {"X-CSRFToken": answer.json()["csrf"], "Referer": stack.url}


@pytest.fixture
def designed(demo_stack: Stack, new_page: NewPage) -> Iterator[tuple[NewPage, str]]:
    """An application of this test's own with an empty form, and pages that are signed in."""
    opener = new_page(base_url=demo_stack.url)
    headers = sign_in(opener.context, demo_stack)
    made = opener.context.request.post(BUILDER, data={"label": "键盘"}, headers=headers)
    assert made.ok, made.text()
    app = made.json()["key"]
    form = {"kind": "form", "key": "visit", "format": 1, "label": "来访", "fields": {}}
    saved = opener.context.request.put(
        f"{BUILDER}/{app}/definitions/form/visit", data=form, headers=headers
    )
    assert saved.ok, saved.text()

    def page(**how: object) -> Page:
        made = new_page(base_url=demo_stack.url, **how)
        sign_in(made.context, demo_stack)
        made.set_default_timeout(PATIENCE)
        return made

    yield page, f"/design/{app}/forms/visit"


def cards(page: Page) -> Locator:
    return page.locator("[data-canvas] .field-hit")


def labels(page: Page) -> list[str]:
    """The names of the fields in the order of the form."""
    names = cards(page).evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    return [name.split("（")[0] for name in names]


def test_a_form_by_keyboard_only(designed: tuple[NewPage, str]) -> None:
    new_page, address = designed
    page = new_page()
    page.goto(address)
    search = page.get_by_role("searchbox")
    expect(search).to_be_visible(timeout=PATIENCE)
    keys = page.keyboard

    # Tab reaches the search of field types; Enter adds what it finds.
    for _ in range(40):
        keys.press("Tab")
        if search.evaluate("box => box === document.activeElement"):
            break
    expect(search).to_be_focused()
    keys.type("单行")
    keys.press("Enter")
    expect(page.locator(".name-input")).to_be_focused()
    keys.type("姓名")
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^姓名（"))).to_be_focused()

    # Enter on a field adds the next one below it.
    for name in ("单位", "事由"):
        keys.press("Enter")
        expect(page.locator(".name-input")).to_be_focused()
        keys.type(name)
        keys.press("Enter")
        expect(page.get_by_role("button", name=re.compile(f"^{name}（"))).to_be_focused()
    assert labels(page) == ["姓名", "单位", "事由"]

    keys.press("ArrowUp")
    expect(cards(page).nth(1)).to_have_attribute("aria-label", re.compile("^事由（"))
    expect(cards(page).nth(1)).to_be_focused()
    assert labels(page) == ["姓名", "事由", "单位"]

    keys.press("Delete")
    expect(cards(page)).to_have_count(2)
    assert labels(page) == ["姓名", "单位"]
    keys.press("ControlOrMeta+z")
    expect(cards(page)).to_have_count(3)
    assert labels(page) == ["姓名", "事由", "单位"]
    keys.press("ControlOrMeta+z")
    expect(cards(page).nth(1)).to_have_attribute("aria-label", re.compile("^单位（"))
    keys.press("ControlOrMeta+Shift+z")
    expect(cards(page).nth(1)).to_have_attribute("aria-label", re.compile("^事由（"))

    expect(page.get_by_text("草稿已保存")).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(cards(page)).to_have_count(3, timeout=PATIENCE)
    assert labels(page) == ["姓名", "事由", "单位"]


def test_a_form_by_fingertip(designed: tuple[NewPage, str]) -> None:
    new_page, address = designed
    page = new_page(phone=True)
    page.goto(address)
    add = page.get_by_role("button", name="添加字段").last
    for kind, name in (("text", "姓名"), ("phone", "电话")):
        add.tap()
        page.locator(f"[data-type={kind}]:visible").tap()
        expect(page.locator(".name-input")).to_be_focused()
        types(page, name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile(f"^{name}（"))).to_be_visible()
        page.keyboard.press("Escape")
    assert labels(page) == ["姓名", "电话"]

    # The ＋ between two fields puts one there.
    page.get_by_role("button", name="在这里添加字段").last.tap()
    page.locator("[data-type=date]:visible").tap()
    types(page, "日期")
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(3)
    expect(page.get_by_text("草稿已保存")).to_be_visible(timeout=PATIENCE)
    assert sorted(labels(page)) == sorted(["姓名", "电话", "日期"])


def test_a_list_by_keyboard(demo_stack: Stack, new_page: NewPage) -> None:
    page = new_page(base_url=demo_stack.url)
    sign_in(page.context, demo_stack)
    page.goto("/apps/crm/customer")
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("gridcell").first).to_be_visible(timeout=PATIENCE)
    keys = page.keyboard

    keys.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.type("njke?")  # letters in a text are only letters
    expect(page.get_by_role("searchbox")).to_have_value("njke?")
    keys.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(grid.get_by_role("gridcell").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("searchbox").blur()

    keys.press("j")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-0-0")
    keys.press("j")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-1-0")
    keys.press("k")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-0-0")
    keys.press("e")
    editor = grid.locator("input:not([type=checkbox]), textarea").first
    expect(editor).to_be_focused()
    keys.press("Escape")
    expect(editor).to_have_count(0)
    expect(grid).to_have_attribute("aria-activedescendant", "cell-0-0")

    keys.press("n")
    expect(page.locator(".record-form")).to_be_visible(timeout=PATIENCE)
    keys.press("Escape")
    expect(page.locator(".record-form")).to_have_count(0)

    keys.press("?")
    help_card = page.get_by_role("dialog", name="快捷键")
    expect(help_card).to_be_visible(timeout=PATIENCE)
    expect(help_card).to_contain_text("下一行")
    keys.press("Escape")
    expect(help_card).to_have_count(0)


def test_the_inbox_by_keyboard(demo_stack: Stack, new_page: NewPage) -> None:
    page = new_page(base_url=demo_stack.url)
    sign_in(page.context, demo_stack)
    page.goto("/inbox")
    rows = page.locator(".inbox-open")
    expect(rows.nth(1)).to_be_visible(timeout=PATIENCE)
    expect(rows.first).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(rows.first).to_have_attribute("aria-current", "true")

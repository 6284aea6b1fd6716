"""Drafts: two tabs on one form, undo in each place, problems that lead to their place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.designer.conftest import (
    PATIENCE,
    Studio,
    is_saved,
    panel,
    section,
    sign_in,
)
from tests.browser.person import Person
from tests.support.browser import Complaints
from tests.support.stack import Stack


def renames(person: Person, field: str, name: str) -> None:
    page = person.page
    person.clicks(page.get_by_role("button", name=re.compile(f"^{field}（")))
    person.fills(panel(page).get_by_role("textbox", name="名称", exact=True), name)


def face(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.get_by_role("button", name=re.compile(f"^{name}（"))


def test_two_tabs_lose_nothing(studio: Studio, complaints: Complaints) -> None:
    complaints.expect("409")
    complaints.expect("412")
    first, second = studio.opens("/forms/deal"), studio.opens("/forms/deal")
    for person in (first, second):
        expect(face(person.page, "金额")).to_be_visible(timeout=PATIENCE)
    renames(first, "金额", "合同金额")
    is_saved(first.page)

    # Another place: both stay, and the second is told.
    renames(second, "阶段", "进展")
    expect(second.page.get_by_text("双方的改动都已保留")).to_be_visible(timeout=PATIENCE)
    expect(face(second.page, "合同金额")).to_be_visible()
    is_saved(second.page)
    labels = [one["label"] for one in studio.definition("form", "deal")["fields"].values()]
    assert labels == ["名称", "合同金额", "进展", "负责人"]

    # The same place: the second is asked, sees both, and what else was changed stays.
    renames(first, "阶段", "状态")
    expect(first.page.get_by_text("双方的改动都已保留").or_(dialog(first.page))).to_be_visible(
        timeout=PATIENCE
    )
    asked = dialog(first.page)
    expect(asked).to_contain_text("进展")
    expect(asked).to_contain_text("状态")
    first.presses_button("保留我的", within=asked)
    expect(asked).to_have_count(0)
    is_saved(first.page)
    labels = [one["label"] for one in studio.definition("form", "deal")["fields"].values()]
    assert labels == ["名称", "合同金额", "状态", "负责人"]


def dialog(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("dialog").filter(has_text="刚刚改过")


def test_undo_belongs_to_the_place(studio: Studio) -> None:
    admin = studio.opens("/forms/deal")
    page = admin.page
    renames(admin, "金额", "总额")
    admin.hits("Tab")
    section(admin, "角色")
    admin.follows(re.compile("^管理"), within=page.get_by_role("main"))
    switch = page.get_by_role("switch", name="所有表单: 导出")
    admin.clicks(switch)
    expect(switch).not_to_be_checked()
    page.locator("h1, h2").first.click(force=True)
    admin.clicks(page.get_by_role("button", name="撤销上一步"))
    expect(switch).to_be_checked()
    admin.clicks(page.get_by_role("button", name="重做下一步"))
    expect(switch).not_to_be_checked()
    section(admin, "表单")
    admin.follows(re.compile("^商机"), within=page.get_by_role("main"))
    expect(face(page, "总额")).to_be_visible()
    admin.clicks(page.get_by_role("button", name="撤销上一步"))
    expect(face(page, "金额")).to_be_visible()
    is_saved(page)
    section(admin, "角色")
    admin.follows(re.compile("^管理"), within=page.get_by_role("main"))
    expect(switch).not_to_be_checked()


def test_a_problem_leads_to_its_place(studio: Studio) -> None:
    form = studio.definition("form", "deal")
    form["fields"]["total"] = {
        "type": "formula",
        "label": "合计",
        "returns": "money",
        "formula": "amont * 2",
    }
    studio.puts(form)
    admin = studio.opens()
    page = admin.page
    admin.clicks(page.get_by_role("button", name="问题 1"))
    admin.clicks(page.get_by_role("dialog").or_(page.locator(".sheet")).get_by_text("合计").first)
    page.wait_for_url("**/forms/deal*")
    expect(panel(page).get_by_role("textbox", name="名称", exact=True)).to_have_value("合计")


def test_a_public_form_shows_its_link(studio: Studio, complaints: Complaints) -> None:
    complaints.expect("410")  # the visitor of a link that is closed
    form = studio.definition("form", "deal")
    studio.puts({**form, "public": {"fields": ["name", "amount"]}})
    studio.publishes()
    admin = studio.opens("/forms/deal?tab=public")
    page = admin.page
    address = page.get_by_role("textbox", name="公开链接")
    expect(address).to_be_visible(timeout=PATIENCE)
    visitor = studio.new_page()
    visitor.goto(address.input_value())
    expect(visitor.get_by_label("名称")).to_be_visible(timeout=PATIENCE)
    admin.presses_button("停止收集")
    expect(page.get_by_text("已停止")).to_be_visible(timeout=PATIENCE)
    visitor.reload()
    expect(visitor.get_by_label("名称")).to_have_count(0)
    admin.presses_button("重新开始收集")
    expect(page.get_by_text("正在收集")).to_be_visible(timeout=PATIENCE)


def test_the_designer_without_an_application_offers_them(
    demo_stack: Stack, new_page: NewPage
) -> None:
    page = new_page(base_url=demo_stack.url)
    sign_in(page.context.request, demo_stack)
    page.goto("/design")
    page.get_by_role("link", name="客户管理").click(timeout=PATIENCE)
    expect(page.locator(".checklist")).to_be_visible(timeout=PATIENCE)

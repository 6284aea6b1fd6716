"""Deciding in the inbox and on a phone: refuse, return, hand over, add a signer, many at once."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.crm import Colleague, Company, picks, toast
from tests.support.browser import Complaints, axe_violations, types
from tests.support.stack import Stack

_numbers = itertools.count(1)


@pytest.fixture
def company(demo_stack: Stack, new_page: NewPage) -> Company:
    return Company(demo_stack, new_page)


def asks(agent: Colleague, count: int = 1) -> list[dict[str, Any]]:
    """Quotes of the agent that his superior has to decide, oldest first."""
    number = next(_numbers)
    customer = agent.create("customer", name=f"审批客户{number}-{agent.id}")
    product = agent.get("/api/apps/crm/records/product?limit=1")["records"][0]["id"]
    return [
        agent.create(
            "quote",
            customer=customer["id"],
            product=product,
            quantity="2",
            price=f"{10_000 + index}",
            discount="15",
            reason=f"第 {index + 1} 份的理由",
        )
        for index in range(count)
    ]


def rows(page: Page) -> Locator:
    return page.locator(".inbox-row")


def opens_inbox(boss: Colleague, waiting: int) -> Page:
    boss.page.goto("/inbox")
    expect(rows(boss.page)).to_have_count(waiting)
    return boss.page


def state_of(agent: Colleague, quote: dict[str, Any]) -> str:
    return str(agent.record("quote", quote["id"])["state"])


def test_refusing_with_an_opinion_opens_the_next_one(company: Company) -> None:
    boss = company.colleague("拒绝主管", "manager")
    agent = company.colleague("拒绝销售", superior=boss)
    quotes = asks(agent, 3)
    page = opens_inbox(boss, 3)
    first = rows(page).first
    # The amount with its currency, and why, stand in the row.
    expect(first).to_contain_text("¥ ")
    expect(first).to_contain_text("的理由")
    following = rows(page).nth(1).locator("b").inner_text()
    refused = first.locator("b").inner_text()
    page.get_by_role("textbox", name="意见").click()
    types(page, "折扣太高")
    page.get_by_role("button", name="拒绝", exact=True).click()
    expect(toast(page)).to_contain_text("已拒绝")
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".reading h1")).to_have_text(following)
    (quote,) = [each for each in quotes if each["label"] == refused]
    assert state_of(agent, quote) == "refused"

    # The refusal arrives with its reason.
    agent.page.goto("/inbox?box=started")
    agent.page.locator(".inbox-open", has_text=refused).click()
    expect(agent.page.locator(".reading")).to_contain_text("折扣太高")


def test_what_is_sent_back_is_changed_and_submitted_again(company: Company) -> None:
    boss = company.colleague("退回主管", "manager")
    agent = company.colleague("退回销售", superior=boss)
    (quote,) = asks(agent)
    page = opens_inbox(boss, 1)
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="退回").click()
    dialog = page.get_by_role("dialog", name="退回")
    expect(dialog).to_contain_text("发起")
    dialog.get_by_role("textbox", name="意见").click()
    types(page, "请把折扣降到 12")
    # The key that agrees is not heard while the dialog asks.
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="退回").click()
    expect(page.get_by_text("都处理完了")).to_be_visible()

    page = opens_inbox(agent, 1)
    expect(page.locator(".reading")).to_contain_text("请把折扣降到 12")
    expect(page.get_by_role("button", name="拒绝", exact=True)).to_have_count(0)
    discount = page.get_by_label("折扣", exact=True)
    discount.click()
    page.keyboard.press("ControlOrMeta+a")
    types(page, "12")
    page.get_by_role("button", name="重新提交").click()
    expect(page.get_by_text("都处理完了")).to_be_visible()
    assert agent.record("quote", quote["id"])["discount"] in ("12", "12.0")

    page = opens_inbox(boss, 1)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("都处理完了")).to_be_visible()
    assert state_of(agent, quote) == "approved"


def test_handing_over_and_asking_another_signer(company: Company) -> None:
    boss = company.colleague("转交主管", "manager")
    other = company.colleague("转交副手", "manager")
    agent = company.colleague("转交销售", superior=boss)
    first, second = asks(agent, 2)
    page = opens_inbox(boss, 2)
    rows(page).filter(has_text="第 1 份的理由").locator("button").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="转交").click()
    dialog = page.get_by_role("dialog", name="转交")
    picks(page, dialog.get_by_role("combobox"), "转交副手")
    dialog.get_by_role("button", name="转交").click()
    expect(rows(page)).to_have_count(1)

    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="加签").click()
    dialog = page.get_by_role("dialog", name="加签")
    picks(page, dialog.get_by_role("combobox"), "转交副手")
    dialog.get_by_role("button", name="加签").click()
    expect(toast(page)).to_contain_text("已加签")

    # Before me: the other is asked first, then it comes back.
    page = opens_inbox(other, 2)
    for left in (1, 0):
        page.get_by_role("button", name="同意", exact=True).click()
        expect(rows(page)).to_have_count(left)
    assert state_of(agent, first) == "approved"
    assert state_of(agent, second) == "draft"
    page = opens_inbox(boss, 1)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("都处理完了")).to_be_visible()
    assert state_of(agent, second) == "approved"


def test_many_at_once(company: Company) -> None:
    boss = company.colleague("批量主管", "manager")
    agent = company.colleague("批量销售", superior=boss)
    quotes = asks(agent, 3)
    page = opens_inbox(boss, 3)
    for index in (0, 1):
        rows(page).nth(index).get_by_role("checkbox").check()
    page.get_by_role("button", name="全部同意").click()
    expect(toast(page)).to_contain_text("已处理 2 条")
    expect(rows(page)).to_have_count(1)
    assert sorted(state_of(agent, each) for each in quotes) == ["approved", "approved", "draft"]


def test_a_link_to_what_is_decided_does_not_show_another_one(
    company: Company, complaints: Complaints
) -> None:
    boss = company.colleague("链接主管", "manager")
    agent = company.colleague("链接销售", superior=boss)
    asks(agent, 2)
    page = opens_inbox(boss, 2)
    decided = page.locator(".reading h1").inner_text()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(rows(page)).to_have_count(1)
    (done,) = boss.get("/api/assignments?box=done")["assignments"]
    page.goto(f"/inbox?id={done['id']}")
    expect(page.locator(".reading h1")).to_have_text(decided)
    expect(page.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    complaints.expect("404")
    page.goto("/inbox?id=999999")
    expect(page.get_by_text("这件待办不在你这里")).to_be_visible()


def test_a_phone_approves_from_the_notification(company: Company, complaints: Complaints) -> None:
    boss = company.colleague("手机主管", "manager", phone=True)
    agent = company.colleague("手机销售", superior=boss)
    first, second = asks(agent, 2)
    page = boss.page
    page.goto("/")
    page.get_by_role("button", name="通知").tap()
    page.locator(".notification").last.tap()
    page.wait_for_url("**/approve/*")
    expect(page.get_by_role("heading", level=1)).to_have_text(first["label"])
    agree = page.get_by_role("button", name="同意")
    # The decision is at hand without scrolling, and a fingertip high.
    box = agree.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844 and box["height"] >= 44
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert axe_violations(page) == []
    page.get_by_label("折扣 (%)").fill("十五")
    page.get_by_label("意见").fill("同意，注意回款")
    complaints.expect("422")
    agree.tap()
    expect(page.locator(".wrong")).to_be_visible()
    expect(page.get_by_label("意见")).to_have_value("同意，注意回款")
    page.get_by_label("折扣 (%)").fill("14")
    agree.tap()
    expect(page.get_by_text("你已同意")).to_be_visible()
    after = agent.record("quote", first["id"])
    assert (after["state"], after["discount"]) in (("approved", "14"), ("approved", "14.0"))

    page.get_by_role("link", name="下一件").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(second["label"])
    address = page.url
    page.get_by_role("button", name="拒绝").tap()
    expect(page.get_by_text("你已拒绝")).to_be_visible()
    page.get_by_role("link", name="回到待办").tap()
    expect(page.get_by_text("都处理完了")).to_be_visible()

    # Somebody else who gets hold of the link learns nothing.
    complaints.expect("404")
    agent.page.goto(address)
    expect(agent.page.get_by_text("这件待办不在你这里")).to_be_visible()
    expect(agent.page.get_by_text(second["label"])).to_have_count(0)


def test_the_link_asks_to_sign_in_first(company: Company, new_page: NewPage) -> None:
    boss = company.colleague("登录主管", "manager")
    agent = company.colleague("登录销售", superior=boss)
    asks(agent)
    (waiting,) = boss.get("/api/assignments")["assignments"]
    session = boss.get("/api/session")
    page = new_page(base_url=company.stack.url, phone=True)
    page.goto(f"/approve/{waiting['id']}")
    page.get_by_label("用户名").fill(session["person"]["username"])
    page.get_by_label("密码").fill("joinery-without-nails-8")
    page.get_by_role("button", name="登录").tap()
    page.wait_for_url(f"**/approve/{waiting['id']}")
    expect(page.get_by_role("button", name="同意")).to_be_visible()


def test_whoever_leaves_hands_over_what_he_was_asked(company: Company) -> None:
    boss = company.colleague("离任主管", "manager")
    heir = company.colleague("接任主管", "manager")
    asks(company.colleague("交接销售", superior=boss), 2)
    admin = company.admin()
    admin.page.goto("/people")
    admin.page.get_by_role("searchbox", name="查找成员").click()
    types(admin.page, "离任主管")
    admin.page.get_by_role("button", name="更多 离任主管").click()
    admin.page.get_by_role("menuitem", name="停用").click()
    sheet = admin.page.get_by_role("dialog", name="停用 · 离任主管")
    expect(sheet).to_contain_text("2 个待办等待处理")
    expect(sheet).to_contain_text("是交接销售的上级")
    assert axe_violations(admin.page) == []
    picks(admin.page, sheet.get_by_role("combobox", name="待办交给"), "接任主管")
    sheet.get_by_role("button", name="停用并交接").click()
    expect(toast(admin.page)).to_contain_text("2 个待办已交给接任主管")
    expect(admin.page.get_by_role("row", name="离任主管")).to_contain_text("停用")
    opens_inbox(heir, 2)

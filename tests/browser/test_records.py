"""Working with a list and its records: find, filter, save a view, edit, take back, export, move."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.crm import PATIENCE, Colleague, Company, picks, toast
from tests.browser.person import Person
from tests.support.browser import Complaints, types
from tests.support.stack import Stack

_numbers = itertools.count(1)


@pytest.fixture
def company(demo_stack: Stack, new_page: NewPage) -> Company:
    return Company(demo_stack, new_page)


@pytest.fixture
def agent(company: Company) -> Colleague:
    """A salesman who sees only what is his own."""
    return company.colleague(f"列表销售{next(_numbers)}")


def deals(agent: Colleague, count: int, **values: object) -> list[dict[str, Any]]:
    """Opportunities of the agent's own, with rising amounts."""
    number = next(_numbers)
    customer = agent.create("customer", name=f"列表客户{number}-{agent.id}")
    return [
        agent.create(
            "opportunity",
            name=f"{'甲乙丙丁戊己'[index]}单{number}",
            customer=customer["id"],
            amount=str(10_000 * (index + 1)),
            **values,
        )
        for index in range(count)
    ]


def cell(page: Page, row: str, column: str) -> Locator:
    """The cell of the record ``row`` under the heading ``column``."""
    headings = page.locator("[role=columnheader]").all_inner_texts()
    at = next(index for index, each in enumerate(headings) if each.strip().startswith(column))
    line = page.locator("[role=row]").filter(has_text=row)
    return line.locator("[role=rowheader], [role=gridcell]").nth(at)


def opens(page: Page, path: str, shown: str) -> None:
    page.goto(path)
    expect(page.get_by_text(shown).first).to_be_visible(timeout=PATIENCE)


def test_several_records_are_changed_at_once(agent: Colleague) -> None:
    made = deals(agent, 3)
    page = agent.page
    opens(page, "/apps/crm/opportunity", made[0]["label"])
    for each in made[:2]:
        page.get_by_role("checkbox", name=each["label"]).check()
    page.get_by_role("button", name="批量修改").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="要修改的字段").click()
    page.locator(".ant-select-dropdown:visible").get_by_text("下一步", exact=True).click()
    dialog.get_by_label("改为").fill("寄样品")
    dialog.get_by_role("button", name="修改 2 条").click()
    expect(toast(page)).to_contain_text("已修改 2 条")
    found = [agent.record("opportunity", each["id"])["next_step"] for each in made]
    assert found == ["寄样品", "寄样品", None]


def test_a_filter_is_a_chip_in_words_and_can_be_kept_as_a_view(agent: Colleague) -> None:
    made = deals(agent, 3)
    page = agent.page
    opens(page, "/apps/crm/opportunity", made[0]["label"])
    page.get_by_role("button", name="筛选").click()
    dialog = page.get_by_role("dialog", name="筛选")
    expect(dialog.get_by_role("combobox", name="选择字段")).to_be_focused()
    types(page, "金额")
    page.keyboard.press("Enter")
    dialog.get_by_role("combobox", name="筛选").click()
    page.locator(".ant-select-dropdown:visible").get_by_text("不小于", exact=True).click()
    dialog.get_by_role("textbox", name="金额").fill("20000")
    dialog.get_by_role("button", name="应用").click()
    chip = page.locator(".chip")
    expect(chip).to_contain_text(re.compile("金额.*不小于.*20,?000"))
    expect(page.get_by_text(made[0]["label"])).to_have_count(0)
    expect(page.get_by_text(made[1]["label"]).first).to_be_visible()

    # The filter lives in the address: it survives a reload.
    page.reload()
    expect(chip).to_have_count(1)
    page.get_by_role("button", name="保存为视图").click()
    types(page, "大单")
    page.keyboard.press("Enter")
    tab = page.get_by_role("tab", name="大单")
    expect(tab).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="进行中").click()
    expect(page.get_by_text(made[0]["label"]).first).to_be_visible()
    tab.click()
    expect(page.get_by_text(made[0]["label"])).to_have_count(0)
    # What matches nothing says so and offers the way back.
    page.get_by_role("searchbox").fill("没有这样的商机")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="清除筛选").click()
    expect(page.get_by_text(made[1]["label"]).first).to_be_visible()


def test_two_who_edit_the_same_cell_see_both_values(
    agent: Colleague, complaints: Complaints
) -> None:
    (made,) = deals(agent, 1, next_step="原来的")
    page = agent.page
    opens(page, "/apps/crm/opportunity?view=mine", made["label"])
    path = f"/api/apps/crm/records/opportunity/{made['id']}"
    answer = page.context.request.patch(
        path, data={"version": made["version"], "next_step": "别人的"}, headers=agent.headers
    )
    assert answer.ok, answer.text()
    complaints.expect("409")
    cell(page, made["label"], "下一步").dblclick()
    page.keyboard.press("ControlOrMeta+a")
    types(page, "我的")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".conflict")).to_contain_text("我的")
    expect(dialog.locator(".conflict")).to_contain_text("别人的")
    dialog.locator(".ant-btn-primary").click()
    expect(dialog).to_have_count(0)
    expect(cell(page, made["label"], "下一步")).to_have_text("我的")
    assert agent.record("opportunity", made["id"])["next_step"] == "我的"


def test_a_deletion_is_taken_back(agent: Colleague) -> None:
    subject = f"误删的跟进{next(_numbers)}"
    agent.create("activity", subject=subject)
    page = agent.page
    opens(page, "/apps/crm/activity", subject)
    page.get_by_role("checkbox", name=subject).check()
    page.get_by_role("toolbar").get_by_role("button", name="删除").click()
    expect(page.get_by_role("checkbox", name=subject)).to_have_count(0)
    toast(page).get_by_role("button", name="撤销").click()
    expect(page.get_by_role("checkbox", name=subject)).to_be_visible()


def test_a_card_moves_by_mouse_and_by_keyboard(agent: Colleague) -> None:
    (made,) = deals(agent, 1, stage="discovery")
    page = agent.page
    page.goto("/apps/crm/opportunity?view=board")
    card = page.locator(f"[data-card='{made['id']}']")
    expect(card).to_contain_text("¥ 10,000.00")
    Person(page, "").drags(card, page.locator("[data-lane=confirmed]"))
    expect(page.locator("[data-lane=confirmed]").locator(card)).to_be_visible()
    assert agent.record("opportunity", made["id"])["stage"] == "confirmed"

    card.focus()
    page.keyboard.press("Space")
    expect(card).to_have_class(re.compile("is-lifted"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("[data-lane=proposal]").locator(card)).to_be_visible()
    expect(card).to_be_focused()
    assert agent.record("opportunity", made["id"])["stage"] == "proposal"


def test_search_finds_records_and_pages_by_keyboard(agent: Colleague) -> None:
    (made,) = deals(agent, 1)
    page = agent.page
    opens(page, "/apps/crm/opportunity", made["label"])
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox", name="搜索")).to_be_focused()
    types(page, made["label"])
    hit = page.get_by_role("option", name=made["label"])
    expect(hit).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/apps/crm/opportunity/{made['id']}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(made["label"])


def test_who_hands_in_what_he_may_not_see_is_told_so(company: Company, agent: Colleague) -> None:
    other = company.colleague(f"接手的人{next(_numbers)}")
    page = agent.page
    page.goto("/apps/crm/activity")
    page.get_by_role("button", name="新建跟进").first.click()
    form = page.locator(".record-form")
    # One types at once.
    expect(form.get_by_label("主题")).to_be_focused()
    types(page, "请你跟进")
    picks(page, form.get_by_role("combobox", name="负责人"), other.name)
    page.keyboard.press("Control+Enter")
    expect(toast(page)).to_contain_text("已提交。你没有查看它的权限")
    expect(toast(page).get_by_role("button", name="查看")).to_have_count(0)
    expect(form).to_have_count(0)
    expect(page.get_by_role("heading", name="跟进", level=1)).to_be_visible()
    (handed,) = other.get("/api/apps/crm/records/activity?limit=1")["records"]
    assert handed["subject"] == "请你跟进"


def test_a_comment_stands_in_the_timeline_between_the_changes(agent: Colleague) -> None:
    (made,) = deals(agent, 1)
    page = agent.page
    opens(page, f"/apps/crm/opportunity/{made['id']}", made["label"])
    field = page.locator("[data-field=next_step]")
    field.hover()
    field.get_by_role("button", name="编辑下一步").click()
    types(page, "约见面")
    page.keyboard.press("Enter")
    timeline = page.locator(".timeline ol > li")
    expect(timeline.first).to_contain_text("修改了下一步")
    expect(timeline.first).to_contain_text("约见面")
    page.get_by_role("textbox", name="写评论").click()
    types(page, "客户很有兴趣")
    page.keyboard.press("Control+Enter")
    expect(timeline.first).to_contain_text("客户很有兴趣")
    expect(timeline).to_have_count(3)
    expect(timeline.last).to_contain_text("创建了记录")


def test_an_export_holds_what_the_list_shows(agent: Colleague, tmp_path: Path) -> None:
    made = deals(agent, 2)
    page = agent.page
    opens(page, "/apps/crm/opportunity", made[0]["label"])
    files = {}
    for format_, entry in (("csv", "导出为 CSV"), ("xlsx", "导出为 Excel")):
        page.locator(".list-head").get_by_role("button", name="更多").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=entry).click()
        assert download.value.suggested_filename == f"商机.{format_}"
        files[format_] = tmp_path / f"deals.{format_}"
        download.value.save_as(files[format_])
    lines = list(csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert lines[0][:3] == ["名称", "客户", "阶段"]
    assert sorted(line[0] for line in lines[1:]) == sorted(each["label"] for each in made)
    with zipfile.ZipFile(files["xlsx"]) as book:
        texts = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(each["label"] in texts for each in made)


def test_a_notification_leads_to_its_record(company: Company) -> None:
    boss = company.colleague("通知主管", "manager")
    agent = company.colleague("通知销售", superior=boss)
    customer = agent.create("customer", name=f"通知客户-{agent.id}")
    product = agent.get("/api/apps/crm/records/product?limit=1")["records"][0]["id"]
    quote = agent.create(
        "quote", customer=customer["id"], product=product, quantity="1", price="100"
    )
    page = agent.page
    page.goto("/")
    # A small quote is approved by the flow itself, which tells its starter.
    bell = page.get_by_role("button", name=re.compile(r"^通知 \(\d+\)$"))
    expect(bell).to_be_visible(timeout=60_000)
    bell.click()
    page.locator(".notification", has_text="已批准").first.click()
    expect(page).to_have_url(re.compile(f"/apps/crm/quote/{quote['id']}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(quote["label"])


@pytest.mark.parametrize(
    "path", ["/apps/crm/opportunity/99999999", "/apps/nothing", "/apps/crm/nothing", "/nothing"]
)
def test_an_address_that_leads_nowhere_leads_on(
    agent: Colleague, complaints: Complaints, path: str
) -> None:
    complaints.expect("404")
    page = agent.page
    page.goto(path)
    on = page.get_by_role("main").get_by_role("link", name=re.compile("首页|列表"))
    on = on.or_(page.get_by_role("main").get_by_role("button", name=re.compile("首页|列表")))
    on.first.click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    expect(page).not_to_have_url(re.compile(f"{path}$"))


def test_a_list_says_that_it_is_offline_and_goes_on_by_itself(
    agent: Colleague, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    won = deals(agent, 1, stage="won")[0]["label"]
    open_deal = deals(agent, 1)[0]["label"]
    page = agent.page
    opens(page, "/apps/crm/opportunity", open_deal)
    page.context.set_offline(True)
    banner = page.get_by_role("status").filter(has_text="没有网络连接")
    expect(banner).to_be_visible(timeout=PATIENCE)
    page.get_by_role("tab", name="已赢单").click()
    expect(page.locator(".grid.is-stale")).to_be_visible(timeout=PATIENCE)
    page.context.set_offline(False)
    expect(page.get_by_role("gridcell", name=won).first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".grid.is-stale")).to_have_count(0)
    expect(banner).to_have_count(0)

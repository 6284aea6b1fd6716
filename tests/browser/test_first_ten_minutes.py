"""An administrator's first ten minutes, as the tutorial tells them; prints its action counts."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person
from tests.support.browser import axe_violations, screenshot
from tests.support.stack import Stack

FORM_LIMIT, DASHBOARD_LIMIT, ALL_LIMIT = 25, 15, 55
STAGES = ("需求发现", "方案报价", "商务谈判", "赢单")
REGIONS = ("华东", "华南", "华北")
HEADERS = ("名称", "公司", "阶段", "金额", "赢率", "预计成交", "区域", "负责人", "电话")
GOOD, BAD = 298, 2


def spreadsheet(folder: Path) -> tuple[Path, int]:
    """300 opportunities as a department keeps them, two of them wrong; the sum of the good ones."""
    chance = random.Random(20261121)
    rows = [
        [
            f"项目 {number + 1}",
            f"公司 {chance.randint(1, 60)}",
            chance.choice(STAGES),
            str(chance.randint(1, 400) * 500),
            str(chance.choice((10, 30, 50, 75))),
            f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            chance.choice(REGIONS),
            "admin",
            "",
        ]
        for number in range(GOOD + BAD)
    ]
    rows[6][3] = "面议"
    rows[8][5] = "2026-13-40"
    total = sum(int(row[3]) for number, row in enumerate(rows) if number not in (6, 8))
    path = folder / "商机.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows])
    return path, total


@pytest.mark.browser
def test_the_first_ten_minutes(
    empty_stack: Stack, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(base_url=empty_stack.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person = Person(page, empty_stack.url)
    counts: dict[str, int] = {}
    file, total = spreadsheet(tmp_path)

    person.opens("/login")
    person.types(empty_stack.admin_password)  # the name stands there, the caret is in the password
    person.hits("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    counts["sign in"] = mark = person.actions

    person.presses_button(re.compile("新建应用"))
    person.types("销售管理")
    person.hits("Enter")
    page.wait_for_url("**/design/**")
    expect(page.get_by_role("button", name="创建", exact=True)).to_be_visible(timeout=20_000)
    person.types("商机")
    person.hits("Enter")
    page.wait_for_url("**/forms/**")
    person.sees("拖入字段，或粘贴一列名称")
    counts["new application and form"] = person.since(mark)

    mark = person.actions
    build_the_form(person)
    counts["form"] = person.since(mark)
    screenshot(page, "ten-minutes-form")
    assert axe_violations(page) == []

    mark = person.actions
    person.presses_button("发布")
    sheet = page.get_by_role("dialog").filter(has_text="查看全部改动").last
    expect(sheet).to_contain_text("将新建 1 张表、10 个字段")
    person.presses_button("发布", within=sheet)
    person.sees("发布 1 已生效")
    counts["publish"] = person.since(mark)

    mark = person.actions
    import_the_file(person, file)
    counts["import"] = person.since(mark)
    screenshot(page, "ten-minutes-list")

    mark = person.actions
    build_the_dashboard(person, total)
    counts["dashboard"] = person.since(mark)
    screenshot(page, "ten-minutes-dashboard-design")

    mark = person.actions
    person.presses_button("发布")
    person.presses_button("发布", within=sheet)
    person.sees("发布 2 已生效")
    person.follows("打开应用")
    page.wait_for_url("**/apps/**")
    counts["publish again"] = person.since(mark)
    person.follows("销售看板")
    expect(page.get_by_text(wan(total)).first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    screenshot(page, "ten-minutes-dashboard")

    lines = [f"  {name:<26}{count:>3}" for name, count in counts.items()]
    print("\nactions\n" + "\n".join(lines) + f"\n  {'all':<26}{sum(counts.values()):>3}")  # noqa: T201
    assert counts["form"] <= FORM_LIMIT
    assert counts["dashboard"] <= DASHBOARD_LIMIT
    assert sum(counts.values()) <= ALL_LIMIT


def wan(total: int) -> re.Pattern[str]:
    """A sum as a tile shows it: in 万, to two decimals at most."""
    text = f"{total / 10_000:,.2f}".rstrip("0").rstrip(".")
    return re.compile(re.escape(text) + r"\s*万")


def build_the_form(person: Person) -> None:
    """Ten fields, two side by side, options pasted, one required, one computed."""
    page = person.page
    end = page.get_by_role("button", name=re.compile("添加字段")).last

    def field(kind: str, label: str, target: Locator = end, at: str = "middle") -> None:
        person.drags(page.locator(f"[data-type={kind}]").first, target, at=at)
        expect(page.locator("input:focus")).to_be_visible()
        person.types(label)
        person.hits("Tab")

    def card(label: str) -> Locator:
        return page.get_by_role("button", name=re.compile(f"^{label}（"))

    field("text", "名称")
    field("text", "公司", card("名称"), "right")
    field("choice", "阶段")
    options = page.get_by_label("选项").first
    person.clicks(options)
    person.hits("ControlOrMeta+a")
    person.pastes("\n".join(STAGES))
    person.clicks(page.get_by_role("switch", name="必填"))
    field("money", "金额")
    field("number", "赢率")
    field("date", "预计成交")
    field("text", "区域")
    field("person", "负责人")
    field("phone", "电话")
    field("formula", "加权金额")
    person.clicks(page.get_by_label("公式", exact=False).last)
    person.types("金额 * 赢率 / 100")
    expect(page.get_by_text("试算结果")).to_be_visible()
    person.sees("草稿已保存")


def import_the_file(person: Person, file: Path) -> None:
    """Open the application, import the file, look at the records."""
    page = person.page
    person.follows("打开应用")
    page.wait_for_url("**/apps/**")
    button = page.get_by_role("button", name=re.compile("导入"))
    person.clicks(button.or_(page.get_by_role("link", name=re.compile("导入"))).first)
    person.chooses_file(page.locator("button").filter(has_text="选择文件").first, file)
    person.sees("已识别 9 列")
    person.presses_button("检查")
    person.sees(f"可导入 {GOOD} 行，{BAD} 个问题")
    person.presses_button(re.compile("开始导入"))
    person.sees(f"已导入 {GOOD} 行")
    look = page.get_by_role("button", name=re.compile("查看"))
    person.clicks(look.or_(page.get_by_role("link", name=re.compile("查看"))).first)
    person.sees(f"项目 {GOOD + BAD}")


def build_the_dashboard(person: Person, total: int) -> None:
    """A number, a funnel, a bar and a line, each a drop or two."""
    page = person.page
    person.clicks(
        page.get_by_role("link", name=re.compile("^设计"))
        .or_(page.get_by_role("button", name=re.compile("^设计")))
        .first
    )
    page.wait_for_url("**/design/**")
    person.follows("看板")
    person.presses_button(re.compile("新建"))
    person.types("销售看板")
    person.hits("Enter")
    person.sees("拖一个字段到这里")
    canvas = page.locator(".dashboard-scroll")
    widgets = page.locator(".dashboard-canvas .widget")

    def drop(label: str, target: Locator, at: str = "middle") -> None:
        person.drags(page.get_by_role("button", name=label, exact=True).first, target, at=at)

    drop("金额", page.get_by_text("拖一个字段到这里"))
    expect(widgets).to_have_count(1)
    expect(page.get_by_text(wan(total)).first).to_be_visible()
    drop("阶段", canvas, at="bottom")
    expect(widgets).to_have_count(2)
    person.clicks(page.get_by_role("radio", name="漏斗图"))
    expect(widgets.nth(1).locator(".js-plotly-plot")).to_be_visible()
    drop("区域", canvas, at="bottom")
    expect(widgets).to_have_count(3)
    drop("金额", widgets.nth(2))
    drop("预计成交", canvas, at="bottom")
    expect(widgets).to_have_count(4)
    drop("金额", widgets.nth(3))
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    person.sees("草稿已保存")

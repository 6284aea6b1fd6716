"""The sales dashboard: two numbers, a funnel with a condition per step, a bar; and reading it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.main_job.forms import is_saved, opens_section, properties
from tests.browser.person import Person

DASHBOARD = "销售看板"
WON_VALUE, DEALS, FUNNEL, STAGES = "成交金额", "商机总数", "销售漏斗", "各阶段商机"


def builds_dashboard(admin: Person) -> None:
    opens_section(admin, "看板")
    admin.presses_button("新建看板")
    admin.types(DASHBOARD)
    admin.presses_button("创建", within=admin.page.get_by_role("dialog"))
    admin.page.wait_for_url("**/dashboards/*")
    admin.picks(fields(admin).get_by_role("combobox", name="表单"), "商机")
    adds_won_value(admin)
    adds_number_of_deals(admin)
    adds_funnel(admin)
    adds_bar(admin)
    is_saved(admin)


def adds_won_value(admin: Person) -> None:
    """A number dropped on the canvas is a total; only won deals count, and every digit stands."""
    drops(admin, "Close value", "top left")
    names(admin, WON_VALUE)
    only = properties(admin).get_by_role("group", name="只统计")
    admin.presses_button("添加条件", within=only)
    sets_clause(admin, only, "Deal stage", value="Won")
    admin.clicks(properties(admin).get_by_role("switch", name="数字格式"))
    admin.picks(properties(admin).get_by_role("combobox", name="样式"), "完整数字")


def adds_number_of_deals(admin: Person) -> None:
    """A stage dropped makes a bar of counts; without its dimension the count is left."""
    drops(admin, "Deal stage", "bottom")
    admin.presses_button("移除: Deal stage", within=properties(admin))
    names(admin, DEALS)


def adds_funnel(admin: Person) -> None:
    """Who is engaged has an engage date, whatever became of the deal later."""
    drops(admin, "Deal stage", "bottom left")
    admin.clicks(properties(admin).get_by_role("radio", name="漏斗图"))
    proposed = ("Prospecting", "Engaging", "Won")
    for stage in proposed:
        adds_step(admin)
        step = properties(admin).get_by_role("group", name=re.compile("按条件的步骤")).last
        if stage == "Engaging":
            sets_clause(admin, step, "Engage date", comparison="不为空")
        elif stage == "Won":
            sets_clause(admin, step, "Deal stage", comparison="是", value="Won")
        name = properties(admin).get_by_role("textbox", name="步骤名称").last
        admin.fills(name, stage)
    for stage in proposed:
        admin.presses_button(f"移除: {stage}", within=properties(admin))
    names(admin, FUNNEL)


def adds_step(admin: Person) -> None:
    admin.presses_button("添加步骤", within=properties(admin))
    admin.clicks(admin.page.get_by_role("menuitem", name="按条件的步骤"))


def adds_bar(admin: Person) -> None:
    drops(admin, "Deal stage", "bottom right")
    names(admin, STAGES)


def fields(admin: Person) -> Locator:
    return admin.page.get_by_role("complementary", name="字段")


def drops(admin: Person, field: str, where: str) -> None:
    """Drag a field onto the canvas: it is a chart at once, and selected."""
    canvas = admin.page.get_by_role("region", name="画布")
    before = canvas.locator("[data-widget]").count()
    admin.drags(fields(admin).get_by_role("button", name=field, exact=True), canvas, at=where)
    expect(canvas.locator("[data-widget]")).to_have_count(before + 1)


def names(admin: Person, label: str) -> None:
    admin.fills(properties(admin).get_by_role("textbox", name="名称", exact=True), label)


def sets_clause(
    admin: Person, within: Locator, field: str, *, comparison: str = "", value: str = ""
) -> None:
    """One row of a condition: field, comparison, value."""
    admin.picks(within.get_by_role("combobox", name="字段").last, field)
    if comparison:
        admin.picks(within.get_by_role("combobox", name="比较方式").last, comparison)
    if value:
        admin.picks(within.get_by_role("combobox", name=re.compile("的值")).last, value)


def reads_dashboard(person: Person) -> dict[str, list[int]]:
    """Open the dashboard and read the numbers of its charts, in reading order."""
    page = person.page
    person.follows(DASHBOARD, within=page.get_by_role("navigation", name="应用导航"))
    return {name: read(person, name) for name in (WON_VALUE, DEALS, FUNNEL, STAGES)}


def read(person: Person, name: str) -> list[int]:
    """The numbers drawn in a chart, without axes and percentages."""
    chart = person.page.get_by_role("article", name=name, exact=True)
    written = chart.locator(".number-value, .funnellayer tspan.line, .barlayer text")
    expect(written.first).to_be_visible(timeout=30_000)
    expect(chart).not_to_have_attribute("aria-busy", "true")
    texts = [text for text in written.all_text_contents() if "%" not in text]
    return [int(text.removeprefix("¥ ").replace(",", "")) for text in texts]

"""A rule that gives new deals to the regional office, and an approval by the superior."""

from playwright.sync_api import Locator, expect

from tests.browser.main_job.dashboard import sets_clause
from tests.browser.main_job.forms import is_saved, opens_section, properties
from tests.browser.person import Person

LIMIT = "5000"
RULE, FLOW = "按大区分配", "大额审批"


def writes_rule(admin: Person) -> None:
    """When a deal without a sales agent is created, somebody of its creator's office gets it."""
    page = admin.page
    opens_section(admin, "规则")
    admin.presses_button("自己写一条")
    begins(admin, RULE, "**/rules/*")
    condition = page.get_by_role("group", name="如果")
    admin.presses_button("添加条件", within=condition)
    sets_clause(admin, condition, "Sales agent", comparison="为空")
    actions = page.get_by_role("list", name="就")
    admin.presses_button("添加动作", within=actions)
    admin.clicks(page.get_by_role("menuitem", name="分配负责人"))
    among = actions.get_by_role("group", name="在这些人中")
    expect(among).to_contain_text("部门成员")
    expect(among).to_contain_text("发起人")
    admin.presses_button("移除", within=actions.get_by_role("listitem").first)
    expect(actions).not_to_contain_text("发送通知")
    is_saved(admin)


def draws_flow(admin: Person) -> None:
    """Deals worth more are won when the superior of whoever created them agrees."""
    page = admin.page
    opens_section(admin, "流程")
    admin.presses_button("新建流程")
    begins(admin, FLOW, "**/flows/*")
    start = properties(admin).get_by_role("group", name="只在满足条件时")
    admin.presses_button("添加条件", within=start)
    sets_clause(admin, start, "Close value", comparison="大于")
    admin.fills(start.get_by_role("textbox", name="Close value 的值"), LIMIT)
    places = page.get_by_role("button", name="在这里添加节点")
    drops_node(admin, "审批", places.first)
    who = properties(admin).get_by_role("group", name="审批人", exact=True)
    expect(who).to_contain_text("直属上级")
    agreed = page.locator(".flow-way").filter(has=page.get_by_role("button", name="同意"))
    drops_node(admin, "执行动作", agreed.get_by_role("button", name="在这里添加节点"))
    actions = properties(admin).get_by_role("list", name="要做的事")
    admin.presses_button("添加动作", within=actions)
    admin.clicks(page.get_by_role("menuitem", name="更新字段"))
    admin.presses_button("移除", within=actions.get_by_role("listitem").first)
    expect(actions).not_to_contain_text("发送通知")
    expect(actions).to_contain_text("Deal stage")
    admin.picks(actions.get_by_role("combobox", name="Deal stage 的值"), "Won")
    is_saved(admin)


def begins(admin: Person, name: str, address: str) -> None:
    """Name the new rule or flow, and say that it is about deals."""
    dialog = admin.page.get_by_role("dialog")
    admin.types(name)
    admin.picks(dialog.get_by_role("combobox", name="表单"), "商机")
    admin.presses_button("创建", within=dialog)
    admin.page.wait_for_url(address)


def drops_node(admin: Person, kind: str, place: Locator) -> None:
    """Drag a node onto a ＋ of the flow."""
    source = admin.page.get_by_role("complementary", name="节点").get_by_role("button", name=kind)
    admin.drags(source, place)
    expect(properties(admin).get_by_role("textbox", name="节点名称")).to_be_visible()

"""Who may see what, and who may sign in."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.main_job.forms import is_saved, opens_section
from tests.browser.person import Person

ROLE = "销售"
OFFICES = ("Central", "East", "West")


def writes_role(admin: Person) -> None:
    """Deals: one's own and those of one's subordinates. Accounts and products: all, to look at."""
    page = admin.page
    opens_section(admin, "角色")
    admin.presses_button("新建角色")
    admin.types(ROLE)
    admin.presses_button("创建", within=page.get_by_role("dialog"))
    page.wait_for_url("**/roles/*")
    expect(page.get_by_role("textbox", name="角色名称")).to_have_value(ROLE)
    for form in ("客户", "产品"):
        admin.picks(range_of(admin, form, "查看"), "全部")
    for action in ("查看", "修改"):
        admin.picks(range_of(admin, "商机", action), "本人及下属的")
    admin.clicks(page.get_by_role("switch", name="商机: 新建"))
    is_saved(admin)


def range_of(admin: Person, form: str, action: str) -> Locator:
    name = f"「{form}」{action}的范围"
    return admin.page.get_by_role("combobox", name=name, exact=True)


def gives_role(admin: Person) -> None:
    """Everybody of the regional offices has it; members apply without publishing."""
    page = admin.page
    opens_section(admin, "角色")
    admin.follows(re.compile(f"^{ROLE}"), within=page.get_by_role("main"))
    members = page.get_by_role("combobox", name="部门", exact=True)
    for office in OFFICES:
        admin.picks(members, office)
        admin.hits("Escape")
    admin.presses_button("保存成员")
    admin.sees("成员已保存，立即生效")


def opens_people(admin: Person) -> None:
    """The people of the organisation, by the account menu."""
    admin.clicks(admin.page.get_by_role("button", name=re.compile("^账户")))
    admin.clicks(admin.page.get_by_role("menuitem", name="成员与部门"))


def lets_in(admin: Person, name: str) -> str:
    """Activate somebody and give a temporary password, which is shown this once."""
    page = admin.page
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=name))
    more = row.get_by_role("button", name=f"更多 {name}")
    expect(row).to_contain_text("停用")
    admin.clicks(more)
    admin.clicks(page.get_by_role("menuitem", name="启用"))
    expect(row).not_to_contain_text("停用")
    admin.clicks(more)
    admin.clicks(page.get_by_role("menuitem", name="生成临时密码"))
    dialog = page.get_by_role("dialog", name="临时密码")
    password = dialog.locator("code").inner_text()
    admin.presses_button("完成", within=dialog)
    return password

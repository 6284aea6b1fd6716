"""Building the three forms by dragging field types onto the canvas."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import Person

APPLICATION = "硬件销售"
STAGES = ("Prospecting", "Engaging", "Won", "Lost")
SECTORS = (
    "employment",
    "entertainment",
    "finance",
    "marketing",
    "medical",
    "retail",
    "services",
    "software",
    "technology",
    "telecommunications",
)


def creates_application(admin: Person) -> None:
    """A new application, which opens in the designer."""
    admin.presses_button(re.compile("^新建应用"))
    admin.types(APPLICATION)
    admin.presses_button("创建")
    admin.page.wait_for_url("**/design/**")


def builds_accounts(admin: Person) -> None:
    begins_first_form(admin, "客户")
    drops_field(admin, "单行文本", "Account")
    switches(admin, "必填")
    drops_field(admin, "单选", "Sector")
    pastes_options(admin, SECTORS)
    drops_field(admin, "数字", "Year established")
    switches(admin, "千位分隔符")
    drops_field(admin, "金额", "Revenue")
    drops_field(admin, "数字", "Employees")
    drops_field(admin, "单行文本", "Office location")
    drops_field(admin, "单行文本", "Subsidiary of")
    is_saved(admin)


def builds_products(admin: Person) -> None:
    begins_form(admin, "产品")
    drops_field(admin, "单行文本", "Product")
    switches(admin, "必填")
    drops_field(admin, "单行文本", "Series")
    drops_field(admin, "金额", "Sales price")
    is_saved(admin)


def builds_deals(admin: Person) -> None:
    begins_form(admin, "商机")
    drops_field(admin, "单行文本", "Opportunity ID")
    switches(admin, "必填")
    drops_field(admin, "成员", "Sales agent")
    drops_field(admin, "关联记录", "Product")
    admin.picks(properties(admin).get_by_role("combobox", name="关联到"), "产品")
    drops_field(admin, "关联记录", "Account")
    admin.picks(properties(admin).get_by_role("combobox", name="关联到"), "客户")
    drops_field(admin, "单选", "Deal stage")
    pastes_options(admin, STAGES)
    drops_field(admin, "日期", "Engage date")
    drops_field(admin, "日期", "Close date")
    drops_field(admin, "金额", "Close value")
    is_saved(admin)


def begins_first_form(admin: Person, name: str) -> None:
    """The designer of an empty application asks for the first form by itself."""
    expect(admin.page.get_by_role("textbox", name="表单名称")).to_be_focused()
    admin.types(name)
    admin.hits("Enter")
    admin.page.wait_for_url("**/forms/*")


def begins_form(admin: Person, name: str) -> None:
    opens_section(admin, "表单")
    before = admin.page.url
    admin.presses_button("新建表单")
    admin.types(name)
    admin.presses_button("创建", within=admin.page.get_by_role("dialog"))
    admin.page.wait_for_url(lambda url: url != before and "/forms/" in url)


def opens_section(admin: Person, name: str) -> None:
    """A section of the designer, by its rail."""
    admin.follows(name, within=admin.page.get_by_role("navigation", name="设计导航"))


def drops_field(admin: Person, kind: str, label: str) -> None:
    """Drag a field type to the end of the form and type the field's name."""
    palette = admin.page.get_by_role("complementary", name="字段库")
    canvas = admin.page.get_by_role("region", name="表单画布")
    admin.drags(palette.get_by_role("button", name=kind, exact=True), canvas, at="bottom")
    expect(canvas.get_by_role("textbox", name="字段名称")).to_be_focused()
    admin.types(label)
    admin.hits("Enter")
    expect(properties(admin).get_by_role("textbox", name="名称", exact=True)).to_have_value(label)


def properties(admin: Person) -> Locator:
    """The panel of the selected thing."""
    return admin.page.get_by_role("complementary", name="属性")


def switches(admin: Person, name: str) -> None:
    """Turn the selected field's switch."""
    admin.clicks(properties(admin).get_by_role("switch", name=name, exact=True))


def pastes_options(admin: Person, options: tuple[str, ...]) -> None:
    """Options of a choice, copied from a column of a spreadsheet."""
    area = properties(admin).get_by_role("textbox", name="选项")
    admin.clicks(area)
    admin.hits("ControlOrMeta+a")
    admin.pastes("\n".join(options))
    expect(properties(admin).get_by_text(f"{len(options)} 个选项")).to_be_visible()


def is_saved(admin: Person) -> None:
    expect(admin.page.get_by_text("草稿已保存")).to_be_visible()


def publishes(admin: Person, number: int) -> None:
    """Publish in two clicks; the numbered release is in force."""
    admin.presses_button("发布", within=admin.page.get_by_role("banner"))
    sheet = admin.page.get_by_role("dialog", name="发布草稿")
    admin.presses_button("发布", within=sheet)
    expect(sheet.get_by_text(f"发布 {number} 已生效")).to_be_visible(timeout=60_000)

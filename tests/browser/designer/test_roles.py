"""A role from the grid to somebody's eyes: presets, field rights, members, view as."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.designer.conftest import PATIENCE, Studio, is_saved, publishes


def test_a_role_is_given_and_looked_through(studio: Studio) -> None:
    admin = studio.opens("/roles")
    page = admin.page
    admin.presses_button("新建角色")
    admin.types("销售")
    admin.presses_button("创建", within=page.get_by_role("dialog"))
    page.wait_for_url("**/roles/*")

    def range_of(action: str):  # type: ignore[no-untyped-def]
        return page.get_by_role("combobox", name=f"「商机」{action}的范围", exact=True)

    admin.picks(range_of("查看"), "本人的")
    admin.clicks(page.get_by_role("switch", name="商机: 新建"))
    admin.presses_button("「商机」的字段权限 全部可编辑")
    rights = page.get_by_role("dialog", name="「商机」的字段权限")
    admin.picks(rights.get_by_role("combobox", name="金额").first, "隐藏")
    admin.hits("Escape")
    expect(rights).to_have_count(0)
    expect(page.get_by_role("button", name="「商机」的字段权限 1 个受限")).to_be_visible()
    is_saved(page)
    (grant,) = studio.definition("role", page.url.rsplit("/", 1)[1])["grants"]
    assert grant["see"] == "owner = USER()" and grant["create"] is True
    assert grant["fields"] == {"amount": "hide"}

    # Members and views belong to what is published.
    expect(page.get_by_text("发布后才能添加成员。")).to_be_visible()
    publishes(admin, 2)
    people = page.get_by_role("combobox", name="人员", exact=True).first
    people.click()
    # Somebody who is not the administrator, who sees everything anyway.
    options = page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    option = options.filter(has_not_text="管理员").first
    name = option.inner_text()
    option.click()
    admin.hits("Escape")
    admin.presses_button("保存成员")
    admin.sees("成员已保存，立即生效")
    page.reload()
    expect(page.locator(".members .ant-select").first).to_contain_text(name, timeout=PATIENCE)

    # Through that person's eyes: none of the records, and no word of the amount.
    person = page.get_by_role("combobox", name="人员", exact=True).last
    person.click()
    admin.types(name)
    admin.clicks(options.filter(has_text=name).first)
    admin.presses_button("解释")
    admin.follows("打开")
    page.wait_for_url("**/apps/**")
    expect(page.get_by_text(name).first).to_be_visible(timeout=PATIENCE)
    admin.follows("商机", within=page.get_by_role("navigation", name="应用导航"))
    expect(page.get_by_text("还没有商机")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("金额")).to_have_count(0)


def test_the_administrator_may_do_everything_and_it_shows(studio: Studio) -> None:
    admin = studio.opens("/roles/administrator")
    page = admin.page
    row = page.get_by_role("row", name="所有表单")
    expect(row).to_be_visible(timeout=PATIENCE)
    expect(row.get_by_role("switch", name="所有表单: 新建")).to_be_checked()
    expect(row).to_contain_text("全部")
    expect(page.get_by_role("row", name="商机")).to_have_count(0)

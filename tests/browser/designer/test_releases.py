"""Releases: compared, taken along as a zip, taken over again, restored."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.designer.conftest import PATIENCE, Studio, is_saved, panel, publishes, section


def test_compare_export_import_and_restore(studio: Studio, tmp_path: Path) -> None:
    admin = studio.opens("/forms/deal")
    page = admin.page
    amount = page.get_by_role("button", name=re.compile("^金额（"))
    admin.clicks(amount)
    admin.fills(panel(page).get_by_role("textbox", name="名称", exact=True), "合同金额")
    admin.clicks(page.get_by_role("button", name=re.compile("^阶段（")))
    admin.hits("Delete")
    is_saved(page)

    # What is gone is named by its label, and what it held is named before it is given up.
    section(admin, "发布")
    draft = page.locator(".change-groups")
    expect(draft).to_contain_text("合同金额", timeout=PATIENCE)
    expect(draft.locator(".change-places li", has_text="阶段")).to_contain_text("删除")
    expect(draft).not_to_contain_text("stage")
    admin.clicks(page.get_by_role("checkbox", name="我知道这些数据会被归档，不再显示"))
    admin.fills(page.get_by_role("textbox", name=re.compile("说明")), "改名")
    admin.presses_button("发布草稿", within=page.get_by_role("main"))
    admin.sees("发布 2 已生效")

    releases = page.locator(".release-list > li")
    expect(releases.first).to_contain_text("改名", timeout=PATIENCE)
    admin.presses_button("与上一个比较", within=releases.first)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("合同金额", timeout=PATIENCE)
    expect(dialog.locator("del", has_text="金额")).to_be_visible()
    admin.hits("Escape")

    # The zip of the draft, then a change, then back to what the zip says.
    with page.expect_download() as download:
        admin.follows("导出应用")
    package = tmp_path / "package.zip"
    download.value.save_as(package)
    section(admin, "表单")
    admin.follows(re.compile("^商机"), within=page.get_by_role("main"))
    admin.clicks(page.get_by_role("button", name=re.compile("^负责人（")))
    admin.fills(panel(page).get_by_role("textbox", name="名称", exact=True), "跟进人")
    is_saved(page)
    section(admin, "发布")
    admin.chooses_file(page.get_by_role("button", name="导入到草稿"), package)
    difference = page.get_by_role("dialog")
    expect(difference).to_contain_text("跟进人", timeout=PATIENCE)
    with page.expect_navigation():
        admin.presses_button("导入", within=difference)
    expect(page.get_by_text("草稿与当前发布相同")).to_be_visible(timeout=PATIENCE)
    assert studio.definition("form", "deal")["fields"]["owner"]["label"] == "负责人"

    # The first release again: it becomes the third, with the values it had.
    admin.presses_button("恢复到这里", within=releases.filter(has_text="发布 1"))
    admin.presses_button("恢复到这里", within=page.get_by_role("dialog"))
    expect(releases.first).to_contain_text("发布 3", timeout=PATIENCE)
    expect(releases.first).to_contain_text("恢复自发布 1")
    page.goto(f"/apps/{studio.app}/deal")
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("gridcell", name="赢单")).to_be_visible(timeout=PATIENCE)


def test_publish_twice_from_the_bar(studio: Studio) -> None:
    admin = studio.opens("/forms/deal")
    page = admin.page
    admin.clicks(page.get_by_role("button", name=re.compile("^金额（")))
    admin.fills(panel(page).get_by_role("textbox", name="名称", exact=True), "总额")
    is_saved(page)
    publishes(admin, 2)
    expect(page.get_by_text("与发布 2 相同")).to_be_visible(timeout=PATIENCE)

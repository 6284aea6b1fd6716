"""A spreadsheet becomes an application: looked at, changed, created, filled; also on a phone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.crm import Company
from tests.browser.person import Person
from tests.support.browser import Complaints, axe_violations, screenshot
from tests.support.stack import Stack

ROWS = 30
LONG = 60_000  # milliseconds: the worker publishes and imports


def workbook(folder: Path) -> Path:
    """Two sheets as an office keeps them: a title above the headers, one amount in words."""
    path = folder / "客户台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("产品").write_row(0, 0, ["品名", "单价"])
        sheet = book.add_worksheet("客户")
        sheet.merge_range(0, 0, 0, 6, "2026 年客户台账")
        headers = ["客户名称", "联系电话", "状态", "金额（元）", "签约日期", "编号", "内部备注"]
        sheet.write_row(1, 0, headers)
        for index in range(ROWS):
            amount = "面议" if index == 3 else "-" if index == 4 else f"¥ {index + 1},000.50"
            row = [f"客户{index}", f"138{index:08}", ("跟进中", "已成交")[index % 2], amount]
            sheet.write_row(index + 2, 0, row)
            sheet.write_datetime(index + 2, 4, date(2026, 1, 1) + timedelta(days=index), day)
            sheet.write_row(index + 2, 5, [f"{index:04}", "x"])
    return path


def row_of(page: Page, column: str) -> Locator:
    """The row of one column of the spreadsheet."""
    heading = page.get_by_role("rowheader", name=column, exact=True)
    return page.locator(".columns tbody tr").filter(has=heading)


def test_a_spreadsheet_becomes_an_application_with_its_records(
    demo_stack: Stack, new_page: NewPage, complaints: Complaints, tmp_path: Path
) -> None:
    complaints.expect("422")  # a file without headers
    admin = Company(demo_stack, new_page).admin()
    page = admin.page
    person = Person(page, demo_stack.url)
    person.opens("/")
    person.presses_button(re.compile("新建应用"))
    dialog = page.get_by_role("dialog", name="新建应用")
    template = dialog.get_by_role("radio", name=re.compile("模板：客户管理"))
    expect(template).to_be_visible()
    person.sees("会另建一个应用，已有的不受影响。")
    dialog.get_by_role("radio", name=re.compile("从表格新建")).check()

    choose = dialog.get_by_role("button", name="选择文件")
    bare = tmp_path / "bare.csv"
    bare.write_text("12.5,2026-01-05\n3,2026-01-06\n", encoding="utf-8")
    person.chooses_file(choose, bare)
    expect(dialog.get_by_role("alert")).to_contain_text("第一行像是数据")
    person.chooses_file(choose, workbook(tmp_path))

    # The first sheet is there to begin with; the wanted one is chosen.
    expect(page.get_by_role("heading", name="客户台账.xlsx：0 行，2 列")).to_be_visible()
    person.picks(page.get_by_role("combobox", name="工作表"), "客户")
    expect(page.get_by_role("heading", name=f"客户台账.xlsx：{ROWS} 行，7 列")).to_be_visible()
    expect(page.get_by_label("应用名称")).to_have_value("客户台账")
    expect(page.get_by_label("表单名称")).to_have_value("客户")
    shown = {"客户名称": "单行文本", "联系电话": "电话", "状态": "单选", "编号": "单行文本"}
    for column, kind in {**shown, "金额（元）": "金额", "签约日期": "日期"}.items():
        expect(row_of(page, column)).to_contain_text(kind)
    expect(row_of(page, "状态")).to_contain_text("2 个选项：跟进中、已成交")
    expect(row_of(page, "金额（元）")).to_contain_text("“-” 按空白导入")
    expect(row_of(page, "金额（元）")).to_contain_text("1 个单元格不符合，例如 “面议”")
    assert axe_violations(page) == []
    screenshot(page, "from-table-zh")

    # A name, a type, a column left out: the last by keyboard.
    person.fills(page.get_by_label("“客户名称”的字段名称"), "公司")
    person.picks(page.get_by_role("combobox", name="“编号”的类型"), "数字")
    page.get_by_role("checkbox", name="导入列“内部备注”").focus()
    person.hits("Space")
    person.sees(f"将新建 1 个应用、1 张表单、6 个字段，导入 {ROWS} 行")
    person.presses_button("创建")

    # One amount was words: the import tells, and its file has the row.
    page.wait_for_url("**/import?work=*", timeout=LONG)
    expect(page.get_by_role("heading", name=f"已导入 {ROWS - 1} 行")).to_be_visible()
    expect(page.locator(".repair")).to_contain_text(re.compile("金额（元）.*面议"))
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误文件").click()
    assert "面议" in download.value.path().read_text(encoding="utf-8-sig")
    app, form = page.url.split("/apps/")[1].split("/")[:2]
    person.presses_button("查看")
    expect(page.get_by_role("columnheader", name="公司")).to_be_visible()
    expect(page.get_by_text("29,000.50")).to_be_visible()
    listed = admin.get(f"/api/apps/{app}/records/{form}?limit=200&sort=id")["records"]
    assert [each["gong_si"] for each in listed][:4] == ["客户0", "客户1", "客户2", "客户4"]
    assert [each["jin_e"] for each in listed][2:4] == ["3000.5", None]
    assert [each["bian_hao"] for each in listed][:2] == ["0", "1"]
    assert not any("nei_bu_bei_zhu" in each for each in listed)

    # What the worker has made is an application like any other, published once.
    person.opens("/")
    expect(page.get_by_role("link", name="客户台账 发布 1", exact=True)).to_be_visible()
    gone = page.context.request.delete(f"/api/builder/applications/{app}", headers=admin.headers)
    assert gone.status == 204


def test_it_is_done_on_a_phone_in_english(
    demo_stack: Stack, new_page: NewPage, tmp_path: Path
) -> None:
    admin = Company(demo_stack, new_page).admin(phone=True, language="en-US")
    page = admin.page
    file = tmp_path / "visitors_2026.csv"
    file.write_text(
        "Name,Mail,Visited\nAnna,a@example.com,2026-01-05\nBen,b@example.com,2026-01-06\n",
        encoding="utf-8",
    )
    page.goto("/new")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").tap()
    chooser.value.set_files(file)
    heading = page.get_by_role("heading", name="visitors_2026.csv: 2 rows, 3 columns")
    expect(heading).to_be_visible()
    assert axe_violations(page) == []
    assert page.locator(".content").evaluate("e => e.scrollWidth - e.clientWidth") == 0
    screenshot(page, "from-table-en-phone")
    # The address knows the file: a reload loses nothing that was not typed.
    page.reload()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Create", exact=True).tap()
    page.wait_for_url(re.compile(r"/apps/visitors_2026/\w+$"), timeout=LONG)
    expect(page.get_by_text("a@example.com")).to_be_visible()
    gone = page.context.request.delete(
        "/api/builder/applications/visitors_2026", headers=admin.headers
    )
    assert gone.status == 204
